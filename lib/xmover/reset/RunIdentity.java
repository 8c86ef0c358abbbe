package xmover.reset;

import java.time.Instant;

/** Which run it is, and who started it where and when. */
public record RunIdentity(String runId, String user, String host, Instant started) {
  /** For people: {@code operator@laptop since 2024-01-15T10:30:16Z (run 4f…)}. */
  @Override
  public String toString() {
    return "%s@%s since %s (run %s)".formatted(user, host, started, runId);
  }
}
