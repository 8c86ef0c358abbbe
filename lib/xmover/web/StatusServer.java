package xmover.web;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.cluster.connection.InvalidSettings;

/**
 * Shows over HTTP where a run stands, on a page and for programs, and takes orders. It works on
 * another event loop than the run, as far as there are several: who asks it holds up no reset.
 */
public final class StatusServer extends VerticleBase {
  /** How long an idle connection is kept; longer than the heartbeat of a stream. */
  private static final Duration IDLE = Duration.ofMinutes(1);

  private final Access access;
  private final StatusSource source;
  private final Listeners.Pace pace;
  private final Waiting.Limits limits;
  private ServeAddress address;
  private @Nullable Listeners listeners;

  private StatusServer(
      ServeAddress address,
      Access access,
      StatusSource source,
      Listeners.Pace pace,
      Waiting.Limits limits) {
    this.pace = pace;
    this.limits = limits;
    this.address = address;
    this.access = access;
    this.source = source;
  }

  /** Listens; fails with {@link InvalidSettings} where that is not possible. */
  public static Future<StatusServer> start(
      Vertx vertx, ServeAddress address, Access access, StatusSource source) {
    return start(vertx, address, access, source, Listeners.Pace.DEFAULT, Waiting.Limits.DEFAULT);
  }

  static Future<StatusServer> start(
      Vertx vertx,
      ServeAddress address,
      Access access,
      StatusSource source,
      Listeners.Pace pace,
      Waiting.Limits limits) {
    var server = new StatusServer(address, access, source, pace, limits);
    return vertx
        .deployVerticle(server)
        .map(deployed -> server)
        .recover(
            failure ->
                Future.failedFuture(
                    new InvalidSettings(
                        "--serve %s: can't listen there (%s): choose another port"
                            .formatted(address, ClusterFailure.sentence(failure)))));
  }

  @Override
  public Future<?> start() {
    var options =
        new HttpServerOptions()
            .setHost(address.host())
            .setPort(address.port())
            .setHttp2ClearTextEnabled(false)
            .setIdleTimeout((int) IDLE.toSeconds())
            .setIdleTimeoutUnit(TimeUnit.SECONDS);
    var all = new Listeners(vertx, source, pace);
    listeners = all;
    var waiting = new Waiting(vertx, limits);
    return vertx
        .createHttpServer(options)
        .connectionHandler(waiting::connected)
        .requestHandler(new Routes(vertx, source, access, all, waiting)::handle)
        .listen()
        .onSuccess(listening -> address = address.withPort(listening.actualPort()));
  }

  @Override
  public Future<?> stop() {
    return listeners == null ? Future.succeededFuture() : listeners.end();
  }

  /** Where it listens, with its port. */
  public ServeAddress address() {
    return address;
  }

  /** Tells those who listen the rest, and is gone. */
  public Future<Void> close() {
    return vertx.undeploy(deploymentID());
  }
}
