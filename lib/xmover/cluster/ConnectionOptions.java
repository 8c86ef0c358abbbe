package xmover.cluster;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What an operator chose by options. Completed by the URL, then by the environment: an option beats
 * the URL, the URL beats the environment, and {@code CRATE_PASSWORD_FILE} beats {@code
 * CRATE_PASSWORD}, as a mounted secret is the one that is kept current.
 *
 * @param url from {@code --connect}; without it {@code CRATE_CONNECTION_STRING} counts
 */
public record ConnectionOptions(
    Optional<String> url, Timeouts timeouts, int poolSize, boolean cleartextPasswordAllowed) {

  /** Only a URL, the rest as it comes. */
  public static ConnectionOptions of(String url) {
    return new ConnectionOptions(
        Optional.of(url), Timeouts.DEFAULT, ConnectionSettings.DEFAULT_POOL_SIZE, false);
  }

  /** The same options for another URL. */
  public ConnectionOptions to(String otherUrl) {
    return new ConnectionOptions(
        Optional.of(otherUrl), timeouts, poolSize, cleartextPasswordAllowed);
  }

  /** The URL in force: the option's, else the environment's. */
  public Optional<String> url(Map<String, String> environment) {
    return url.or(() -> variable(environment, "CRATE_CONNECTION_STRING"));
  }

  /**
   * Everything needed to connect.
   *
   * @throws InvalidSettings when something is missing, malformed or unsafe
   */
  public ConnectionSettings resolve(Map<String, String> environment, SecretText.Files files) {
    ConnectionUrl target =
        ConnectionUrl.parse(
            url(environment)
                .orElseThrow(
                    () ->
                        new InvalidSettings(
                            "No CrateDB to connect to: give --connect URL or set"
                                + " CRATE_CONNECTION_STRING (postgresql://host:5432 or"
                                + " https://host:4200). To just look around: ./jbang demo")));
    String user =
        target
            .user()
            .or(() -> variable(environment, "CRATE_USERNAME"))
            .orElse(Credentials.DEFAULT_USER);
    Optional<Secret> password =
        target.password().or(() -> SecretText.in(environment, "CRATE_PASSWORD", "password", files));
    SslMode tls =
        target
            .sslMode()
            .or(() -> target.rootCertificate().map(file -> SslMode.VERIFY_FULL))
            .or(() -> verification(environment))
            .orElse(target.transport().defaultTls());
    return new ConnectionSettings(
        target.transport(),
        target.hosts(),
        target.schema(),
        new Credentials(user, password),
        tls,
        target.rootCertificate(),
        timeouts,
        poolSize,
        cleartextPasswordAllowed);
  }

  private static Optional<SslMode> verification(Map<String, String> environment) {
    return variable(environment, "CRATE_SSL_VERIFY")
        .map(
            value ->
                switch (value.toLowerCase(Locale.ROOT)) {
                  case "true" -> SslMode.VERIFY_FULL;
                  case "false" -> SslMode.REQUIRE;
                  default ->
                      throw new InvalidSettings(
                          "CRATE_SSL_VERIFY is '" + value + "': set it to true or false.");
                });
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
