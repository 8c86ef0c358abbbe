package xmover.cluster.connection;

/** What carries the statements: CrateDB speaks both. */
public enum Transport {
  /** The PostgreSQL wire protocol. */
  POSTGRESQL("PostgreSQL", 5432, SslMode.PREFER),
  /** {@code POST /_sql}. */
  HTTP("HTTP", 4200, SslMode.VERIFY_FULL);

  private final String title;
  private final int defaultPort;
  private final SslMode defaultTls;

  Transport(String title, int defaultPort, SslMode defaultTls) {
    this.title = title;
    this.defaultPort = defaultPort;
    this.defaultTls = defaultTls;
  }

  /** For people. */
  public String title() {
    return title;
  }

  /** The port CrateDB listens on unless told otherwise. */
  public int defaultPort() {
    return defaultPort;
  }

  /** The TLS asked for when nobody says; for HTTP that is {@code https}. */
  public SslMode defaultTls() {
    return defaultTls;
  }
}
