package xmover.cluster;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day when the process started, and what has passed since. It does not jump when
 * somebody sets the clock, so that waits and limits are as long as they say.
 */
final class SteadyClock implements InstantSource {
  /** One for all, so that what one part of a run noted can be compared by another. */
  static final SteadyClock OF_THIS_PROCESS =
      new SteadyClock(InstantSource.system(), System::nanoTime);

  private final LongSupplier nanos;
  private final Instant start;
  private final long startNanos;

  SteadyClock(InstantSource timeOfDay, LongSupplier nanos) {
    this.nanos = nanos;
    this.start = timeOfDay.instant();
    this.startNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }
}
