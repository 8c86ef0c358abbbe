package xmover.environment;

import java.time.Instant;
import java.time.InstantSource;
import java.util.function.LongSupplier;

/**
 * The time of day when it was made, and what has passed since. It does not jump when somebody sets
 * the clock, so that waits and limits are as long as they say.
 */
final class SteadyClock implements InstantSource {
  private final LongSupplier nanos;
  private final Instant start;
  private final long startNanos;

  public SteadyClock(InstantSource timeOfDay, LongSupplier nanos) {
    this.nanos = nanos;
    this.start = timeOfDay.instant();
    this.startNanos = nanos.getAsLong();
  }

  @Override
  public Instant instant() {
    return start.plusNanos(nanos.getAsLong() - startNanos);
  }
}
