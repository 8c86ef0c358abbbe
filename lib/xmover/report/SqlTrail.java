package xmover.report;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Statement;
import xmover.reset.RunEvent;
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

  synchronized void on(RunEvent event) {
    if (event instanceof RunEvent.Answered ok) {
      add(ok.statement(), ok.took(), "ok");
    } else if (event instanceof RunEvent.StatementFailed failed) {
      add(failed.statement(), failed.took(), ClusterFailure.sentence(failed.failure()));
    }
  }

  private void add(Statement statement, Duration took, String outcome) {
    answered.add(new Sent(clock.instant(), took, statement.table(), statement.text(), outcome));
  }
}
