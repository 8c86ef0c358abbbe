package xmover.cluster.connection;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A connection URL as an operator types it, understood but with nothing filled in from elsewhere:
 *
 * <pre>
 * postgresql://user:password@h1:5432,h2:5432/doc?sslmode=verify-full&amp;sslrootcert=/ca.pem
 * https://user@host:4200[/path/of/a/proxy][/_sql], http://…
 * crate://host:4200?ssl=true      (HTTP)
 * </pre>
 *
 * @param sslMode what the URL says of TLS; {@code http://} says there is none
 * @param clientCertificate shown to a server that asks for one
 * @param schema the schema of names without one
 * @param path what a proxy expects before {@code /_sql}
 * @param connectTimeout how long a connection may take
 * @param notes what the URL says that has no effect, in sentences
 */
public record ConnectionUrl(
    Transport transport,
    List<HostPort> hosts,
    Optional<String> user,
    Optional<Secret> password,
    Optional<SslMode> sslMode,
    Optional<Path> rootCertificate,
    Optional<ClientCertificate> clientCertificate,
    String schema,
    String path,
    Optional<Duration> connectTimeout,
    List<String> notes) {
  static final String DEFAULT_SCHEMA = "doc";

  public ConnectionUrl {
    hosts = List.copyOf(hosts);
    notes = List.copyOf(notes);
  }

  /**
   * Reads a URL.
   *
   * @throws MalformedUrl when it cannot be read
   */
  public static ConnectionUrl parse(String url) {
    return new ConnectionUrlParser(url.strip()).parse();
  }
}
