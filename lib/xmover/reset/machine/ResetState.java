package xmover.reset.machine;

import java.util.EnumSet;
import java.util.Set;

/**
 * Where the reset of a table stands.
 *
 * <pre>
 * DETECTED → SETTING_REPLICAS_ZERO → MONITORING_LEASES → RESTORING_REPLICAS → COMPLETED
 *     ↓               └───────────────────────────────────────↑       ↓
 *   FAILED                                                          FAILED
 * </pre>
 */
public enum ResetState {
  /** Found by the detection; nothing was changed. */
  DETECTED,
  /** The ALTER to 0 is about to leave, under way, or of unknown outcome: the table is at risk. */
  SETTING_REPLICAS_ZERO,
  /** No replicas; the leases of the dropped copies have to go. */
  MONITORING_LEASES,
  /** The ALTER to the original setting is to be sent until it is seen. */
  RESTORING_REPLICAS,
  /** The original setting is back and the leases had cleared. */
  COMPLETED,
  /** It ended otherwise; the failure says whether the replicas are back. */
  FAILED;

  /** The states that may follow. */
  public Set<ResetState> next() {
    return switch (this) {
      case DETECTED -> EnumSet.of(SETTING_REPLICAS_ZERO, FAILED);
      case SETTING_REPLICAS_ZERO -> EnumSet.of(MONITORING_LEASES, RESTORING_REPLICAS);
      case MONITORING_LEASES -> EnumSet.of(RESTORING_REPLICAS);
      case RESTORING_REPLICAS -> EnumSet.of(COMPLETED, FAILED);
      case COMPLETED, FAILED -> EnumSet.noneOf(ResetState.class);
    };
  }

  /** True while the table may have no replicas: from the first byte of the ALTER on. */
  public boolean isAtRisk() {
    return this == SETTING_REPLICAS_ZERO || this == MONITORING_LEASES || this == RESTORING_REPLICAS;
  }

  public boolean isEnd() {
    return this == COMPLETED || this == FAILED;
  }
}
