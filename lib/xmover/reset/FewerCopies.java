package xmover.reset;

import java.time.Duration;
import xmover.table.Bytes;

/**
 * How long some data had one copy fewer than it had before, and how much it was. Looks are apart,
 * so it is the time until a look saw all copies STARTED again.
 *
 * @param ended whether they were seen again; else the time is the least that it was
 * @param bytes size of what was copied less often: one copy of it
 */
public record FewerCopies(Duration time, boolean ended, Bytes bytes) {
  /** No copy was ever missing. */
  public static final FewerCopies NEVER = new FewerCopies(Duration.ZERO, true, Bytes.ZERO);

  /** Both, one after the other. */
  public FewerCopies plus(FewerCopies other) {
    return new FewerCopies(
        time.plus(other.time),
        ended && other.ended,
        new Bytes(bytes.value() + other.bytes.value()));
  }

  /** False where every copy was in its place all the time. */
  public boolean isAny() {
    return !ended || !time.isZero();
  }
}
