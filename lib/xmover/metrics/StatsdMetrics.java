package xmover.metrics;

import io.vertx.core.Future;
import java.util.List;
import xmover.detect.ClusterIdentity;
import xmover.observe.RunScene;
import xmover.reset.RunReport;
import xmover.reset.machine.RunIdentity;

/** Measures one run for a StatsD server: times as they are measured, the rest every ten seconds. */
public final class StatsdMetrics extends RunMetrics {
  private final StatsdRegistry registry;
  private final StatsdSocket socket;
  private final Ticker beat;

  private StatsdMetrics(StatsdRegistry registry, StatsdSocket socket, RunScene scene) {
    super(registry, scene);
    this.registry = registry;
    this.socket = socket;
    this.beat = new Ticker(scene.timers(), this::send);
  }

  /** Sends to this server. */
  public static StatsdMetrics to(StatsdAddress server, RunScene scene) {
    var socket = new StatsdSocket(scene, server);
    var registry = new StatsdRegistry(line -> socket.send(List.of(line)));
    return new StatsdMetrics(registry, socket, scene);
  }

  private void send() {
    socket.send(registry.lines());
  }

  @Override
  public void runStarted(RunIdentity run, ClusterIdentity cluster) {
    beat.start();
  }

  @Override
  public void runEnded(RunReport report, int exitCode) {
    super.runEnded(report, exitCode);
    send();
  }

  @Override
  public void runFailed(Throwable failure, int exitCode) {
    super.runFailed(failure, exitCode);
    send();
  }

  @Override
  public Future<Void> close() {
    beat.stop();
    return socket.close();
  }
}
