package cratesim.wire;

import io.vertx.core.net.PemKeyCertOptions;
import java.nio.file.Path;

/**
 * The certificate a server shows, as PEM files.
 *
 * @param required PostgreSQL clients that don't ask for TLS are turned away; HTTP always is HTTPS
 */
public record Tls(Path certificate, Path key, boolean required) {
  PemKeyCertOptions keyCertOptions() {
    return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
  }
}
