package xmover.reset;

import io.vertx.core.Future;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Sql;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** What the catalogue says of one table's replicas right now. */
final class ReplicaCatalogue {
  /**
   * An entry.
   *
   * @param text number_of_replicas as it stands there
   * @param primaries how many primaries the table or partition has
   */
  record Entry(String text, long primaries) {
    /** The setting, empty when it is in a form nobody knows. */
    Optional<ReplicaSetting> setting() {
      try {
        return Optional.of(new ReplicaSetting(text));
      } catch (IllegalArgumentException unknown) {
        return Optional.empty();
      }
    }

    boolean shows(ReplicaSetting expected) {
      return text.equals(expected.text());
    }
  }

  private ReplicaCatalogue() {}

  /** Reads the entry; empty when the table is gone. Fails when it may merely be out of sight. */
  static Future<Optional<Entry>> read(Cluster cluster, TableRef table) {
    return cluster
        .execute(Sql.setting(table))
        .compose(
            rows ->
                rows.isEmpty()
                    ? absent(cluster, table)
                    : Future.succeededFuture(Optional.of(entry(rows.get(0)))));
  }

  /** CrateDB hides a table from a user whose privileges were revoked as if it were dropped. */
  private static Future<Optional<Entry>> absent(Cluster cluster, TableRef table) {
    return cluster
        .execute(Sql.wouldSee(table))
        .compose(
            rows ->
                rows.get(0).flag("visible")
                    ? Future.succeededFuture(Optional.empty())
                    : Future.failedFuture(outOfSight(table)));
  }

  private static ClusterFailure outOfSight(TableRef table) {
    return new ClusterFailure(
        Kind.PRIVILEGE,
        table
            + " is out of sight: dropped, or the user's privileges on it were revoked. If it is"
            + " still there, GRANT them again.",
        null,
        null);
  }

  private static Entry entry(Row row) {
    return new Entry(
        Objects.requireNonNullElse(row.text("number_of_replicas"), ""),
        Objects.requireNonNullElse(row.number("primaries"), 0L));
  }
}
