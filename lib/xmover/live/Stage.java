package xmover.live;

import xmover.reset.TableResult;

/** How far a table's turn in a run is, and how it ended. */
enum Stage {
  /** Its turn has not come. */
  QUEUED,
  /** Its turn has come; nothing was changed yet, or something gentler is being tried. */
  STARTING,
  /** Its reset is under way. */
  RESETTING,
  /** Its setting is back, its replicas are being built. */
  RECOVERING,
  /** Done, and healed as far as anybody looked. */
  COMPLETED,
  /** Done, and not healed all the same. */
  NOT_CURED,
  /** Not done; the setting is as it was. */
  FAILED,
  /** It may still be without its replicas. */
  CRITICAL,
  /** Refused by a gate, or left because the run was stopped. */
  NOT_STARTED;

  static Stage of(TableResult result) {
    if (result.isCritical()) {
      return CRITICAL;
    }
    if (result.isCompleted()) {
      return result.isNotCured() ? NOT_CURED : COMPLETED;
    }
    return result.job().isPresent() ? FAILED : NOT_STARTED;
  }

  public boolean isEnd() {
    return compareTo(COMPLETED) >= 0;
  }
}
