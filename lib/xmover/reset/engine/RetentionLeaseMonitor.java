package xmover.reset.engine;

import io.vertx.core.Future;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.sql.Sql;
import xmover.cluster.sql.UuidColumn;
import xmover.detect.CrateVersion;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.machine.ResetEvent;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.Subject;
import xmover.table.IndexUuid;
import xmover.table.LeaseReading;
import xmover.table.LeaseReading.Shard;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** Looks at the retention leases of tables, and asks CrateDB to sync them. */
final class RetentionLeaseMonitor {
  private final Cluster cluster;
  private final RunListener listener;
  private final ReplicaCatalogue catalogue;
  private final String clusterId;
  private final UuidColumn uuidColumn;

  RetentionLeaseMonitor(ResetContext context) {
    this.cluster = context.cluster();
    this.listener = context.listener();
    this.catalogue = new ReplicaCatalogue(cluster, context.timers(), context.self());
    this.clusterId = context.self().id();
    this.uuidColumn = CrateVersion.oldest(context.self().versions()).uuidColumn();
  }

  /**
   * One look. Leases count only of the right table, of the right cluster, while it is at 0; what
   * else was seen is the event.
   *
   * @param primaries how many the catalogue counts
   */
  Future<ResetEvent> look(Subject subject, long primaries) {
    return cluster
        .execute(Sql.leases(subject.named(), uuidColumn))
        .compose(rows -> judge(subject, primaries, rows));
  }

  private Future<ResetEvent> judge(Subject subject, long primaries, List<Row> rows) {
    if (rows.isEmpty() || rows.stream().anyMatch(row -> isAnother(subject, row))) {
      return catalogue.look(subject).map(sighting -> instead(subject, primaries, sighting));
    }
    Row first = rows.get(0);
    if (!clusterId.equals(first.text("cluster_id"))) {
      return Future.succeededFuture(new ResetEvent.LookFailed("another cluster answered"));
    }
    return Future.succeededFuture(
        disturbance(first).orElseGet(() -> new ResetEvent.LeasesRead(reading(primaries, rows))));
  }

  private static boolean isAnother(Subject subject, Row row) {
    Optional<IndexUuid> seen = IndexUuid.in(row.text("index_uuid"));
    Optional<IndexUuid> wanted = subject.identity().map(TableIdentity::uuid);
    return seen.isPresent() && wanted.isPresent() && !seen.equals(wanted);
  }

  private static Optional<ResetEvent> disturbance(Row row) {
    Optional<ReplicaSetting> other =
        ReplicaSetting.read(row.text("number_of_replicas")).filter(setting -> !setting.isZero());
    if (other.isPresent()) {
      return Optional.of(
          new ResetEvent.Disturbed(
              Cause.CHANGED_BY_OTHERS,
              "somebody else set number_of_replicas to '" + other.get() + "'"));
    }
    return row.flag("closed")
        ? Optional.of(
            new ResetEvent.Disturbed(Cause.CHANGED_BY_OTHERS, "somebody closed it meanwhile"))
        : Optional.empty();
  }

  private static ResetEvent instead(Subject subject, long primaries, TableLookup sighting) {
    if (sighting instanceof TableLookup.Found found) {
      return found.isNamedOtherwise(subject.named())
          ? new ResetEvent.Renamed(found.name())
          : new ResetEvent.LeasesRead(new LeaseReading(primaries, List.of()));
    }
    return sighting instanceof TableLookup.Missing
        ? new ResetEvent.Disturbed(Cause.LEASES_TIMED_OUT, sighting.reason())
        : new ResetEvent.LookFailed(sighting.reason());
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
              listener.on(new RunEvent.LeaseSyncRefused(table, ClusterFailure.sentence(failure)));
              return null;
            });
  }

  /**
   * Has the primaries commit, so that their copies are built from files. It never fails: what
   * CrateDB refuses is told with the statement.
   */
  Future<Void> commit(TableRef table) {
    return cluster.execute(Sql.syncLeases(table)).<Void>mapEmpty().otherwiseEmpty();
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
