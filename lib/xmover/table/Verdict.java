package xmover.table;

/** Whether a table qualifies for a reset, and why or why not. */
public record Verdict(Action action, String reason) {
  /** What a run would do. */
  public enum Action {
    /** Drop the replicas and restore them. */
    RESET,
    /** It qualifies, and a gate will refuse it unless things change. */
    REFUSED,
    /** Leave it as it is. */
    SKIP,
    /** Below the thresholds, and a copy misses an operation: moved or rebuilt when asked for. */
    EARLY
  }

  /** It qualifies. */
  public static Verdict reset(String reason) {
    return new Verdict(Action.RESET, reason);
  }

  /** It qualifies, but it can't be reset as things are. */
  public static Verdict refused(String reason) {
    return new Verdict(Action.REFUSED, reason);
  }

  /** It does not qualify, and will unless a copy is built anew. */
  public static Verdict early(String reason) {
    return new Verdict(Action.EARLY, reason);
  }

  /** It stays untouched. */
  public static Verdict skip(String reason) {
    return new Verdict(Action.SKIP, reason);
  }
}
