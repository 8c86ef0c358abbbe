package cratesim.wire;

import cratesim.SqlEndpoint;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;

/** An endpoint on both of CrateDB's wires, PostgreSQL and HTTP, on the loopback address. */
public final class SimulatedServer {
  private final PgWireServer pg;
  private final HttpSqlServer http;
  private final int pgPort;
  private final int httpPort;

  /**
   * Where and how to listen.
   *
   * @param pgPort 0 for any
   * @param httpPort 0 for any
   * @param tls null for no TLS
   */
  public record Settings(NodeIdentity node, int pgPort, int httpPort, @Nullable Tls tls) {
    /** Any free ports, no TLS. */
    public static Settings anyPort(NodeIdentity node) {
      return new Settings(node, 0, 0, null);
    }
  }

  private SimulatedServer(PgWireServer pg, int pgPort, HttpSqlServer http, int httpPort) {
    this.pg = pg;
    this.pgPort = pgPort;
    this.http = http;
    this.httpPort = httpPort;
  }

  /** Starts both servers; fails, with neither left running, when one can't listen. */
  public static Future<SimulatedServer> start(
      Vertx vertx, SqlEndpoint endpoint, Settings settings, Faults faults, StatementLog log) {
    var runner = new StatementRunner(Scheduling.on(vertx), endpoint, faults, log);
    var pg = new PgWireServer(vertx, new PgServerSide(runner, settings.node(), settings.tls()));
    var http = new HttpSqlServer(vertx, runner, settings.node(), settings.tls());
    return pg.listen(settings.pgPort())
        .compose(
            pgPort ->
                http.listen(settings.httpPort())
                    .map(httpPort -> new SimulatedServer(pg, pgPort, http, httpPort)))
        .recover(failure -> pg.close().transform(closed -> Future.failedFuture(failure)));
  }

  public int pgPort() {
    return pgPort;
  }

  public int httpPort() {
    return httpPort;
  }

  /** Stops listening and closes every connection. */
  public Future<Void> close() {
    return Future.join(pg.close(), http.close()).mapEmpty();
  }
}
