package xmover.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgConnectOptions;
import io.vertx.pgclient.PgException;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;

/**
 * One CrateDB node over the PostgreSQL wire. At most as many connections as the settings say, each
 * with one statement at a time; one whose statement got no answer is ended, so that it keeps no
 * place.
 */
final class PgCluster implements Cluster {
  private static final Statement WHO = Statement.read("SELECT version() AS version");
  private static final String UNKNOWN_DATABASE = "3D000";

  private final Vertx vertx;
  private final ConnectionSettings settings;
  private final ConnectionFaults faults;
  private final ServerErrors errors;
  private final PgConnectOptions options;
  private final Optional<TrustedCertificates> trusted;
  private final Turns turns;
  private final Deque<PgSession> idle = new ConcurrentLinkedDeque<>();
  private volatile boolean identified;
  private volatile boolean closed;

  PgCluster(Vertx vertx, HostPort host, ConnectionSettings settings) {
    this.vertx = vertx;
    this.settings = settings;
    this.faults = new ConnectionFaults(host, settings);
    this.errors = new ServerErrors(host, settings.credentials().user());
    this.turns = new Turns(settings.poolSize());
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
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    return turns.take(() -> session().compose(session -> execute(session, statement)));
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return Future.join(idle.stream().map(PgSession::close).toList()).mapEmpty();
  }

  private Future<List<Row>> execute(PgSession session, Statement statement) {
    return session
        .execute(statement, settings.timeouts().answer(statement))
        .onSuccess(rows -> giveBack(session))
        .recover(thrown -> Future.failedFuture(failed(session, statement, thrown)));
  }

  private void giveBack(PgSession session) {
    if (closed) {
      session.close();
    } else {
      idle.push(session);
    }
  }

  private Throwable failed(PgSession session, Statement statement, Throwable thrown) {
    if (thrown instanceof PgException error) {
      giveBack(session);
      return errors.postgres(statement, error);
    }
    boolean told =
        session.isBroken()
            || ConnectionFaults.isBreak(thrown)
            || thrown instanceof TimeoutException;
    session.close();
    return told ? faults.answering(statement, thrown) : thrown;
  }

  private Future<PgSession> session() {
    PgSession session = idle.poll();
    while (session != null && session.isBroken()) {
      session.close();
      session = idle.poll();
    }
    return session != null ? Future.succeededFuture(session) : connect();
  }

  private Future<PgSession> connect() {
    Future<PgSession> opened =
        settings.tls() == SslMode.PREFER
            ? open(SslMode.REQUIRE).recover(this::withoutTls)
            : open(settings.tls());
    return opened
        .compose(session -> identify(session).onFailure(stranger -> session.close()))
        .recover(thrown -> Future.failedFuture(connecting(thrown)));
  }

  private Future<PgSession> withoutTls(Throwable thrown) {
    return PgSession.isTlsRefusal(thrown) ? open(SslMode.DISABLE) : Future.failedFuture(thrown);
  }

  private Future<PgSession> open(SslMode tls) {
    Optional<TrustedCertificates.Witness> witness = trusted.map(TrustedCertificates::witness);
    var secured =
        new PgConnectOptions(options)
            .setSslMode(PgSession.sslMode(tls))
            .setSslOptions(PgSession.sslOptions(tls, witness));
    return PgSession.open(vertx, secured, settings.timeouts().connect())
        .recover(thrown -> Future.failedFuture(refusal(witness).orElse(thrown)));
  }

  private static Optional<Throwable> refusal(Optional<TrustedCertificates.Witness> witness) {
    return witness.flatMap(TrustedCertificates.Witness::refusal);
  }

  /** PostgreSQL and its relatives speak the same protocol, so the first connection asks. */
  private Future<PgSession> identify(PgSession session) {
    if (identified) {
      return Future.succeededFuture(session);
    }
    return session
        .execute(WHO, settings.timeouts().connect())
        .map(
            rows -> {
              String version = String.valueOf(rows.get(0).text("version"));
              if (!version.startsWith("CrateDB")) {
                throw faults.notCrateDb(version.replaceFirst(" on .*", ""), null);
              }
              identified = true;
              return session;
            });
  }

  private ClusterFailure connecting(Throwable thrown) {
    if (thrown instanceof PgException error) {
      // Databases are a PostgreSQL thing: CrateDB takes any name.
      return UNKNOWN_DATABASE.equals(error.getSqlState())
          ? faults.notCrateDb(String.valueOf(error.getErrorMessage()), thrown)
          : errors.postgres(WHO, error);
    }
    if (PgSession.isTlsRefusal(thrown)) {
      return faults.tlsRefused(thrown);
    }
    return PgSession.isTlsFailure(thrown)
        ? faults.tlsFailed("it hung up during the handshake", thrown)
        : faults.connecting(thrown);
  }
}
