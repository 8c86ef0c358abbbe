package xmover.reset.machine;

import java.time.Instant;
import java.util.List;

/**
 * Which run it is, and who started it where and when.
 *
 * @param addresses where it reached its cluster, {@code host:port} each; empty in journals of
 *     versions that did not say
 */
public record RunIdentity(
    String runId, String user, String host, Instant started, List<String> addresses) {
  public RunIdentity {
    addresses = List.copyOf(addresses);
  }

  /** A run that does not say where it reached its cluster. */
  public RunIdentity(String runId, String user, String host, Instant started) {
    this(runId, user, host, started, List.of());
  }

  /** The same run, which reaches its cluster there. */
  public RunIdentity at(List<String> reached) {
    return new RunIdentity(runId, user, host, started, reached);
  }

  /** For people: {@code operator@laptop since 2024-01-15T10:30:16Z (run 4f…)}. */
  @Override
  public String toString() {
    return "%s@%s since %s (run %s)".formatted(user, host, started, runId);
  }
}
