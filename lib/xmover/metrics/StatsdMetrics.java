package xmover.metrics;

import io.vertx.core.Future;
import java.util.List;
import xmover.observe.RunScene;
import xmover.reset.RunEvent;

/** Measures one run for a StatsD server: times as they are measured, the rest every ten seconds. */
public final class StatsdMetrics extends RunMetrics {
  private final StatsdRegistry registry;
  private final StatsdSocket socket;
  private final Ticker ticker;

  private StatsdMetrics(StatsdRegistry registry, StatsdSocket socket, RunScene scene) {
    super(registry, scene);
    this.registry = registry;
    this.socket = socket;
    this.ticker = new Ticker(scene.timers(), this::send);
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
  public void on(RunEvent event) {
    super.on(event);
    if (event instanceof RunEvent.RunStarted) {
      ticker.start();
    } else if (event instanceof RunEvent.RunEnded || event instanceof RunEvent.RunFailed) {
      send();
    }
  }

  @Override
  public Future<Void> close() {
    ticker.stop();
    return socket.close();
  }
}
