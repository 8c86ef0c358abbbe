package xmover.observe.metrics;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import xmover.observe.ClusterSight;
import xmover.table.Finding;
import xmover.table.Verdict.Action;

/** Measures a cluster that is watched without a run. Any thread may ask for the text. */
public final class MonitorMetrics {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LateGauge detected;
  private final EarlyMeters early;

  /**
   * @param target which cluster it is, in the words of the connection
   */
  public MonitorMetrics(String target) {
    registry.config().commonTags("cluster", target);
    detected = RunMeters.detected(registry);
    early = new EarlyMeters(registry);
    RunMeters.buildInfo(registry);
  }

  /** A look showed this. */
  public void saw(ClusterSight sight) {
    detected.set(
        (double)
            sight.tables().stream()
                .flatMap(table -> table.finding().stream())
                .map(Finding::verdict)
                .filter(verdict -> verdict.action() != Action.SKIP)
                .count());
    sight.early().ifPresent(early::saw);
  }

  /** What the last looks showed, in Prometheus' text form. */
  public String scrape() {
    return PrometheusText.of(registry);
  }
}
