package xmover.gates;

import java.util.Optional;
import xmover.table.Bytes;

/**
 * How much may be at one copy at the same moment.
 *
 * @param tables how many tables; without replicas, or with replicas that are still being built
 * @param bytes how much data in them, counted once; empty for any amount
 * @param recovering a further table begins only while no more than so many recover
 */
public record ExposureLimits(int tables, Optional<Bytes> bytes, int recovering) {
  /** As much as the run takes on. */
  public static final ExposureLimits NONE =
      new ExposureLimits(Integer.MAX_VALUE, Optional.empty(), Integer.MAX_VALUE);

  public ExposureLimits {
    if (tables < 1 || recovering < 0 || bytes.filter(Bytes.ZERO::equals).isPresent()) {
      throw new IllegalArgumentException("limits of exposure let at least one table in");
    }
  }
}
