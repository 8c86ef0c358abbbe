package xmover.cluster;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Takes a connection URL apart. Its errors quote nothing that may be a password: with a typo that
 * can stand anywhere, a port included.
 */
final class ConnectionUrlParser {
  private static final Pattern URL =
      Pattern.compile(
          "(?<scheme>[^:/?#@]+)://(?<authority>[^/?#]*)(/(?<path>[^?#]*))?(\\?(?<query>[^#]*))?");
  private static final Pattern HOST =
      Pattern.compile("(\\[(?<v6>[0-9a-fA-F:.]+)]|(?<name>[^:\\[\\]]*))(:(?<port>[^:]*))?");
  private static final String FORMS =
      "Use postgresql://host:5432, https://host:4200 or crate://host:4200.";
  private static final String UNESCAPED =
      "The connection URL's user or password holds one of / ? # unescaped: write it as %2F, %3F or"
          + " %23, or put the password into CRATE_PASSWORD.";

  private final String scheme;
  private final String login;
  private final String hosts;
  private final String path;
  private final Map<String, String> parameters;

  ConnectionUrlParser(String url) {
    Matcher parts = URL.matcher(url);
    boolean readable = parts.matches();
    int at = readable ? parts.group("authority").lastIndexOf('@') : -1;
    if (at < 0 && url.contains("@") && url.contains("://")) {
      throw new MalformedUrl(UNESCAPED);
    }
    if (!readable) {
      throw new MalformedUrl("The connection URL is no scheme://host:port. " + FORMS);
    }
    scheme = parts.group("scheme").toLowerCase(Locale.ROOT);
    login = parts.group("authority").substring(0, Math.max(at, 0));
    hosts = parts.group("authority").substring(at + 1);
    path = decoded(parts.group("path"));
    parameters = parameters(parts.group("query"));
  }

  ConnectionUrl parse() {
    Transport transport = transport();
    String[] userPassword = login.split(":", 2);
    return new ConnectionUrl(
        transport,
        Arrays.stream(hosts.split(",", -1)).map(host -> hostPort(host.strip(), transport)).toList(),
        Optional.of(decoded(userPassword[0])).filter(user -> !user.isEmpty()),
        Optional.of(userPassword.length > 1 ? decoded(userPassword[1]) : "")
            .filter(password -> !password.isEmpty())
            .map(Secret::new),
        sslMode(),
        Optional.ofNullable(parameters.get("sslrootcert")).map(ConnectionUrlParser::file),
        schema(transport));
  }

  private static Path file(String path) {
    try {
      return Path.of(path);
    } catch (InvalidPathException impossible) {
      throw new MalformedUrl("The connection URL's sslrootcert can't be the path of a file.");
    }
  }

  private Transport transport() {
    return switch (scheme) {
      case "postgresql", "postgres" -> Transport.POSTGRESQL;
      case "https", "http", "crate" -> Transport.HTTP;
      default ->
          throw new MalformedUrl(
              "The connection URL's scheme '" + scheme + "' is unknown. " + FORMS);
    };
  }

  private static HostPort hostPort(String text, Transport transport) {
    Matcher parts = HOST.matcher(text);
    if (!parts.matches()) {
      throw new MalformedUrl(
          "A host of the connection URL is not of the form host:port; an IPv6 address stands in"
              + " brackets, as in [::1]:"
              + transport.defaultPort()
              + ".");
    }
    String host = parts.group("v6") != null ? parts.group("v6") : decoded(parts.group("name"));
    if (host.isEmpty()) {
      throw new MalformedUrl("A host of the connection URL is empty. " + FORMS);
    }
    String port = parts.group("port");
    if (port == null) {
      return new HostPort(host, transport.defaultPort());
    }
    if (!port.matches("\\d{1,5}") || Integer.parseInt(port) < 1 || Integer.parseInt(port) > 65535) {
      throw new MalformedUrl(
          "What follows host '"
              + host
              + "' in the connection URL is no port: give a number from 1 to"
              + " 65535, usually "
              + transport.defaultPort()
              + ".");
    }
    return new HostPort(host, Integer.parseInt(port));
  }

  private Map<String, String> parameters(@Nullable String query) {
    var known =
        switch (scheme) {
          case "http" -> List.of();
          case "crate" -> List.of("ssl", "sslmode", "sslrootcert");
          default -> List.of("sslmode", "sslrootcert");
        };
    var values = new LinkedHashMap<String, String>();
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      String[] nameValue = pair.split("=", 2);
      if (!known.contains(nameValue[0])) {
        throw new MalformedUrl(
            "The connection URL's parameter '"
                + decoded(nameValue[0])
                + "' is unknown; "
                + scheme
                + ":// knows "
                + (known.isEmpty() ? "none." : known + "."));
      }
      values.put(nameValue[0], nameValue.length > 1 ? decoded(nameValue[1]) : "");
    }
    return values;
  }

  private Optional<SslMode> sslMode() {
    Optional<SslMode> mode = Optional.ofNullable(parameters.get("sslmode")).map(this::sslMode);
    if (scheme.startsWith("postgres")) {
      return mode;
    }
    boolean tls = scheme.equals("https") || (scheme.equals("crate") && ssl());
    if (mode.isPresent() && mode.get().encrypts() != tls) {
      throw new MalformedUrl(
          "The connection URL's sslmode '"
              + mode.get().label()
              + "' contradicts it: HTTP is"
              + " encrypted with https:// or crate://…?ssl=true, and with nothing else.");
    }
    return tls ? mode : Optional.of(SslMode.DISABLE);
  }

  private SslMode sslMode(String label) {
    return SslMode.labelled(label)
        .orElseThrow(
            () ->
                new MalformedUrl(
                    "The connection URL's sslmode '"
                        + label
                        + "' is unknown; use one of "
                        + Arrays.stream(SslMode.values()).map(SslMode::label).toList()
                        + "."));
  }

  private boolean ssl() {
    return switch (parameters.getOrDefault("ssl", "false")) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new MalformedUrl("The connection URL's ssl is neither true nor false.");
    };
  }

  private String schema(Transport transport) {
    if (path.isEmpty() || (transport == Transport.HTTP && path.equals("_sql"))) {
      return ConnectionUrl.DEFAULT_SCHEMA;
    }
    if (path.contains("/") || scheme.startsWith("http")) {
      throw new MalformedUrl(
          "The connection URL's path is not understood: after the host comes "
              + (transport == Transport.HTTP ? "nothing or /_sql." : "nothing or one schema."));
    }
    return path;
  }

  /** Percent-decoding alone: a plus sign is a plus sign. */
  private static String decoded(@Nullable String text) {
    try {
      return text == null
          ? ""
          : URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException malformed) {
      throw new MalformedUrl(
          "The connection URL has a % that starts no percent-encoding; a % itself is %25.");
    }
  }
}
