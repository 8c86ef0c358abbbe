package xmover.reset;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Sql;
import xmover.table.LeaseReading;
import xmover.table.LeaseReading.Shard;
import xmover.table.TableRef;

/** Looks at the retention leases of tables, and asks CrateDB to sync them. */
public final class RetentionLeaseMonitor {
  private final Cluster cluster;
  private final ResetListener listener;

  public RetentionLeaseMonitor(Cluster cluster, ResetListener listener) {
    this.cluster = cluster;
    this.listener = listener;
  }

  /**
   * One look.
   *
   * @param primaries how many the catalogue counts
   * @return empty when the table is gone; no rows alone may mean that it can't be seen
   */
  public Future<Optional<LeaseReading>> look(TableRef table, long primaries) {
    return cluster
        .execute(Sql.leases(table))
        .compose(
            rows ->
                rows.isEmpty()
                    ? ReplicaCatalogue.read(cluster, table)
                        .map(entry -> entry.map(there -> reading(primaries, rows)))
                    : Future.succeededFuture(Optional.of(reading(primaries, rows))));
  }

  /**
   * Asks for a lease sync. It only speeds things up, so it never fails: what CrateDB refuses is
   * told.
   */
  public Future<Void> sync(TableRef table) {
    return cluster
        .execute(Sql.syncLeases(table))
        .<Void>mapEmpty()
        .otherwise(
            failure -> {
              listener.leaseSyncRefused(table, ClusterFailure.sentence(failure));
              return null;
            });
  }

  private static LeaseReading reading(long primaries, List<Row> rows) {
    return new LeaseReading(primaries, rows.stream().map(RetentionLeaseMonitor::shard).toList());
  }

  private static Shard shard(Row row) {
    return new Shard(
        Objects.requireNonNullElse(row.number("id"), -1L),
        Objects.requireNonNullElse(row.text("node_name"), "no node"),
        Objects.requireNonNullElse(row.text("routing_state"), "UNASSIGNED"),
        row.texts("lease_sources"));
  }
}
