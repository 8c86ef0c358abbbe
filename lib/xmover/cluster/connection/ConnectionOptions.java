package xmover.cluster.connection;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What an operator chose by options. Completed by the URL, then by the environment: an option beats
 * the URL, the URL beats the environment, and {@code CRATE_PASSWORD_FILE} beats {@code
 * CRATE_PASSWORD}, as a mounted secret is the one that is kept current.
 *
 * @param url from {@code --connect}; without it {@code CRATE_CONNECTION_STRING} counts
 * @param connectTimeout how long a connection may take, where somebody said it
 * @param timeouts where neither an option nor the URL says another time to connect
 */
public record ConnectionOptions(
    Optional<String> url,
    Optional<Duration> connectTimeout,
    Timeouts timeouts,
    int poolSize,
    boolean cleartextPasswordAllowed) {

  /** Only a URL, the rest as it comes. */
  public static ConnectionOptions of(String url) {
    return new ConnectionOptions(
        Optional.of(url),
        Optional.empty(),
        Timeouts.DEFAULT,
        ConnectionSettings.DEFAULT_POOL_SIZE,
        false);
  }

  /** The same options for another URL. */
  public ConnectionOptions to(String otherUrl) {
    return new ConnectionOptions(
        Optional.of(otherUrl), connectTimeout, timeouts, poolSize, cleartextPasswordAllowed);
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
    refuseControlCharacters(user, "user");
    refuseControlCharacters(target.schema(), "schema");
    Optional<Secret> token = SecretText.in(environment, "CRATE_JWT", "JWT", files);
    if (token.isPresent() && !token.get().reveal().matches("[\\x21-\\x7e]+")) {
      throw new InvalidSettings(
          "The JWT in CRATE_JWT_FILE or CRATE_JWT holds what no token has, such as a line break or"
              + " a space: copy it anew, in one line.");
    }
    if (target.password().isPresent() && token.isPresent()) {
      throw new InvalidSettings(
          "Both a password and a JWT are set, and one way in is enough: take the password out of"
              + " the URL, or unset CRATE_JWT and CRATE_JWT_FILE.");
    }
    if (password.isPresent() && token.isPresent()) {
      throw new InvalidSettings(
          "Both a password and a JWT are set, and one way in is enough: unset CRATE_PASSWORD and"
              + " CRATE_PASSWORD_FILE, or CRATE_JWT and CRATE_JWT_FILE.");
    }
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
        new Credentials(user, token.or(() -> password), token.isPresent()),
        tls,
        target.rootCertificate(),
        target.clientCertificate(),
        target.path(),
        connectTimeout.or(target::connectTimeout).map(timeouts::connecting).orElse(timeouts),
        poolSize,
        cleartextPasswordAllowed);
  }

  /** What is set and has no effect, in sentences; ask once it is resolved. */
  public List<String> notes(Map<String, String> environment) {
    ConnectionUrl target = ConnectionUrl.parse(url(environment).orElseThrow());
    List<String> notes = new ArrayList<>(target.notes());
    if (target.transport() == Transport.HTTP) {
      Stream.of("HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy")
          .filter(name -> variable(environment, name).isPresent())
          .findFirst()
          .filter(name -> !target.hosts().stream().allMatch(host -> isDirect(host, environment)))
          .ifPresent(
              name ->
                  notes.add(
                      name
                          + " is set and not used: CrateDB is connected to directly. A host that"
                          + " NO_PROXY names is not mentioned."));
    }
    return notes;
  }

  private static boolean isDirect(HostPort host, Map<String, String> environment) {
    return host.isLoopback()
        || Stream.of("NO_PROXY", "no_proxy")
            .flatMap(name -> variable(environment, name).stream())
            .flatMap(hosts -> Stream.of(hosts.split(",")))
            .map(name -> name.strip().replaceFirst("^\\*?\\.", ""))
            .anyMatch(
                name ->
                    name.equals("*")
                        || host.host().equalsIgnoreCase(name)
                        || (!name.isEmpty()
                            && host.host()
                                .toLowerCase(Locale.ROOT)
                                .endsWith("." + name.toLowerCase(Locale.ROOT))));
  }

  /** They would end a header or a field of the wire early. */
  private static void refuseControlCharacters(String text, String what) {
    if (text.codePoints().anyMatch(Character::isISOControl)) {
      throw new InvalidSettings(
          "The "
              + what
              + " to connect with holds a control character, such as a line break: write it"
              + " without.");
    }
  }

  /** Empty where it is left to what is usual for the URL. */
  private static Optional<SslMode> verification(Map<String, String> environment) {
    return variable(environment, "CRATE_SSL_VERIFY")
        .flatMap(
            value ->
                switch (value.toLowerCase(Locale.ROOT)) {
                  case "auto" -> Optional.empty();
                  case "true", "1" -> Optional.of(SslMode.VERIFY_FULL);
                  case "false", "0" -> Optional.of(SslMode.REQUIRE);
                  default ->
                      throw new InvalidSettings(
                          "CRATE_SSL_VERIFY is '"
                              + value
                              + "': set it to auto, true (or 1) or false (or 0).");
                });
  }

  private static Optional<String> variable(Map<String, String> environment, String name) {
    return Optional.ofNullable(environment.get(name)).filter(value -> !value.isEmpty());
  }
}
