package xmover.benchmark;

import java.util.Collection;
import java.util.List;

/** Measured values, sorted; at least one. */
public record Samples(List<Double> values) {
  public Samples {
    values = values.stream().sorted().toList();
  }

  public static Samples of(Collection<Double> values) {
    return new Samples(List.copyOf(values));
  }

  public double median() {
    return percentile(50);
  }

  /** The smallest value that is not below the given percentage of all. */
  public double percentile(int percent) {
    return values.get((int) Math.ceil(values.size() * percent / 100.0) - 1);
  }

  public double mean() {
    return values.stream().mapToDouble(Double::doubleValue).average().orElseThrow();
  }

  public double largest() {
    return values.get(values.size() - 1);
  }
}
