package cratesim.wire;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;

/**
 * Certificates for tests, as PEM files in a directory: an authority, one certificate of it for
 * {@code localhost} and {@code 127.0.0.1}, one for another host, and one that has expired.
 */
public final class TestCertificates {
  private final Path directory;

  private TestCertificates(Path directory) {
    this.directory = directory;
  }

  /** Makes them all. */
  public static TestCertificates in(Path directory) throws Exception {
    var made = new TestCertificates(directory);
    X509Bundle authority = named("authority").setIsCertificateAuthority(true).buildSelfSigned();
    Files.writeString(made.authorityCertificate(), authority.getCertificatePEM());
    write(
        made.localhost(),
        named("localhost")
            .addSanDnsName("localhost")
            .addSanIpAddress("127.0.0.1")
            .buildIssuedBy(authority));
    write(
        made.elsewhere(),
        named("elsewhere").addSanDnsName("elsewhere.example").buildIssuedBy(authority));
    write(made.client(), named("ops").buildIssuedBy(authority));
    X509Bundle nobody = named("nobody").setIsCertificateAuthority(true).buildSelfSigned();
    write(made.stranger(), named("ops").buildIssuedBy(nobody));
    write(
        made.expired(),
        named("expired")
            .addSanIpAddress("127.0.0.1")
            .notBefore(Instant.now().minus(Duration.ofDays(2)))
            .notAfter(Instant.now().minus(Duration.ofDays(1)))
            .buildIssuedBy(authority));
    return made;
  }

  private static CertificateBuilder named(String name) {
    return new CertificateBuilder()
        .ecp256()
        .subject("CN=" + name)
        .notAfter(Instant.now().plus(Duration.ofDays(7)));
  }

  private static void write(Tls tls, X509Bundle made) throws Exception {
    Files.writeString(tls.certificate(), made.getCertificatePEM());
    Files.writeString(tls.key(), made.getPrivateKeyPEM());
  }

  /** The authority's certificate, which a client may trust. */
  public Path authorityCertificate() {
    return directory.resolve("authority.pem");
  }

  /** Shown by a server that is what it says. */
  public Tls localhost() {
    return tls("localhost");
  }

  /** Signed by the same authority, but for {@code elsewhere.example}. */
  public Tls elsewhere() {
    return tls("elsewhere");
  }

  /** Signed by the same authority for {@code 127.0.0.1}, until yesterday. */
  public Tls expired() {
    return tls("expired");
  }

  /** Of a client whose name is ops. */
  public Tls client() {
    return tls("client");
  }

  /** The same, signed by another authority. */
  public Tls stranger() {
    return tls("stranger");
  }

  private Tls tls(String name) {
    return new Tls(directory.resolve(name + ".pem"), directory.resolve(name + "-key.pem"), false);
  }
}
