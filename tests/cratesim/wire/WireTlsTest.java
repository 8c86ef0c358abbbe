package cratesim.wire;

import static cratesim.wire.FakeEndpoint.column;
import static cratesim.wire.FakeEndpoint.row;
import static cratesim.wire.RunningServer.failure;
import static cratesim.wire.RunningServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlAnswer.ColumnType;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.pgclient.SslMode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WireTlsTest {
  @TempDir static Path directory;
  private static TestCertificates certificates;

  private final FakeEndpoint endpoint =
      new FakeEndpoint()
          .answering("SELECT 1", List.of(column("1", ColumnType.INTEGER)), List.of(row(1)));

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = TestCertificates.in(directory);
  }

  @Test
  void a_client_that_verifies_the_host_reads_over_tls() {
    try (var server = new RunningServer(endpoint, certificates.localhost())) {
      var connection = get(PgConnection.connect(server.vertx, verifying(server)));
      assertTrue(connection.isSSL());
      assertEquals(1, get(connection.query("SELECT 1").execute()).size());
    }
  }

  @Test
  void a_certificate_for_another_host_is_not_accepted() {
    try (var server = new RunningServer(endpoint, certificates.elsewhere())) {
      failure(PgConnection.connect(server.vertx, verifying(server)));
    }
  }

  @Test
  void a_server_that_requires_tls_turns_away_who_does_not_use_it() {
    var tls = certificates.localhost();
    try (var server = new RunningServer(endpoint, new Tls(tls.certificate(), tls.key(), true))) {
      get(PgConnection.connect(server.vertx, verifying(server)));
      var refused = (PgException) failure(PgConnection.connect(server.vertx, server.pgOptions()));
      assertEquals("28000", refused.getSqlState());
      assertTrue(refused.getErrorMessage().contains("Did you enable TLS"), refused.getMessage());
    }
  }

  @Test
  void a_client_that_prefers_tls_does_without_where_there_is_none() {
    try (var server = new RunningServer(endpoint)) {
      var options =
          server
              .pgOptions()
              .setSslMode(SslMode.PREFER)
              .setSslOptions(new ClientSSLOptions().setTrustAll(true));
      assertEquals(false, get(PgConnection.connect(server.vertx, options)).isSSL());
    }
  }

  @Test
  void http_becomes_https() {
    try (var server = new RunningServer(endpoint, certificates.localhost())) {
      var options = new HttpClientOptions().setSsl(true).setTrustOptions(trust());
      // Vert.x closes a client that nobody holds any more.
      var client = server.vertx.createHttpClient(options);
      var status =
          client
              .request(HttpMethod.GET, server.httpPort(), "127.0.0.1", "/")
              .compose(request -> request.send())
              .map(HttpClientResponse::statusCode)
              .eventually(client::close);
      assertEquals(200, get(status));
    }
  }

  private static PgConnectOptions verifying(RunningServer server) {
    return server
        .pgOptions()
        .setSslMode(SslMode.VERIFY_FULL)
        .setSslOptions(
            new ClientSSLOptions()
                .setTrustOptions(trust())
                .setHostnameVerificationAlgorithm("HTTPS"));
  }

  private static PemTrustOptions trust() {
    return new PemTrustOptions().addCertPath(certificates.authorityCertificate().toString());
  }
}
