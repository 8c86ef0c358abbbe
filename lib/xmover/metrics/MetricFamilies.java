package xmover.metrics;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Prometheus' text form, taken apart into metrics by their names; each has its lines. */
record MetricFamilies(Map<String, String> byName) {
  private static final Pattern BEGINS = Pattern.compile("# HELP (xmover_\\w+) .*");
  private static final Pattern BELONGS = Pattern.compile("(?:# TYPE )?(xmover_\\w+)[ {].*");

  MetricFamilies {
    byName = new LinkedHashMap<>(byName);
  }

  /** Reads what {@link PrometheusMetrics} wrote; lines of anything else are left out. */
  static MetricFamilies of(String text) {
    Map<String, String> families = new LinkedHashMap<>();
    String name = "";
    for (String line : text.lines().toList()) {
      Matcher begins = BEGINS.matcher(line);
      Matcher belongs = BELONGS.matcher(line);
      if (begins.matches()) {
        name = begins.group(1);
        families.put(name, line + "\n");
      } else if (!name.isEmpty() && belongs.matches() && belongs.group(1).startsWith(name)) {
        families.merge(name, line + "\n", String::concat);
      }
    }
    return new MetricFamilies(families);
  }

  /** These, and of the earlier ones those that are not among them. */
  MetricFamilies over(MetricFamilies earlier) {
    Map<String, String> all = new TreeMap<>(earlier.byName);
    all.putAll(byName);
    return new MetricFamilies(all);
  }

  String text() {
    return String.join("", byName.values());
  }
}
