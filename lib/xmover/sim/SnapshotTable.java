package xmover.sim;

import java.util.List;
import xmover.sim.sql.Attributes;
import xmover.sim.sql.Relation;

/** {@code sys.snapshots}: there are none. */
final class SnapshotTable {
  private record Nothing() {}

  private SnapshotTable() {}

  static Relation relation(SystemCatalog.View view) {
    var attributes =
        new Attributes<Nothing>()
            .text("id", s -> null)
            .text("name", s -> null)
            .text("repository", s -> null)
            .texts("concrete_indices", s -> null)
            .texts("tables", s -> null)
            .timestamp("started", s -> null)
            .timestamp("finished", s -> null)
            .text("version", s -> null)
            .text("state", s -> null)
            .texts("failures", s -> null)
            .text("reason", s -> null)
            .integer("total_shards", s -> null)
            .bool("include_global_state", s -> null);
    return new Relation(attributes.list(), List::of);
  }
}
