package xmover.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import xmover.detect.Early;

/**
 * How many copies and tables miss an operation below the thresholds. A look that could not tell
 * lowers nothing.
 */
final class EarlyMeters {
  private final LateGauge copies;
  private final LateGauge tables;

  EarlyMeters(MeterRegistry registry) {
    copies =
        new LateGauge(
            registry,
            "xmover.copies.early",
            null,
            "Replicas that miss an operation, below the thresholds.");
    tables =
        new LateGauge(
            registry, "xmover.tables.early", null, "Tables and partitions with such replicas.");
  }

  void saw(Early early) {
    if (early.note().isEmpty()) {
      copies.set(early.copies().size());
      tables.set(early.tables().size());
    } else if (early.failure().isEmpty()) {
      copies.setAtLeast(early.copies().size());
      tables.setAtLeast(early.tables().size());
    }
  }
}
