package xmover.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.util.Optional;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Which server certificates are trusted: those that the CAs of a file or of the JDK have signed.
 */
final class TrustedCertificates {
  private final X509ExtendedTrustManager judge;

  /**
   * @param authorities a PEM file, else the JDK's CAs count
   * @throws InvalidSettings when the file is unusable
   */
  TrustedCertificates(Optional<Path> authorities) {
    judge = judge(authorities.map(TrustedCertificates::authorities).orElse(null));
  }

  /** Checks the certificate of one connection. */
  CertificateWitness witness() {
    return new CertificateWitness(judge);
  }

  private static X509ExtendedTrustManager judge(@Nullable KeyStore authorities) {
    try {
      var factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
      factory.init(authorities);
      return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
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
