package xmover.cluster.connection;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What proves to a server who connects.
 *
 * @param certificate a PEM file, with the certificates above it, if any
 * @param key its private key, unencrypted
 */
public record ClientCertificate(Path certificate, Path key) {
  /**
   * Reads both.
   *
   * @throws InvalidSettings when one is unusable
   */
  public KeyCertOptions options() {
    return new PemKeyCertOptions()
        .addCertValue(pem(certificate, "sslcert", "CERTIFICATE-----"))
        .addKeyValue(pem(key, "sslkey", "PRIVATE KEY-----"));
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
