package xmover.cluster.wire;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.Optional;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;
import xmover.cluster.connection.InvalidSettings;

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
  Witness witness() {
    return new Witness(judge);
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

  /**
   * Checks certificates as another one does, and remembers why it refused one: Vert.x's PostgreSQL
   * client reports no more than that the handshake failed.
   */
  static final class Witness extends X509ExtendedTrustManager {
    private final X509ExtendedTrustManager judge;
    private volatile @Nullable CertificateException refusal;

    private Witness(X509ExtendedTrustManager judge) {
      this.judge = judge;
    }

    /** Why a certificate was refused, if one was. */
    Optional<CertificateException> refusal() {
      return Optional.ofNullable(refusal);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      witness(() -> judge.checkServerTrusted(chain, type, engine));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      witness(() -> judge.checkServerTrusted(chain, type, socket));
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      witness(() -> judge.checkServerTrusted(chain, type));
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
        throws CertificateException {
      judge.checkClientTrusted(chain, type, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
        throws CertificateException {
      judge.checkClientTrusted(chain, type, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
        throws CertificateException {
      judge.checkClientTrusted(chain, type);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return judge.getAcceptedIssuers();
    }

    private void witness(Check check) throws CertificateException {
      try {
        check.run();
      } catch (CertificateException refused) {
        refusal = refused;
        throw refused;
      }
    }

    @FunctionalInterface
    private interface Check {
      void run() throws CertificateException;
    }
  }
}
