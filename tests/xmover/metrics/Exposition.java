package xmover.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What a scrape showed, read by the rules of Prometheus' text form. */
public record Exposition(String text) {
  private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)\\})? (\\S+)");
  private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

  /** One line of it. */
  public record Sample(String name, Map<String, String> labels, double value) {}

  public List<Sample> samples() {
    return text.lines().filter(line -> !line.startsWith("#")).map(Exposition::sample).toList();
  }

  private static Sample sample(String line) {
    Matcher found = SAMPLE.matcher(line);
    if (!found.matches()) {
      throw new AssertionError("no sample: " + line);
    }
    Map<String, String> labels = new HashMap<>();
    if (found.group(2) != null) {
      LABEL.matcher(found.group(2)).results().forEach(l -> labels.put(l.group(1), l.group(2)));
    }
    return new Sample(found.group(1), labels, Double.parseDouble(found.group(3)));
  }

  /** The names of metrics of this type. */
  public Set<String> names(String type) {
    Pattern line = Pattern.compile("# TYPE (\\w+) " + type);
    return text.lines()
        .map(line::matcher)
        .filter(Matcher::matches)
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** The value of a series; empty where it is not exposed. */
  public OptionalDouble of(String name, String... labels) {
    Map<String, String> wanted = new HashMap<>();
    for (int i = 0; i < labels.length; i += 2) {
      wanted.put(labels[i], labels[i + 1]);
    }
    return samples().stream()
        .filter(s -> s.name().equals(name))
        .filter(s -> s.labels().entrySet().containsAll(wanted.entrySet()))
        .mapToDouble(Sample::value)
        .findFirst();
  }

  public double value(String name, String... labels) {
    return of(name, labels)
        .orElseThrow(() -> new AssertionError("no " + name + List.of(labels) + " in\n" + text));
  }
}
