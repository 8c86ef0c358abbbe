package xmover.metrics;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import xmover.monitor.ClusterState;
import xmover.monitor.WatchedTable;
import xmover.table.Bytes;
import xmover.table.Verdict.Action;

/** Measures a cluster that is watched without a run. Any thread may ask for the text. */
public final class MonitorMetrics {
  /** The verdict of a table that was named, and needs nothing. */
  private static final String NONE = "none";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final LateGauge detected;
  private final EarlyMeters early;
  private final LateGauge worstBytes;
  private final LateGauge worstPercent;
  private final Counter looks;
  private final Counter failures;
  private final Map<String, AtomicLong> verdicts = new LinkedHashMap<>();

  /**
   * @param target which cluster it is, in the words of the connection
   */
  public MonitorMetrics(String target) {
    registry.config().commonTags("cluster", target);
    detected = RunMeters.detected(registry);
    early = new EarlyMeters(registry);
    worstBytes =
        new LateGauge(
            registry,
            "xmover.worst.uncommitted",
            "bytes",
            "The largest uncommitted translog of a replica of the tables that are watched.");
    worstPercent =
        new LateGauge(
            registry,
            "xmover.worst.of.threshold",
            "percent",
            "The largest uncommitted translog of a replica in percent of its table's own flush"
                + " threshold.");
    looks = looks("answered");
    failures = looks("failed");
    RunMeters.buildInfo(registry);
  }

  private Counter looks(String result) {
    return Counter.builder("xmover.looks")
        .tag("result", result)
        .description("Looks at the cluster, by whether it answered.")
        .register(registry);
  }

  /** A look showed this. */
  public void saw(ClusterState sight) {
    looks.increment();
    detected.set(
        (double)
            sight.tables().stream()
                .flatMap(table -> table.action().stream())
                .filter(action -> action != Action.SKIP)
                .count());
    sight.early().ifPresent(early::saw);
    verdicts(sight.tables());
    worstBytes.set(
        (double)
            sight.tables().stream()
                .flatMap(table -> table.worst().stream())
                .mapToLong(Bytes::value)
                .max()
                .orElse(0));
    worstPercent.set(
        sight.tables().stream()
            .flatMap(table -> table.percentOfThreshold().stream())
            .mapToDouble(percent -> percent)
            .max()
            .orElse(0));
  }

  /** A look failed: what the last one showed stays. */
  public void failed() {
    failures.increment();
  }

  /** Early ones are told by themselves: they are no findings. */
  private void verdicts(List<WatchedTable> tables) {
    if (verdicts.isEmpty()) {
      List.of(word(Action.RESET), word(Action.REFUSED), word(Action.SKIP), NONE)
          .forEach(this::register);
    }
    verdicts.forEach(
        (word, count) ->
            count.set(tables.stream().filter(table -> verdict(table).equals(word)).count()));
  }

  private void register(String word) {
    var count = new AtomicLong();
    verdicts.put(word, count);
    Gauge.builder("xmover.tables.watched", count, AtomicLong::doubleValue)
        .tag("verdict", word)
        .description("Tables and partitions that are watched, by what is to become of them.")
        .register(registry);
  }

  private static String verdict(WatchedTable table) {
    return table.action().map(MonitorMetrics::word).orElse(NONE);
  }

  private static String word(Action action) {
    return action.name().toLowerCase(Locale.ROOT);
  }

  /** What the last looks showed, in Prometheus' text form. */
  public String scrape() {
    return PrometheusText.of(registry);
  }
}
