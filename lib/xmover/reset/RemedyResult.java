package xmover.reset;

import java.time.Duration;

/**
 * A gentler remedy that was applied, or could not be.
 *
 * @param applied whether anything was changed
 * @param told what was done or why not, in words
 * @param resetNext whether a reset is to follow, as this did not heal the table
 * @param fewer how long which of its data had one copy fewer
 * @param took how long it took
 */
public record RemedyResult(
    Remedy remedy,
    boolean applied,
    Cure cure,
    String told,
    boolean resetNext,
    FewerCopies fewer,
    Duration took) {
  /** One that dropped no copy. */
  public RemedyResult(Remedy remedy, boolean applied, Cure cure, String told, boolean resetNext) {
    this(remedy, applied, cure, told, resetNext, FewerCopies.NEVER, Duration.ZERO);
  }

  /** The same, which dropped copies for a while. */
  public RemedyResult missing(FewerCopies copies) {
    return new RemedyResult(remedy, applied, cure, told, resetNext, copies, took);
  }

  /** The same, which took that long. */
  public RemedyResult lasting(Duration time) {
    return new RemedyResult(remedy, applied, cure, told, resetNext, fewer, time);
  }
}
