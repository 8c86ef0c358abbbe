package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.failure;
import static xmover.cluster.connection.TinyCrateDb.get;

import cratesim.wire.TestCertificates;
import cratesim.wire.Tls;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.InvalidSettings;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.SslMode;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;

/** Every sslmode against right and wrong certificates, on both transports. */
class TlsTest {
  private static final Statement ONE = Statement.read("SELECT 1");

  @TempDir static Path directory;
  private static TestCertificates certificates;

  private Optional<TinyCrateDb> running = Optional.empty();

  @BeforeAll
  static void makeCertificates() throws Exception {
    certificates = TestCertificates.in(directory);
  }

  @AfterEach
  void stop() {
    running.ifPresent(TinyCrateDb::close);
  }

  private Cluster open(Transport transport, SslMode tls, Tls server, Optional<Path> authority) {
    var db = new TinyCrateDb(server);
    running = Optional.of(db);
    var credentials = new Credentials("ops", Optional.of(new Secret(TinyCrateDb.PASSWORD)));
    var plain = db.settings(transport, credentials, tls, "localhost");
    return Clusters.open(
            db.vertx,
            new ConnectionSettings(
                transport,
                plain.hosts(),
                plain.schema(),
                credentials,
                tls,
                authority,
                plain.timeouts(),
                1,
                false),
            new SameCluster(told -> {}),
            // Certificates are for the name, whichever of its addresses answers.
            name -> DeadFirstAddressTest.addresses(name, "127.0.0.2", "127.0.0.1"))
        .cluster();
  }

  private static Optional<Path> authority() {
    return Optional.of(certificates.authorityCertificate());
  }

  private static void assertConnects(Cluster cluster) {
    assertEquals(1, get(cluster.execute(ONE)).size());
  }

  private static void assertRefused(Cluster cluster, String reason) {
    var refused = failure(cluster.execute(ONE));
    assertEquals(Kind.CERTIFICATE, refused.kind());
    assertTrue(refused.getMessage().contains(reason), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, PREFER",
    "POSTGRESQL, REQUIRE",
    "HTTP,       REQUIRE",
  })
  void what_does_not_verify_takes_any_certificate(Transport transport, SslMode mode) {
    assertConnects(open(transport, mode, certificates.elsewhere(), Optional.empty()));
  }

  @Test
  void preferring_tls_uses_it_where_it_is_offered() {
    var offered = certificates.localhost();
    var demanding = new Tls(offered.certificate(), offered.key(), true);
    assertConnects(open(Transport.POSTGRESQL, SslMode.PREFER, demanding, Optional.empty()));
  }

  @Test
  void without_tls_a_server_that_demands_it_says_so() {
    var offered = certificates.localhost();
    var demanding = new Tls(offered.certificate(), offered.key(), true);
    var cluster = open(Transport.POSTGRESQL, SslMode.DISABLE, demanding, Optional.empty());
    var refused = failure(cluster.execute(ONE));
    assertEquals(Kind.AUTHENTICATION, refused.kind());
    assertTrue(refused.getMessage().contains("enable TLS"), refused.getMessage());
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, VERIFY_CA",
    "POSTGRESQL, VERIFY_FULL",
    "HTTP,       VERIFY_CA",
    "HTTP,       VERIFY_FULL",
  })
  void the_right_certificate_is_accepted(Transport transport, SslMode mode) {
    assertConnects(open(transport, mode, certificates.localhost(), authority()));
  }

  @ParameterizedTest
  @EnumSource
  void verify_ca_accepts_a_certificate_for_another_host(Transport transport) {
    assertConnects(open(transport, SslMode.VERIFY_CA, certificates.elsewhere(), authority()));
  }

  @ParameterizedTest
  @EnumSource
  void verify_full_refuses_a_certificate_for_another_host(Transport transport) {
    assertRefused(
        open(transport, SslMode.VERIFY_FULL, certificates.elsewhere(), authority()),
        "it is not for host 'localhost'");
  }

  @ParameterizedTest
  @CsvSource({
    "POSTGRESQL, VERIFY_CA",
    "POSTGRESQL, VERIFY_FULL",
    "HTTP,       VERIFY_CA",
    "HTTP,       VERIFY_FULL",
  })
  void an_unknown_ca_is_refused(Transport transport, SslMode mode) {
    assertRefused(
        open(transport, mode, certificates.localhost(), Optional.empty()),
        "no trusted CA has signed it");
  }

  @ParameterizedTest
  @EnumSource
  void an_unusable_ca_file_is_named_before_anything_is_sent(Transport transport)
      throws IOException {
    Path text = Files.writeString(directory.resolve("ca.txt"), "no certificate");
    for (var file : List.of(text, directory.resolve("missing.pem"))) {
      var refusal =
          assertThrows(
              InvalidSettings.class,
              () ->
                  open(
                      transport, SslMode.VERIFY_FULL, certificates.localhost(), Optional.of(file)));
      assertTrue(refusal.getMessage().contains(file.toString()), refusal.getMessage());
      stop();
    }
    running = Optional.empty();
  }
}
