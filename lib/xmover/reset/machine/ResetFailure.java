package xmover.reset.machine;

/**
 * Why a reset did not complete: its first cause, never that of the restore that followed.
 *
 * @param message a sentence for the operator
 * @param remedy what lifts it, where that is known better than from the cause; else empty
 */
public record ResetFailure(Cause cause, String message, String remedy) {
  public ResetFailure(Cause cause, String message) {
    this(cause, message, "");
  }

  /** What kind of cause, as far as exit codes and advice depend on it. */
  public enum Cause {
    /** Left as it was: already without replicas, unknown setting, or refused by a gate. */
    NOT_TOUCHED,
    /** The table or partition is gone: nothing to restore. */
    TABLE_GONE,
    /** The replicas could not be set to 0, or nobody knows whether they were. */
    ZEROING_FAILED,
    /** The leases were still there when the time was up. */
    LEASES_TIMED_OUT,
    /** Somebody else changed the setting meanwhile; it is theirs now. */
    CHANGED_BY_OTHERS,
    /** The cluster could not be asked before anything was changed. */
    CLUSTER_FAILED,
    /** The run was stopped. */
    STOPPED,
    /** All went well but for the restore. */
    RESTORE_FAILED
  }
}
