package xmover.metrics;

import io.vertx.core.Future;

/** A way out of a run for its metrics, in Prometheus' text form. */
@FunctionalInterface
interface MetricsOutlet {
  /** Takes the text; completes when it is there or was given up, and never fails. */
  Future<Void> take(String text);
}
