package cratesim.tables;

import cratesim.model.ClusterModel;
import cratesim.model.SimSnapshot;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.List;

/** {@code sys.snapshots}: those of the scenario that have begun. */
final class SnapshotTable {
  private SnapshotTable() {}

  static SqlRelation relation(SystemCatalog.View view) {
    ClusterModel cluster = view.cluster();
    var attributes =
        new Attributes<SimSnapshot>()
            .text("id", SimSnapshot::id)
            .text("name", snapshot -> snapshot.spec().name())
            .text("repository", snapshot -> snapshot.spec().repository())
            .texts("concrete_indices", snapshot -> snapshot.indices(cluster))
            .texts("tables", snapshot -> snapshot.spec().tables())
            .timestamp("started", SimSnapshot::started)
            .timestamp("finished", s -> s.isFinished(cluster.now()) ? s.finished() : 0L)
            .text("version", snapshot -> cluster.version().toString())
            .text("state", snapshot -> snapshot.state(cluster.now()))
            .texts("failures", snapshot -> List.of())
            .text("reason", snapshot -> null)
            .integer("total_shards", snapshot -> snapshot.spec().tables().size())
            .bool("include_global_state", snapshot -> false);
    return new SqlRelation(
        attributes.list(),
        () ->
            cluster.isRecovered()
                ? cluster.snapshots().stream().filter(s -> s.started() <= cluster.now()).toList()
                : List.of());
  }
}
