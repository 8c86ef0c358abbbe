package xmover.benchmark;

import io.vertx.core.Future;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;

/** Takes down what one table's reset asks of a cluster, and when its replicas went and came. */
final class WatchedCluster implements Cluster {
  private final Cluster cluster;
  private final InstantSource clock;
  private Instant dropped = Instant.MAX;
  private Instant restored = Instant.MAX;
  private int looks;
  private int statements;

  WatchedCluster(Cluster cluster, InstantSource clock) {
    this.cluster = cluster;
    this.clock = clock;
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    statements++;
    looks += statement.text().contains("retention_leases") ? 1 : 0;
    return cluster.execute(statement).onSuccess(rows -> answered(statement.text()));
  }

  @Override
  public Future<Void> close() {
    return cluster.close();
  }

  private void answered(String text) {
    if (text.endsWith("(\"number_of_replicas\" = '0')")) {
      dropped = clock.instant();
    } else if (text.startsWith("ALTER TABLE")) {
      restored = clock.instant();
    }
  }

  /** When the replicas went. */
  Instant dropped() {
    return dropped;
  }

  /** When their setting was put back. */
  Instant restored() {
    return restored;
  }

  /** How often the leases were looked at. */
  int looks() {
    return looks;
  }

  /** How many statements of any kind were sent. */
  int statements() {
    return statements;
  }
}
