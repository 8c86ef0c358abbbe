package xmover.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Statement;
import xmover.table.TableRef;

/** Remembers every statement that changed something, and how it was answered, for the report. */
public final class SqlTrail {
  private final InstantSource clock;
  private final List<Sent> answered = new ArrayList<>();

  /**
   * A statement that left.
   *
   * @param answered when the answer came, or was given up
   * @param table empty when it is about the cluster
   * @param outcome {@code ok}, or why it failed
   */
  public record Sent(
      Instant answered, Duration took, Optional<TableRef> table, String sql, String outcome) {}

  SqlTrail(InstantSource clock) {
    this.clock = clock;
  }

  Instant now() {
    return clock.instant();
  }

  /** What left so far. */
  synchronized List<Sent> statements() {
    return List.copyOf(answered);
  }

  synchronized void answered(Statement statement, Duration took) {
    answered.add(new Sent(clock.instant(), took, statement.table(), statement.text(), "ok"));
  }

  synchronized void failed(Statement statement, Duration took, Throwable failure) {
    String outcome = ClusterFailure.sentence(failure);
    answered.add(new Sent(clock.instant(), took, statement.table(), statement.text(), outcome));
  }
}
