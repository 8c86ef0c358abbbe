package xmover.reset.machine;

/** How putting the original setting back ended. */
public enum RestoreOutcome {
  /** Nothing had been changed, the table is gone, or somebody else has set it. */
  NOT_NEEDED,
  /** Seen in the catalogue. */
  DONE,
  /** Critical: the table is, for all we know, without its replicas. */
  FAILED
}
