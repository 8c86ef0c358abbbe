package xmover.cluster.connection;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
  private static final Pattern HOST_WITH_PORT = Pattern.compile("(\\[[^]]*]|[^:\\[\\]]*):.*");

  /** What each scheme takes. */
  private static final List<String> COMMON =
      List.of(
          "sslmode",
          "sslrootcert",
          "sslcert",
          "sslkey",
          "user",
          "password",
          "connect_timeout",
          "schema");

  /** What libpq and others take, and what has no effect here. */
  private static final Set<String> IDLE =
      Set.of(
          "application_name",
          "fallback_application_name",
          "target_session_attrs",
          "load_balance_hosts",
          "client_encoding",
          "options",
          "channel_binding",
          "gssencmode",
          "krbsrvname",
          "keepalives",
          "keepalives_idle",
          "keepalives_interval",
          "keepalives_count",
          "tcp_user_timeout",
          "sslcompression",
          "sslsni");

  private static final String FORMS =
      "Use postgresql://host:5432, https://host:4200 or crate://host:4200.";
  private static final String UNESCAPED =
      "The connection URL's user or password holds one of / ? # unescaped: write it as %2F, %3F or"
          + " %23, or put the password into CRATE_PASSWORD.";

  private final String scheme;
  private final String login;
  private final String hosts;
  private final String rawPath;
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
    rawPath = Objects.requireNonNullElse(parts.group("path"), "");
    path = decoded(rawPath);
    parameters = parameters(parts.group("query"));
  }

  ConnectionUrl parse() {
    Transport transport = transport();
    String[] userPassword = login.split(":", 2);
    return new ConnectionUrl(
        transport,
        hosts(transport),
        parameter("user").or(() -> given(decoded(userPassword[0]))),
        parameter("password")
            .or(() -> given(userPassword.length > 1 ? decoded(userPassword[1]) : ""))
            .map(Secret::new),
        sslMode(),
        file("sslrootcert"),
        clientCertificate(),
        schema(transport),
        prefix(),
        parameter("connect_timeout").map(ConnectionUrlParser::seconds),
        notes());
  }

  private Optional<String> parameter(String name) {
    return given(parameters.getOrDefault(name, ""));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(value -> !value.isEmpty());
  }

  private Optional<Path> file(String parameter) {
    try {
      return Optional.ofNullable(parameters.get(parameter)).map(Path::of);
    } catch (InvalidPathException impossible) {
      throw new MalformedUrl("The connection URL's " + parameter + " can't be the path of a file.");
    }
  }

  private Optional<ClientCertificate> clientCertificate() {
    Optional<Path> certificate = file("sslcert");
    Optional<Path> key = file("sslkey");
    if (certificate.isPresent() != key.isPresent()) {
      throw new MalformedUrl(
          "The connection URL names a client certificate by half: give sslcert and sslkey, both in"
              + " PEM form.");
    }
    return certificate.map(file -> new ClientCertificate(file, key.orElseThrow()));
  }

  private static Duration seconds(String text) {
    if (!text.matches("[1-9]\\d{0,5}")) {
      throw new MalformedUrl(
          "The connection URL's connect_timeout is no number of seconds, such as 10.");
    }
    return Duration.ofSeconds(Long.parseLong(text));
  }

  /** Those of the parameters host and port, where they are given, as libpq takes them. */
  private List<HostPort> hosts(Transport transport) {
    List<String> names = List.of(parameter("host").orElse(hosts).split(",", -1));
    List<String> ports =
        parameter("port").map(text -> List.of(text.split(",", -1))).orElse(List.of());
    if (ports.size() > 1 && ports.size() != names.size()) {
      throw new MalformedUrl(
          "The connection URL's port names more or fewer ports than there are hosts: give one, or"
              + " one for each.");
    }
    List<HostPort> all = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i).strip();
      if (name.startsWith("/")) {
        throw new MalformedUrl(
            "The connection URL's host is the path of a socket, which CrateDB does not have: name"
                + " a host.");
      }
      // Not in a URL's authority, an IPv6 address needs no brackets.
      boolean bare = parameters.containsKey("host") && name.matches("[0-9a-fA-F]*:[0-9a-fA-F:.]+");
      String host = bare ? "[" + name + "]" : name;
      String port = ports.isEmpty() ? "" : ports.get(ports.size() == 1 ? 0 : i).strip();
      all.add(
          hostPort(
              port.isEmpty() || HOST_WITH_PORT.matcher(host).matches() ? host : host + ":" + port,
              transport));
    }
    return all;
  }

  /** What a proxy expects before {@code /_sql}. */
  private String prefix() {
    if (!scheme.startsWith("http")) {
      return "";
    }
    String prefix = rawPath.replaceFirst("(^|/)_sql/?$", "").replaceFirst("/+$", "");
    if (prefix.matches("(.*/)?_[^/]*")) {
      throw new MalformedUrl(
          "The connection URL's path is not understood: it is what a proxy expects, with or without"
              + " /_sql at its end.");
    }
    if (!prefix.matches("[A-Za-z0-9._~!$&'()*+,;=:@%/-]*")) {
      throw new MalformedUrl(
          "The connection URL's path holds what no path of a URL may: write it percent-encoded.");
    }
    return prefix.isEmpty() ? "" : "/" + prefix;
  }

  private List<String> notes() {
    List<String> notes = new ArrayList<>();
    List<String> idle = parameters.keySet().stream().filter(IDLE::contains).toList();
    if (!idle.isEmpty()) {
      notes.add(
          "the connection URL's "
              + String.join(", ", idle)
              + (idle.size() == 1 ? " is" : " are")
              + " ignored: CrateDB and this client know nothing of the kind.");
    }
    if (parameters.containsKey("schema")
        || (scheme.equals("crate") && !path.isEmpty() && !path.equals("_sql"))) {
      notes.add(
          "the connection URL's schema is ignored: tables are named with theirs, and --schema"
              + " chooses.");
    }
    return notes;
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
    if (host.codePoints().anyMatch(c -> Character.isWhitespace(c) || Character.isISOControl(c))) {
      throw new MalformedUrl(
          "A host of the connection URL holds a space or a control character. " + FORMS);
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
    List<String> known = new ArrayList<>(COMMON);
    known.addAll(scheme.startsWith("postgres") ? List.of("host", "port", "dbname") : List.of());
    known.addAll(scheme.equals("crate") ? List.of("ssl") : List.of());
    var values = new LinkedHashMap<String, String>();
    for (String pair : query == null || query.isEmpty() ? new String[0] : query.split("&")) {
      String[] nameValue = pair.split("=", 2);
      if (nameValue[0].equals("sslpassword")) {
        throw new MalformedUrl(
            "The connection URL's sslpassword is not taken: store the key of the client certificate"
                + " without one, in a file that only you may read.");
      }
      if (!known.contains(nameValue[0]) && !IDLE.contains(nameValue[0])) {
        // After a password it may be the rest of it, cut off by an & in it.
        String told =
            values.containsKey("password")
                ? "What follows the password in the connection URL"
                : "The connection URL's parameter '" + decoded(nameValue[0]) + "'";
        String hint = values.containsKey("password") ? " An & in a password is %26." : "";
        throw new MalformedUrl(told + " is unknown; " + scheme + ":// knows " + known + "." + hint);
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
    Optional<String> named = parameter("schema").or(() -> parameter("dbname"));
    boolean none = path.isEmpty() || (transport == Transport.HTTP && path.equals("_sql"));
    if (named.isPresent() || none || scheme.startsWith("http")) {
      return named.orElse(ConnectionUrl.DEFAULT_SCHEMA);
    }
    if (path.contains("/")) {
      throw new MalformedUrl(
          "The connection URL's path is not understood: after the host comes nothing or one"
              + " schema.");
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
