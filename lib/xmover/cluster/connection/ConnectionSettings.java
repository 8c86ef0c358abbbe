package xmover.cluster.connection;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Everything needed to connect, consistent: it never lets a password travel in clear text except on
 * loopback or by explicit permission.
 *
 * @param hosts asked in this order, the next one when one is down
 * @param tls never PREFER where that could send a password in clear text
 * @param rootCertificate a PEM file with the CAs to trust, instead of the JDK's
 * @param clientCertificate shown to a server that asks for one
 * @param path what a proxy expects before {@code /_sql}
 * @param poolSize how many statements one host gets at once
 */
public record ConnectionSettings(
    Transport transport,
    List<HostPort> hosts,
    String schema,
    Credentials credentials,
    SslMode tls,
    Optional<Path> rootCertificate,
    Optional<ClientCertificate> clientCertificate,
    String path,
    Timeouts timeouts,
    int poolSize,
    boolean cleartextPasswordAllowed) {
  public static final int DEFAULT_POOL_SIZE = 5;

  public ConnectionSettings {
    hosts = List.copyOf(hosts);
    if (hosts.isEmpty() || poolSize < 1) {
      throw new InvalidSettings("A connection needs a host and a pool of at least one.");
    }
    if (transport == Transport.HTTP && tls == SslMode.PREFER) {
      throw new InvalidSettings("HTTP is encrypted or not: sslmode prefer is for postgresql://.");
    }
    if (rootCertificate.isPresent()) {
      tls = checkedAgainstRoot(tls);
    }
    if (clientCertificate.isPresent()) {
      tls = showing(tls);
    }
    boolean exposed =
        credentials.password().isPresent()
            && !cleartextPasswordAllowed
            && !hosts.stream().allMatch(HostPort::isLoopback);
    if (exposed && tls == SslMode.DISABLE) {
      throw new InvalidSettings(
          "The password for "
              + names(hosts)
              + " would travel in clear text: use TLS ("
              + (transport == Transport.HTTP ? "https://" : "sslmode=verify-full")
              + "), or allow it with --allow-cleartext-password.");
    }
    if (exposed && tls == SslMode.PREFER) {
      tls = SslMode.REQUIRE;
    }
  }

  /** Without a client certificate, and without a path. */
  public ConnectionSettings(
      Transport transport,
      List<HostPort> hosts,
      String schema,
      Credentials credentials,
      SslMode tls,
      Optional<Path> rootCertificate,
      Timeouts timeouts,
      int poolSize,
      boolean cleartextPasswordAllowed) {
    this(
        transport,
        hosts,
        schema,
        credentials,
        tls,
        rootCertificate,
        Optional.empty(),
        "",
        timeouts,
        poolSize,
        cleartextPasswordAllowed);
  }

  /** A certificate is shown over TLS alone. */
  private static SslMode showing(SslMode tls) {
    if (tls == SslMode.DISABLE) {
      throw new InvalidSettings(
          "A client certificate (sslcert) is shown to nobody without TLS: use https:// or"
              + " sslmode=verify-full.");
    }
    return tls == SslMode.PREFER ? SslMode.REQUIRE : tls;
  }

  /** As in libpq, a CA file makes {@code require} look at the certificate. */
  private static SslMode checkedAgainstRoot(SslMode tls) {
    if (!tls.encrypts()) {
      throw new InvalidSettings(
          "A CA file (sslrootcert) checks nothing with sslmode "
              + tls.label()
              + ": use verify-full or verify-ca.");
    }
    return tls == SslMode.REQUIRE ? SslMode.VERIFY_CA : tls;
  }

  private static String names(List<HostPort> hosts) {
    return hosts.stream().map(HostPort::toString).collect(Collectors.joining(", "));
  }
}
