package xmover.reset;

/**
 * A gentler remedy that was applied, or could not be.
 *
 * @param applied whether anything was changed
 * @param told what was done or why not, in words
 * @param resetNext whether a reset is to follow, as this did not heal the table
 * @param fewer how long which of its data had one copy fewer
 */
public record Treatment(
    Remedy remedy, boolean applied, Cure cure, String told, boolean resetNext, FewerCopies fewer) {
  /** One that dropped no copy. */
  public Treatment(Remedy remedy, boolean applied, Cure cure, String told, boolean resetNext) {
    this(remedy, applied, cure, told, resetNext, FewerCopies.NEVER);
  }
}
