package xmover.config;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** The metrics that XMover exposes, by their names in Prometheus. */
final class MetricNames {
  static final Set<String> HISTOGRAMS =
      Set.of("xmover_phase_duration_seconds", "xmover_lease_wait_seconds");

  static final Set<String> OTHERS =
      Set.of(
          "xmover_tables_detected",
          "xmover_tables_processed_total",
          "xmover_tables_at_zero_replicas",
          "xmover_exposed_bytes",
          "xmover_sql_statements_total",
          "xmover_retries_total",
          "xmover_breaker_state",
          "xmover_rollback_failures_total",
          "xmover_last_run_timestamp_seconds",
          "xmover_last_success_timestamp_seconds",
          "xmover_last_exit_code",
          "xmover_build_info");

  private static final Pattern NAME = Pattern.compile("\\bxmover_\\w+");

  private MetricNames() {}

  /** The metrics that a query asks for; a histogram by the name without its suffix. */
  static Set<String> in(String query) {
    var names = new TreeSet<String>();
    NAME.matcher(query).results().forEach(found -> names.add(metric(found.group())));
    return names;
  }

  private static String metric(String series) {
    String histogram = series.replaceFirst("_(bucket|sum|count)$", "");
    return HISTOGRAMS.contains(histogram) ? histogram : series;
  }

  static Set<String> all() {
    var all = new TreeSet<>(HISTOGRAMS);
    all.addAll(OTHERS);
    return all;
  }
}
