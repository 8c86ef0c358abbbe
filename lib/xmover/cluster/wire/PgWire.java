package xmover.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.KeyCertOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.Secret;
import xmover.cluster.connection.SslMode;
import xmover.cluster.sql.Sql;

/** CrateDB's PostgreSQL port: logs in, and says why that failed. */
final class PgWire implements NodeWire {
  private static final String UNKNOWN_DATABASE = "3D000";

  private final Vertx vertx;
  private final ConnectionSettings settings;
  private final ConnectionFaults faults;
  private final ServerErrors errors;
  private final PgConnectOptions options;
  private final Optional<TrustedCertificates> trusted;
  private final Optional<KeyCertOptions> shown;

  PgWire(Vertx vertx, HostPort host, ConnectionSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.faults = new ConnectionFaults(host, settings);
    this.errors = new ServerErrors(host, settings.credentials().user());
    this.options =
        new PgConnectOptions()
            .setHost(host.host())
            .setPort(host.port())
            .setUser(settings.credentials().user())
            .setPassword(settings.credentials().password().map(Secret::reveal).orElse(""))
            .setDatabase(settings.schema())
            // CrateDB has had races with pipelined statements.
            .setPipeliningLimit(1);
    this.trusted =
        settings.tls().verifies()
            ? Optional.of(new TrustedCertificates(settings.rootCertificate()))
            : Optional.empty();
    this.shown = settings.clientCertificate().map(file -> file.options(vertx));
  }

  @Override
  public Future<NodeSession> open(SocketAddress address) {
    Future<NodeSession> opened =
        settings.tls() == SslMode.PREFER
            ? open(address, SslMode.REQUIRE).recover(thrown -> withoutTls(address, thrown))
            : open(address, settings.tls());
    return opened.recover(thrown -> Future.failedFuture(connecting(thrown)));
  }

  @Override
  public boolean mayChangeServers() {
    return false;
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private Future<NodeSession> withoutTls(SocketAddress address, Throwable thrown) {
    return PgSession.isTlsRefusal(thrown)
        ? open(address, SslMode.DISABLE)
        : Future.failedFuture(thrown);
  }

  private Future<NodeSession> open(SocketAddress address, SslMode tls) {
    Optional<TrustedCertificates.Witness> witness = trusted.map(TrustedCertificates::witness);
    var secured = new PgAddress(options, address);
    secured
        .setSslMode(PgSession.sslMode(tls))
        .setSslOptions(PgSession.sslOptions(tls, witness, shown));
    return PgSession.open(vertx, secured, settings.timeouts().connect(), errors)
        .recover(thrown -> Future.failedFuture(refusal(witness).orElse(thrown)));
  }

  private static Optional<Throwable> refusal(Optional<TrustedCertificates.Witness> witness) {
    return witness.flatMap(TrustedCertificates.Witness::refusal);
  }

  private ClusterFailure connecting(Throwable thrown) {
    if (thrown instanceof PgException error) {
      // Databases are a PostgreSQL thing: CrateDB takes any name.
      return UNKNOWN_DATABASE.equals(error.getSqlState())
          ? faults.notCrateDb(String.valueOf(error.getErrorMessage()), thrown)
          : errors.postgres(Sql.ping(), error);
    }
    if (PgSession.isTlsRefusal(thrown)) {
      return faults.tlsRefused(thrown);
    }
    return PgSession.isTlsFailure(thrown)
        ? faults.tlsFailed("it hung up during the handshake", thrown)
        : faults.connecting(thrown);
  }

  /** The client knows hosts by name alone; this is one of the name's addresses. */
  private static final class PgAddress extends PgConnectOptions {
    private final SocketAddress address;

    PgAddress(PgConnectOptions options, SocketAddress address) {
      super(options);
      this.address = address;
    }

    @Override
    public SocketAddress getSocketAddress() {
      return address;
    }
  }
}
