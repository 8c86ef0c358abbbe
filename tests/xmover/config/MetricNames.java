package xmover.config;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import xmover.metrics.Exposition;
import xmover.metrics.MeasuredRun;

/** The metrics that XMover exposes, by their names in Prometheus: those of a run that healed. */
final class MetricNames {
  private static final Exposition EXPOSED = MeasuredRun.everything();
  private static final Set<String> HISTOGRAMS = EXPOSED.names("histogram");
  private static final Pattern NAME = Pattern.compile("\\bxmover_\\w+");
  private static final Pattern SELECTED = Pattern.compile("(xmover_\\w+)\\{([^}]*)}");
  private static final Pattern MATCHER = Pattern.compile("(\\w+)(=~|=)\"([^\"]*)\"");
  private static final Pattern GROUPED = Pattern.compile("\\bby \\(([^)]*)\\)");

  /** Labels that Prometheus or the Pushgateway adds. */
  private static final Set<String> ADDED = Set.of("job", "instance", "pod");

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
    return EXPOSED.names("\\w+");
  }

  /** A query asks only for labels, and for values of them, that its metrics have. */
  static void assertAsksForKnownLabels(String query) {
    for (MatchResult selected : SELECTED.matcher(query).results().toList()) {
      for (MatchResult label : MATCHER.matcher(selected.group(2)).results().toList()) {
        Set<String> values = values(selected.group(1), label.group(1));
        boolean known =
            label.group(2).equals("=") ? values.contains(label.group(3)) : !values.isEmpty();
        assertTrue(known || ADDED.contains(label.group(1)), query + ": " + label.group());
      }
    }
    for (MatchResult grouped : GROUPED.matcher(query).results().toList()) {
      for (MatchResult word :
          Pattern.compile("\\w+").matcher(grouped.group(1)).results().toList()) {
        String label = word.group();
        assertTrue(
            NAME.matcher(query).results().allMatch(m -> !values(m.group(), label).isEmpty()),
            query + ": " + label);
      }
    }
  }

  private static Set<String> values(String series, String label) {
    return EXPOSED.samples().stream()
        .filter(sample -> sample.name().equals(series))
        .flatMap(sample -> sample.labels().entrySet().stream())
        .filter(entry -> entry.getKey().equals(label))
        .map(entry -> entry.getValue())
        .collect(Collectors.toSet());
  }
}
