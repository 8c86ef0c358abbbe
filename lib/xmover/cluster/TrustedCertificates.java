package xmover.cluster;

import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.TrustOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import javax.net.ssl.TrustManagerFactory;
import org.jspecify.annotations.Nullable;

/**
 * Which server certificates a connection accepts: the CAs of a file or the JDK's, or any at all.
 */
final class TrustedCertificates {
  private TrustedCertificates() {}

  /**
   * For settings that may use TLS.
   *
   * @throws InvalidSettings when the CA file is unusable
   */
  static ClientSSLOptions options(ConnectionSettings settings) {
    var options = new ClientSSLOptions().setHostnameVerificationAlgorithm("");
    if (!settings.tls().verifies()) {
      return options.setTrustAll(true);
    }
    if (settings.tls() == SslMode.VERIFY_FULL) {
      options.setHostnameVerificationAlgorithm("HTTPS");
    }
    KeyStore authorities =
        settings.rootCertificate().map(TrustedCertificates::authorities).orElse(null);
    return options.setTrustOptions(trust(authorities));
  }

  private static TrustOptions trust(@Nullable KeyStore authorities) {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return TrustOptions.wrap(factory.getTrustManagers()[0]);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK cannot check certificates", e);
    }
  }

  private static KeyStore authorities(Path file) {
    try (InputStream pem = Files.newInputStream(file)) {
      var authorities = KeyStore.getInstance(KeyStore.getDefaultType());
      authorities.load(null, null);
      for (Certificate ca : CertificateFactory.getInstance("X.509").generateCertificates(pem)) {
        authorities.setCertificateEntry("ca" + authorities.size(), ca);
      }
      if (authorities.size() > 0) {
        return authorities;
      }
    } catch (IOException e) {
      throw new InvalidSettings(
          "The CA file " + file + " (sslrootcert) cannot be read: check its path and permissions.");
    } catch (GeneralSecurityException malformed) {
      // Answered below, as for a file without any certificate.
    }
    throw new InvalidSettings(
        "The CA file " + file + " (sslrootcert) holds no certificate: give one in PEM form.");
  }
}
