package xmover.run;

import io.vertx.core.Future;
import xmover.log.RunLog;
import xmover.observe.RunControl;

/** What a run is told while it works, by whoever may: a stop is logged before it counts. */
record RunOrders(Engine run, RunLog log) implements RunControl {
  @Override
  public void pause() {
    run.pause();
  }

  @Override
  public void proceed() {
    run.proceed();
  }

  @Override
  public void stop(String reason) {
    log.stopping(reason);
    run.stop(reason);
  }

  /** By a signal; who sends another one is to know before what that costs. */
  void stopBy(String signal) {
    stop("stopped by " + signal);
    log.secondSignalLeaves();
  }

  @Override
  public Future<Void> alive() {
    return run.onLoop(Future::succeededFuture);
  }
}
