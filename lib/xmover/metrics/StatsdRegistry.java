package xmover.metrics;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Meters as lines of StatsD with tags as Datadog writes them, which Telegraf, Vector and
 * statsd_exporter read, too. Times are told as they are measured, counts and values when asked.
 */
final class StatsdRegistry extends SimpleMeterRegistry {
  private final Consumer<String> line;
  private final Map<Meter.Id, Double> told = new HashMap<>();

  /**
   * @param line takes each measured time
   */
  StatsdRegistry(Consumer<String> line) {
    super(SimpleConfig.DEFAULT, Clock.SYSTEM);
    this.line = line;
  }

  @Override
  protected Timer newTimer(
      Meter.Id id, DistributionStatisticConfig distribution, PauseDetector pauses) {
    return new CumulativeTimer(id, clock, distribution, pauses, getBaseTimeUnit()) {
      @Override
      protected void recordNonNegative(long amount, TimeUnit unit) {
        super.recordNonNegative(amount, unit);
        line.accept(line(id, (double) unit.toMillis(amount), "ms"));
      }
    };
  }

  /** What was counted since the last time, and each value as it is now. */
  List<String> lines() {
    List<String> lines = new ArrayList<>();
    for (Meter meter : getMeters()) {
      meter.use(
          gauge -> lines.add(line(meter.getId(), gauge.value(), "g")),
          counter -> count(meter.getId(), counter.count(), lines),
          timer -> {},
          summary -> {},
          longTask -> {},
          timeGauge -> {},
          counter -> count(meter.getId(), counter.count(), lines),
          functionTimer -> {},
          other -> {});
    }
    return lines;
  }

  /** A count that was corrected downwards is not told: StatsD servers only add. */
  private void count(Meter.Id id, double now, List<String> lines) {
    double before = told.getOrDefault(id, 0.0);
    if (now > before) {
      told.put(id, now);
      lines.add(line(id, now - before, "c"));
    }
  }

  private static String line(Meter.Id id, double value, String type) {
    String tags =
        id.getTags().stream()
            .map(tag -> tag.getKey() + ":" + safe(tag))
            .collect(Collectors.joining(","));
    return "%s:%s|%s|#%s"
        .formatted(
            id.getName(),
            BigDecimal.valueOf(value).stripTrailingZeros().toPlainString(),
            type,
            tags);
  }

  private static String safe(Tag tag) {
    return tag.getValue().replaceAll("[,|#\\s]", "_");
  }
}
