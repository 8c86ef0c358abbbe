package xmover.cluster.connection;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.util.Map;
import javax.net.ssl.X509KeyManager;

/**
 * What proves to a server who connects.
 *
 * @param certificate a PEM file, with the certificates above it, if any
 * @param key its private key, unencrypted
 */
public record ClientCertificate(Path certificate, Path key) {
  /** How a key proves that it belongs to a certificate, by the kind of both. */
  private static final Map<String, String> SIGNATURES =
      Map.of("RSA", "SHA256withRSA", "EC", "SHA256withECDSA");

  /**
   * Reads both as they will be shown. A server would only hang up on what can't be used, and then
   * it would look as if it were to blame.
   *
   * @throws InvalidSettings when one is unusable, or when they do not belong together
   */
  public KeyCertOptions options(Vertx vertx) {
    Buffer shown = pem(certificate, "sslcert", "CERTIFICATE-----");
    Buffer proof = pem(key, "sslkey", "PRIVATE KEY-----");
    var both = new PemKeyCertOptions().addCertValue(shown).addKeyValue(proof);
    X509KeyManager manager;
    try {
      manager = (X509KeyManager) both.getKeyManagerFactory(vertx).getKeyManagers()[0];
    } catch (Exception unusable) {
      throw isCertificate(vertx, shown)
          ? new InvalidSettings(
              "The key in %s (sslkey) can't be used: give an RSA or EC key, whole and in PEM form."
                  .formatted(key))
          : new InvalidSettings(
              "The certificate in %s (sslcert) can't be read: give it whole and in PEM form."
                  .formatted(certificate));
    }
    if (!belongTogether(manager)) {
      throw new InvalidSettings(
          "The key in %s (sslkey) is not that of the certificate in %s (sslcert): give the two that were made together."
              .formatted(key, certificate));
    }
    return both;
  }

  private static boolean isCertificate(Vertx vertx, Buffer pem) {
    try {
      return new PemTrustOptions().addCertValue(pem).loadKeyStore(vertx) != null;
    } catch (Exception malformed) {
      return false;
    }
  }

  /** True also where nobody can tell: the server will. */
  private static boolean belongTogether(X509KeyManager manager) {
    for (var kind : SIGNATURES.entrySet()) {
      String[] names = manager.getClientAliases(kind.getKey(), null);
      if (names != null && names.length > 0) {
        PublicKey open = manager.getCertificateChain(names[0])[0].getPublicKey();
        return proves(manager.getPrivateKey(names[0]), open, kind.getValue());
      }
    }
    return true;
  }

  private static boolean proves(PrivateKey key, PublicKey open, String algorithm) {
    byte[] text = "xmover".getBytes(StandardCharsets.US_ASCII);
    try {
      Signature signing = Signature.getInstance(algorithm);
      signing.initSign(key);
      signing.update(text);
      byte[] signed = signing.sign();
      signing.initVerify(open);
      signing.update(text);
      return signing.verify(signed);
    } catch (GeneralSecurityException anotherKind) {
      return false;
    }
  }

  private static Buffer pem(Path file, String parameter, String mark) {
    String text;
    try {
      text = Files.readString(file, StandardCharsets.ISO_8859_1);
    } catch (IOException failed) {
      throw new InvalidSettings(
          "The file %s (%s) cannot be read: check its path and permissions."
              .formatted(file, parameter));
    }
    if (text.contains("ENCRYPTED")) {
      throw new InvalidSettings(
          "The key in %s (%s) is encrypted: store it without a password, in a file that only you may read."
              .formatted(file, parameter));
    }
    if (!text.contains(mark)) {
      throw new InvalidSettings(
          "The file %s (%s) holds no %s in PEM form."
              .formatted(
                  file, parameter, parameter.equals("sslkey") ? "private key" : "certificate"));
    }
    return Buffer.buffer(text, StandardCharsets.ISO_8859_1.name());
  }
}
