package xmover.cluster.connection;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How much TLS a connection wants, with libpq's names and meanings. */
public enum SslMode {
  /** No TLS. */
  DISABLE,
  /** TLS where the server offers it, clear text where not; certificates are not checked. */
  PREFER,
  /** TLS or nothing; certificates are not checked. */
  REQUIRE,
  /** TLS with a certificate that a known CA signed, for whatever host. */
  VERIFY_CA,
  /** TLS with a certificate that a known CA signed for this host. */
  VERIFY_FULL;

  /** As written in a URL: {@code verify-full}. */
  public String label() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** The mode of that label, none for an unknown one. */
  public static Optional<SslMode> labelled(String label) {
    return Arrays.stream(values()).filter(mode -> mode.label().equals(label)).findFirst();
  }

  /** True when a connection is never in clear text. */
  public boolean encrypts() {
    return compareTo(REQUIRE) >= 0;
  }

  /** True when the server's certificate is looked at. */
  public boolean verifies() {
    return compareTo(VERIFY_CA) >= 0;
  }
}
