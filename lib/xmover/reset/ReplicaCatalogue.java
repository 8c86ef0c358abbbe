package xmover.reset;

import io.vertx.core.Future;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Cluster;
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

  /** Reads the entry; empty when there is none, that is when the table is gone. */
  static Future<Optional<Entry>> read(Cluster cluster, TableRef table) {
    return cluster
        .execute(Sql.setting(table))
        .map(rows -> rows.stream().findFirst().map(ReplicaCatalogue::entry));
  }

  private static Entry entry(Row row) {
    return new Entry(
        Objects.requireNonNullElse(row.text("number_of_replicas"), ""),
        Objects.requireNonNullElse(row.number("primaries"), 0L));
  }
}
