package xmover.metrics;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A value that is exposed from the moment it is known: until then what an earlier run left stands.
 */
final class LateGauge {
  private final MeterRegistry registry;
  private final String name;
  private final @Nullable String unit;
  private final String help;
  private volatile double value = Double.NaN;

  LateGauge(MeterRegistry registry, String name, @Nullable String unit, String help) {
    this.registry = registry;
    this.name = name;
    this.unit = unit;
    this.help = help;
  }

  /** There may be more. */
  void setAtLeast(double known) {
    if (!(known <= value)) {
      set(known);
    }
  }

  void set(double known) {
    boolean first = Double.isNaN(value);
    value = known;
    if (first) {
      Gauge.builder(name, () -> value).baseUnit(unit).description(help).register(registry);
    }
  }
}
