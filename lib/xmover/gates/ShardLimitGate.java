package xmover.gates;

import xmover.cluster.sql.Sql;
import xmover.gates.view.ClusterView;
import xmover.gates.view.NodeView;
import xmover.gates.view.Reading;
import xmover.gates.view.SafetySettings;
import xmover.gates.view.ShardCounts;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.table.Finding;

/**
 * Refuses when CrateDB would refuse the restore because of {@code cluster.max_shards_per_node}. It
 * checks a fixed number of replicas against all open shards, those of a range it does not (its
 * MetadataUpdateSettingsService).
 */
record ShardLimitGate() implements SafetyGate {
  static final String NAME = "shard-limit";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.table()
        .relation()
        .then(r -> Reading.told(r.replicas(), "number_of_replicas"))
        .judge(
            NAME,
            replicas ->
                replicas.isRange()
                    ? GateVerdict.open(NAME, "a range like " + replicas + " is not limited")
                    : limited(view.cluster()));
  }

  private static GateVerdict limited(ClusterView cluster) {
    return cluster
        .settings()
        .then(ShardLimitGate::limit)
        .judge(
            NAME,
            max ->
                cluster
                    .nodes()
                    .judge(
                        NAME,
                        cluster.settings().then(s -> countable(s, cluster.shards())),
                        (nodes, counts) -> judge(max, NodeView.dataNodes(nodes), counts)));
  }

  private static Reading<Long> limit(SafetySettings settings) {
    return Reading.told(settings.maxShardsPerNode(), "cluster.max_shards_per_node");
  }

  /** The shards of all tables, for a user who sees them all. */
  static Reading<ShardCounts> countable(SafetySettings settings, Reading<ShardCounts> shards) {
    return settings.seesEveryTable()
        ? shards
        : Reading.unreadable(
            "the user does not see every table, so the shards can't be counted; what shows them: "
                + Sql.grantAl(settings.user()));
  }

  private static GateVerdict judge(long max, long dataNodes, ShardCounts counts) {
    String text =
        "%d shards of %d (cluster.max_shards_per_node = %d on %d data nodes)"
            .formatted(counts.total(), max * dataNodes, max, dataNodes);
    return counts.total() > max * dataNodes
        ? GateVerdict.shut(
            NAME, text + ": the restore would be refused", "raise cluster.max_shards_per_node")
        : GateVerdict.open(NAME, text);
  }
}
