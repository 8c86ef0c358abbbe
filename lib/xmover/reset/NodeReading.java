package xmover.reset;

import java.util.Optional;
import xmover.table.Bytes;

/**
 * One node of the cluster as a look saw it.
 *
 * @param disk empty while the node does not tell it
 */
public record NodeReading(String name, Optional<Disk> disk) {
  /**
   * Its disk.
   *
   * @param low how much may be used before it takes no new copy; empty while nobody knows
   * @param high how much may be used before copies leave it; empty while nobody knows
   */
  public record Disk(Bytes size, Bytes used, Optional<Bytes> low, Optional<Bytes> high) {}
}
