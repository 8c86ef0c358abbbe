package cratesim.wire;

import io.vertx.core.http.ClientAuth;
import io.vertx.core.net.PemKeyCertOptions;
import io.vertx.core.net.PemTrustOptions;
import io.vertx.core.net.TrustOptions;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * The certificate a server shows, as PEM files.
 *
 * @param required PostgreSQL clients that don't ask for TLS are turned away; HTTP always is HTTPS
 * @param authority has signed the certificate that every client has to show; null to ask for none
 */
public record Tls(Path certificate, Path key, boolean required, @Nullable Path authority) {
  public Tls(Path certificate, Path key, boolean required) {
    this(certificate, key, required, null);
  }

  /** The same for clients with a certificate of that authority alone. */
  public Tls asking(Path other) {
    return new Tls(certificate, key, required, other);
  }

  ClientAuth clientAuth() {
    return authority == null ? ClientAuth.NONE : ClientAuth.REQUIRED;
  }

  @Nullable TrustOptions trusted() {
    return authority == null ? null : new PemTrustOptions().addCertPath(authority.toString());
  }

  PemKeyCertOptions keyCertOptions() {
    return new PemKeyCertOptions().addCertPath(certificate.toString()).addKeyPath(key.toString());
  }
}
