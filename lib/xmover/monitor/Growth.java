package xmover.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import xmover.table.Bytes;

/**
 * How fast a table's worst uncommitted translog grew, measured between looks, and where that leads.
 *
 * @param since an hour ago, or when it was first seen; later where it fell, as after a flush, or
 *     was created anew
 * @param bytesPerHour since then; empty before a second look
 * @param qualifiesAt when it will be so large that its table qualifies; empty where it does not
 *     grow, where it is beyond that, and where nobody knows
 * @param diskFull when the disk of a node that holds it will be the first to reach a watermark;
 *     empty where that is unknown or where it does not grow
 */
record Growth(
    Instant since,
    @JsonInclude Optional<Bytes> bytesPerHour,
    @JsonInclude Optional<Instant> qualifiesAt,
    @JsonInclude Optional<DiskFull> diskFull) {
  /** What is further away than this is no forecast. */
  private static final Duration LONGEST = Duration.ofDays(365);

  private static final double HOUR = Duration.ofHours(1).toMillis();

  /** When a node's disk will reach which watermark. */
  public record DiskFull(String node, String watermark, Instant at) {}

  /**
   * What two looks tell.
   *
   * @param before bytes at that time, and {@code bytes} at this one; they may be equal
   * @return bytes an hour, below 0 where it fell; empty where no time went by
   */
  static Optional<Double> hourly(Instant since, long before, Instant now, long bytes) {
    double time = Duration.between(since, now).toMillis();
    return time <= 0 ? Optional.empty() : Optional.of((bytes - before) * (HOUR / time));
  }

  /**
   * When so many more bytes will have come.
   *
   * @param left 0 or less where they have
   */
  static Optional<Instant> at(Instant now, double hourly, long left) {
    double time = left / hourly * HOUR;
    return hourly > 0 && left > 0 && time <= LONGEST.toMillis()
        ? Optional.of(now.plusMillis(Math.round(time)))
        : Optional.empty();
  }
}
