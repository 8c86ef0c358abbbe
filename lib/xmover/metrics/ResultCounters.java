package xmover.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import xmover.print.RunSummary;
import xmover.reset.RunReport;
import xmover.reset.TableResult;

/** How many tables ended how, in the words of the summary; every word is there from the start. */
final class ResultCounters {
  private final Map<String, AtomicLong> counts = new LinkedHashMap<>();
  private final AtomicLong unrestored = new AtomicLong();

  ResultCounters() {
    RunSummary.results().forEach(word -> counts.put(label(word), new AtomicLong()));
  }

  void register(MeterRegistry registry) {
    counts.forEach(
        (word, count) ->
            FunctionCounter.builder("xmover.tables.processed", count, AtomicLong::doubleValue)
                .tag("result", word)
                .description("Tables and partitions whose turn is over, by what became of them.")
                .register(registry));
    FunctionCounter.builder("xmover.rollback.failures", unrestored, AtomicLong::doubleValue)
        .description("Tables whose number_of_replicas could not be put back: critical.")
        .register(registry);
  }

  /** A table's turn is over. */
  void ended(TableResult result) {
    Objects.requireNonNull(counts.get(label(result))).incrementAndGet();
    if (result.isCritical()) {
      unrestored.incrementAndGet();
    }
  }

  /** A last look may have shown otherwise, and those that never had a turn were not told. */
  void over(RunReport report) {
    Map<String, Long> ends =
        report.results().stream()
            .map(ResultCounters::label)
            .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    counts.forEach((word, count) -> count.set(ends.getOrDefault(word, 0L)));
    unrestored.set(report.critical().size());
  }

  private static String label(TableResult result) {
    return label(RunSummary.result(result));
  }

  private static String label(String word) {
    return word.toLowerCase(Locale.ROOT).replace(' ', '_');
  }
}
