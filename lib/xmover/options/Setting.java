package xmover.options;

import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import xmover.cluster.connection.ConnectionUrl;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.InvalidSettings;
import xmover.cluster.connection.SslMode;
import xmover.observe.ServiceUrl;
import xmover.run.Connection;

/**
 * A value that is set without being typed.
 *
 * @param name an option's without its dashes, or a variable's
 * @param from where it was found
 */
public record Setting(String name, String value, String from) {
  private static final String HIDDEN = "***";
  private static final String HIDDEN_PATH = "/…";
  private static final Pattern SECRET =
      Pattern.compile("CRATE_(PASSWORD|JWT)|XMOVER_\\w+_LOGIN|XMOVER_TOKEN");
  private static final Pattern WAY_IN = Pattern.compile("CRATE_(PASSWORD|JWT)(_FILE)?");
  private static final List<String> SERVICES = List.of("webhook", "alertmanager", "push-gateway");

  /** The user and the password of a connection URL, before its hosts. */
  private static final Pattern LOGIN = Pattern.compile("^([^:/?#@]+://)([^:/?#]*)(:[^/?#]*)?@");

  /** What must not be shown to others becomes stars; so does what can't be understood. */
  public String shown() {
    if (SECRET.matcher(name).matches()) {
      return HIDDEN;
    }
    if (isConnection()) {
      return shownConnection();
    }
    if (SERVICES.contains(name)) {
      return shownService();
    }
    return value.contains("://") ? HIDDEN : value;
  }

  private boolean isConnection() {
    return SettingKey.variable(name).equals(SettingKey.CONNECT);
  }

  private Optional<ConnectionUrl> url() {
    try {
      return Optional.of(ConnectionUrl.parse(value));
    } catch (InvalidSettings malformed) {
      return Optional.empty();
    }
  }

  /** How, as whom and whom it asks. */
  private String shownConnection() {
    if (value.startsWith(Connection.SIMULATED)) {
      return value;
    }
    return url().map(url -> value.strip().replaceFirst("://.*", "://") + shown(url)).orElse(HIDDEN);
  }

  private String shown(ConnectionUrl url) {
    String login = url.user().orElse("") + url.password().map(password -> ":" + HIDDEN).orElse("");
    String hosts = url.hosts().stream().map(HostPort::toString).collect(Collectors.joining(","));
    Optional<SslMode> tls = url.sslMode().filter(mode -> value.contains("sslmode="));
    return (login.isEmpty() ? "" : login + "@")
        + hosts
        + (url.path().isEmpty() ? "" : HIDDEN_PATH)
        + tls.map(mode -> "?sslmode=" + mode.label()).orElse("");
  }

  private String shownService() {
    try {
      return ServiceUrl.of(value).toString();
    } catch (IllegalArgumentException refused) {
      return HIDDEN;
    }
  }

  boolean holdsSecret() {
    String shown = shown();
    return !value.isBlank()
        && (shown.contains(HIDDEN) || (SERVICES.contains(name) && shown.endsWith(HIDDEN_PATH)));
  }

  /** A connection URL without the login that a stronger place replaces; else it would be sent. */
  Setting beside(Collection<Setting> stronger) {
    Optional<ConnectionUrl> url = url();
    if (url.isEmpty()) {
      return this;
    }
    Optional<String> user = url.get().user();
    boolean isOther =
        user.isPresent()
            && stronger.stream()
                .filter(set -> set.name().equals("CRATE_USERNAME") && !set.value().isEmpty())
                .anyMatch(set -> !set.value().equals(user.get()));
    boolean hasSecret =
        stronger.stream()
            .anyMatch(set -> WAY_IN.matcher(set.name()).matches() && !set.value().isEmpty());
    if (isOther) {
      String without = LOGIN.matcher(value.strip()).replaceFirst("$1");
      return new Setting(name, without.replaceAll("(?<=[?&])(user|password)=[^&#]*&?", ""), from);
    }
    if (hasSecret) {
      String without = LOGIN.matcher(value.strip()).replaceFirst("$1$2@");
      return new Setting(name, without.replaceAll("(?<=[?&])password=[^&#]*&?", ""), from);
    }
    return this;
  }
}
