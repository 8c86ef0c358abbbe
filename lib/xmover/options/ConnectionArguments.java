package xmover.options;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.connection.ConnectionUrl;
import xmover.cluster.connection.InvalidSettings;
import xmover.cluster.connection.Timeouts;
import xmover.environment.Environment;
import xmover.run.Connection;

/** How to reach the cluster. */
public final class ConnectionArguments {
  /** After what the command itself can do. */
  private static final int LAST = 100;

  @Option(
      order = LAST,
      names = "--connect",
      paramLabel = "URL",
      description = {
        "The CrateDB to talk to (default: $CRATE_CONNECTION_STRING):",
        "  postgresql://user@h1:5432,h2:5432/doc",
        "  https://host:4200  http://host:4200",
        "  crate://host:4200?ssl=true",
        "  sim:drill (simulated, in this process)",
        "Parameters are sslmode (disable, prefer, require, verify-ca, verify-full), sslrootcert (a"
            + " CA file), sslcert and sslkey (a client certificate) and connect_timeout (seconds);"
            + " a path of https:// comes before /_sql. The user may also come from $CRATE_USERNAME,"
            + " the password from $CRATE_PASSWORD_FILE or $CRATE_PASSWORD, a JWT from"
            + " $CRATE_JWT_FILE or $CRATE_JWT; CRATE_SSL_VERIFY is auto, 1 or 0 (any certificate)."
      })
  private @Nullable String url;

  @Option(
      order = LAST,
      names = "--connect-timeout",
      hidden = true,
      paramLabel = "TIME",
      description = "How long a connection may take (default: what the URL says, else 10s).")
  private @Nullable Duration connectTimeout;

  @Option(
      order = LAST,
      names = "--read-timeout",
      hidden = true,
      paramLabel = "TIME",
      defaultValue = "45s",
      description =
          "How long a query may take (default: ${DEFAULT-VALUE}; with a frozen node CrateDB itself"
              + " answers only after 30 s).")
  private Duration readTimeout = Timeouts.DEFAULT.read();

  @Option(
      order = LAST,
      names = "--alter-timeout",
      hidden = true,
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long an ALTER may take (default: ${DEFAULT-VALUE}).")
  private Duration alterTimeout = Timeouts.DEFAULT.alter();

  @Option(
      order = LAST,
      names = "--pool-size",
      hidden = true,
      paramLabel = "N",
      defaultValue = "5",
      description = "Most connections to one host (default: ${DEFAULT-VALUE}).")
  private int poolSize;

  @Option(
      order = LAST,
      names = "--allow-cleartext-password",
      description = "Send the password without TLS to a host other than this one.")
  private boolean cleartextPasswordAllowed;

  /** Connects, or fails with a sentence; nothing was sent before. */
  public Connection open(Environment environment) {
    return Connection.open(options(), environment);
  }

  /** As typed. */
  public ConnectionOptions options() {
    Optional<String> target = Optional.ofNullable(url);
    if (target.filter(ConnectionArguments::holdsPassword).isPresent()) {
      throw new InvalidSettings(
          "A password in --connect is readable in the process list: take it out of the URL and put"
              + " it into CRATE_PASSWORD or CRATE_PASSWORD_FILE (or the whole URL into"
              + " CRATE_CONNECTION_STRING).");
    }
    return new ConnectionOptions(
        target,
        Optional.ofNullable(connectTimeout),
        new Timeouts(Timeouts.DEFAULT.connect(), readTimeout, alterTimeout),
        poolSize,
        cleartextPasswordAllowed);
  }

  private static boolean holdsPassword(String url) {
    return !url.startsWith(Connection.SIMULATED) && ConnectionUrl.parse(url).password().isPresent();
  }
}
