package cratesim.model;

/**
 * What ails the first replica of a shard, and whether another in its place has it, too.
 *
 * @param bytes uncommitted
 */
public record StuckReplica(Stuck kind, long bytes, Incurable incurable) {
  /** To be called when a copy has just been built. */
  public void relapse(SimCopy copy, long now) {
    if (incurable == Incurable.TRANSLOG && isConcerned(copy)) {
      copy.operations().pileUp(bytes, bytes / Operations.BYTES, kind, now);
    }
  }

  /** True for a copy that must not find a place. */
  public boolean refuses(SimCopy copy) {
    return incurable == Incurable.UNASSIGNED && isConcerned(copy);
  }

  private static boolean isConcerned(SimCopy copy) {
    return !copy.isPrimary() && copy.shard().copies().indexOf(copy) == 1;
  }
}
