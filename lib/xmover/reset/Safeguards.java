package xmover.reset;

/** What watches over the resets of a run: before, during and after each of them. */
public record Safeguards(Gate gate, Exposure exposure, GentlerRemedy gentler, Recovery recovery) {
  /** Nobody watches: for what is under way already and for tests of the rest. */
  public static final Safeguards NONE =
      new Safeguards(Gate.OPEN, Exposure.UNLIMITED, GentlerRemedy.NONE, Recovery.NONE);

  /** The same for tables that are at 0 already: nothing may keep them from being restored. */
  public Safeguards forUnfinished() {
    return new Safeguards(Gate.OPEN, exposure.forUnfinished(), GentlerRemedy.NONE, recovery);
  }
}
