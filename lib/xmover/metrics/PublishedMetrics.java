package xmover.metrics;

import io.vertx.core.Future;
import java.util.function.Supplier;
import xmover.environment.Timers;
import xmover.observe.RunObserver;
import xmover.reset.RunEvent;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;

/**
 * Hands a run's metrics to whoever keeps them: when its first table comes to zero replicas, every
 * ten seconds, so that a run that dies leaves behind how it stood, and at its end. It has to hear
 * of all that happens after those metrics did.
 */
public final class PublishedMetrics implements RunObserver {
  private final Supplier<String> text;
  private final MetricsOutlet outlet;
  private final Ticker ticker;
  private Future<Void> handing = Future.succeededFuture();
  private boolean seenAtZero;

  /**
   * @param text how the run stands
   */
  public PublishedMetrics(Supplier<String> text, MetricsOutlet outlet, Timers timers) {
    this.text = text;
    this.outlet = outlet;
    this.ticker = new Ticker(timers, this::unlessBusy);
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunStarted) {
      ticker.start();
    } else if (event instanceof RunEvent.Transition step) {
      transition(step.to());
    } else if (event instanceof RunEvent.RunEnded || event instanceof RunEvent.RunFailed) {
      last();
    }
  }

  private void transition(ResetJob to) {
    if (!seenAtZero && to.state() == ResetState.SETTING_REPLICAS_ZERO) {
      seenAtZero = true;
      unlessBusy();
    }
  }

  private void unlessBusy() {
    if (handing.isComplete()) {
      handing = outlet.take(text.get());
    }
  }

  private void last() {
    ticker.stop();
    String end = text.get();
    handing = handing.transform(before -> outlet.take(end));
  }

  @Override
  public Future<Void> close() {
    ticker.stop();
    return handing;
  }
}
