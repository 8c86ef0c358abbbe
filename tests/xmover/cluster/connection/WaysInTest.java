package xmover.cluster.connection;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import cratesim.wire.TestCertificates;
import cratesim.wire.Tls;
import io.netty.handler.ssl.SslContextBuilder;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPairGenerator;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.wire.Clusters;

/** Client certificates, tokens and proxies with a path, over the real wire. */
class WaysInTest {
  private static final Statement ONE = Statement.read("SELECT 1");

  @TempDir static Path directory;
  private static TestCertificates certificates;

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = TestCertificates.in(directory);
    // The first of a JVM looks for providers, which takes a busy machine seconds.
    var server = certificates.localhost();
    SslContextBuilder.forServer(server.certificate().toFile(), server.key().toFile())
        .trustManager(certificates.authorityCertificate().toFile())
        .build();
  }

  private static String url(Transport transport, TinyCrateDb db, Tls shown) {
    String scheme = transport == Transport.HTTP ? "https" : "postgresql";
    return "%s://localhost:%s?connect_timeout=30&sslmode=verify-full&sslrootcert=%s&sslcert=%s&sslkey=%s"
        .formatted(
            scheme,
            db.port(transport),
            certificates.authorityCertificate(),
            shown.certificate(),
            shown.key());
  }

  private static Cluster open(TinyCrateDb db, String url, Map<String, String> variables) {
    return Clusters.open(
        db.vertx,
        ConnectionOptions.of(url).resolve(variables, file -> Files.readString(Path.of(file))));
  }

  private static TinyCrateDb asking() {
    return new TinyCrateDb(certificates.localhost().asking(certificates.authorityCertificate()));
  }

  @ParameterizedTest
  @EnumSource
  void a_server_that_asks_for_a_client_certificate_gets_it(Transport transport) {
    try (var db = asking()) {
      var cluster = open(db, url(transport, db, certificates.client()), Map.of());
      assertEquals(1, get(cluster.execute(ONE)).size());
    }
  }

  @ParameterizedTest
  @EnumSource
  void without_one_or_with_one_of_nobody_it_lets_nobody_in(Transport transport) {
    try (var db = asking()) {
      String with = url(transport, db, certificates.stranger());
      for (String url : List.of(with, with.replaceFirst("&sslcert=.*", ""))) {
        var refused = failure(open(db, url, Map.of()).execute(ONE));
        assertTrue(
            List.of(Kind.TLS, Kind.UNREACHABLE, Kind.CONNECTION_LOST).contains(refused.kind()),
            refused.toString());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void an_unusable_client_certificate_is_a_sentence_and_nothing_is_sent(Transport transport)
      throws IOException {
    var client = certificates.client();
    Path encrypted =
        Files.writeString(
            directory.resolve("encrypted.pem"), "-----BEGIN ENCRYPTED PRIVATE KEY-----\n");
    try (var db = asking()) {
      for (Tls bad :
          List.of(
              new Tls(directory.resolve("none.pem"), client.key(), false),
              new Tls(client.key(), client.key(), false),
              new Tls(client.certificate(), client.certificate(), false),
              new Tls(client.certificate(), encrypted, false))) {
        String url = url(transport, db, bad);
        var refused = assertThrows(InvalidSettings.class, () -> open(db, url, Map.of()));
        assertTrue(refused.getMessage().contains("(ssl"), refused.getMessage());
      }
    }
  }

  /** The server was said to hang up, or to be one whose certificate is not to be checked. */
  @ParameterizedTest
  @EnumSource
  void a_broken_client_certificate_is_not_blamed_on_the_server(Transport transport)
      throws Exception {
    var client = certificates.client();
    Path broken = directory.resolve("broken.pem");
    for (String kind : List.of("CERTIFICATE", "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY")) {
      Files.writeString(
          broken, "-----BEGIN %s-----\nAAAA\n-----END %s-----\n".formatted(kind, kind));
      boolean isKey = kind.endsWith("KEY");
      String told =
          refusal(
              transport,
              new Tls(isKey ? client.certificate() : broken, isKey ? broken : client.key(), false));
      assertTrue(told.contains(broken + (isKey ? " (sslkey)" : " (sslcert)")), told);
    }
    byte[] unknown =
        KeyPairGenerator.getInstance("Ed25519").generateKeyPair().getPrivate().getEncoded();
    Files.writeString(
        broken,
        "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n"
            .formatted(Base64.getEncoder().encodeToString(unknown)));
    String told = refusal(transport, new Tls(client.certificate(), broken, false));
    assertTrue(told.contains(broken + " (sslkey) can't be used: give an RSA or EC key"), told);
  }

  @ParameterizedTest
  @EnumSource
  void a_key_of_another_certificate_is_not_blamed_on_the_server(Transport transport) {
    Path other = certificates.stranger().key();
    String told = refusal(transport, new Tls(certificates.client().certificate(), other, false));
    assertTrue(told.contains(other + " (sslkey) is not that of the certificate in"), told);
  }

  private static String refusal(Transport transport, Tls shown) {
    try (var db = asking()) {
      String url = url(transport, db, shown);
      return assertThrows(InvalidSettings.class, () -> open(db, url, Map.of())).getMessage();
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_token_lets_in_whom_it_names(Transport transport) throws IOException {
    try (var db = new TinyCrateDb()) {
      String plain = url(transport, db);
      Path file = Files.writeString(directory.resolve("token"), TinyCrateDb.TOKEN + "\n");
      for (var variable :
          Map.of("CRATE_JWT", TinyCrateDb.TOKEN, "CRATE_JWT_FILE", file.toString()).entrySet()) {
        var cluster = open(db, plain, Map.of(variable.getKey(), variable.getValue()));
        assertEquals(1, get(cluster.execute(ONE)).size());
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_wrong_token_is_told_and_never_printed(Transport transport) {
    try (var db = new TinyCrateDb()) {
      String forged = TinyCrateDb.TOKEN + "x";
      var refused = failure(open(db, url(transport, db), Map.of("CRATE_JWT", forged)).execute(ONE));
      assertEquals(Kind.AUTHENTICATION, refused.kind());
      assertFalse(refused.toString().contains("s1gned"), refused.toString());
    }
  }

  private static String url(Transport transport, TinyCrateDb db) {
    return transport == Transport.HTTP
        ? "http://ops@localhost:" + db.port(transport)
        : "postgresql://ops@localhost:" + db.port(transport) + "?sslmode=disable";
  }

  @Test
  void behind_a_proxy_each_statement_goes_to_its_path() {
    List<String> paths = new CopyOnWriteArrayList<>();
    try (var db = new TinyCrateDb()) {
      var client = db.vertx.createHttpClient();
      HttpServer proxy =
          get(
              db.vertx
                  .createHttpServer()
                  .requestHandler(
                      asked -> {
                        paths.add(asked.path());
                        asked
                            .body()
                            .compose(
                                body ->
                                    client
                                        .request(
                                            asked.method(),
                                            db.port(Transport.HTTP),
                                            "localhost",
                                            "/_sql")
                                        .compose(sent -> sent.send(body)))
                            .compose(answer -> answer.body())
                            .onSuccess(
                                body -> asked.response().end(Buffer.buffer(body.getBytes())));
                      })
                  .listen(0, "localhost"));
      String url = "http://localhost:" + proxy.actualPort() + "/crate/prefix";
      assertEquals(1, get(open(db, url, Map.of()).execute(ONE)).size());
      assertTrue(paths.stream().allMatch("/crate/prefix/_sql"::equals), paths.toString());
      assertFalse(paths.isEmpty());
    }
  }
}
