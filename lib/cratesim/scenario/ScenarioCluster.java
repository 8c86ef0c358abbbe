package cratesim.scenario;

import cratesim.allocation.Disks;
import cratesim.model.ByteSize;
import cratesim.model.ClusterModel;
import cratesim.model.Incurable;
import cratesim.model.JobLog;
import cratesim.model.Operations;
import cratesim.model.PartitionIdent;
import cratesim.model.ReplicaRange;
import cratesim.model.Seconds;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimShard;
import cratesim.model.SimSnapshot;
import cratesim.model.SimTable;
import cratesim.model.SimVersion;
import cratesim.model.SqlError;
import cratesim.model.Stuck;
import cratesim.model.StuckReplica;
import cratesim.model.TableSettings;
import cratesim.model.Timeline;
import cratesim.sql.ParsedStatement;
import cratesim.sql.RowTable;
import cratesim.sql.StatementParser;
import cratesim.tables.ShardTable;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Builds the tables of a scenario: every copy placed and STARTED, as far as nodes suffice. */
public final class ScenarioCluster {
  private static final double VARIATION = 0.1;

  /** The translog of a copy that lags behind, at least. */
  private static final long LAG = 1L << 20;

  private final Scenario scenario;
  private final ClusterModel cluster;
  private final long syncMillis;
  private int placed;

  private ScenarioCluster(Scenario scenario, ClusterModel cluster, long syncMillis) {
    this.scenario = scenario;
    this.cluster = cluster;
    this.syncMillis = syncMillis;
  }

  public static ClusterModel build(Scenario scenario, Timeline timeline, long syncMillis) {
    var random = new Random(scenario.seed());
    String name = Objects.requireNonNull(scenario.clusterName());
    var version = SimVersion.of(scenario.version());
    String id = scenario.clusterId();
    var cluster =
        new ClusterModel(
            id == null ? ClusterModel.identifier(new SecureRandom()) : id,
            name,
            version,
            timeline,
            random,
            new JobLog(scenario.seed()));
    for (String node : scenario.nodes()) {
      cluster
          .nodes()
          .add(
              new SimNode(
                  ClusterModel.identifier(random),
                  node,
                  "10.0.0." + (cluster.nodes().size() + 1),
                  SimVersion.of(scenario.versions().getOrDefault(node, scenario.version())),
                  scenario.attributes().getOrDefault(node, Map.of()),
                  Disks.size(scenario, node),
                  Disks.shown(scenario, node)));
    }
    try {
      cluster.settings().configure(Objects.requireNonNull(scenario.settings()));
    } catch (SqlError e) {
      throw new IllegalArgumentException(e.getMessage(), e);
    }
    var builder = new ScenarioCluster(scenario, cluster, syncMillis);
    Objects.requireNonNull(scenario.tables()).forEach(table -> builder.add(table, table.name()));
    builder.generate();
    Disks.use(scenario, cluster);
    builder.record();
    return cluster;
  }

  /** What goes on besides the tables. */
  private void record() {
    long now = cluster.now();
    for (Scenario.SnapshotSpec spec : Objects.requireNonNull(scenario.snapshots())) {
      long begins = now + Math.round(spec.begins() * 1000);
      long ends = begins + Seconds.millis(spec.seconds());
      cluster.snapshots().add(new SimSnapshot(cluster.newId(), spec, begins, ends));
    }
    for (Scenario.JobSpec job : Objects.requireNonNull(scenario.jobs())) {
      cluster.jobs().add(job, now);
    }
  }

  private void generate() {
    Scenario.Generated generated = scenario.generated();
    if (generated == null) {
      return;
    }
    double problematic = 0;
    for (int i = 1; i <= generated.tables(); i++) {
      problematic += generated.problematicShare();
      boolean stuck = problematic >= 1 - 1e-9;
      problematic -= stuck ? 1 : 0;
      TableSpec like = generated.like();
      var table = stuck ? like : like.with(like.replicas(), like.translog(), null, null);
      add(table, String.format("%s%05d", like.name(), i));
    }
  }

  private void add(TableSpec spec, String fullName) {
    int dot = fullName.indexOf('.');
    var table =
        new SimTable(
            fullName.substring(0, dot),
            fullName.substring(dot + 1),
            Math.max(1, spec.shards()),
            or(spec.created(), scenario.version()),
            spec.partitionedBy() == null ? List.of() : spec.partitionedBy(),
            settings(spec));
    if (spec.columns() != null) {
      table.setRows(rows(spec.columns()));
    }
    if (!table.isPartitioned()) {
      addPartition(table, spec, "", Map.of());
    } else if (spec.partitions() != null) {
      spec.partitions().forEach(partition -> addPartition(table, spec, partition));
    }
    if (spec.closed()) {
      table.close(true);
    }
    cluster.add(table);
  }

  private static RowTable rows(String columns) {
    try {
      var create =
          (ParsedStatement.CreateTable)
              StatementParser.parse("CREATE TABLE t (" + columns + ")", true);
      return new RowTable(create.columns(), create.primaryKey());
    } catch (SqlError e) {
      throw new IllegalArgumentException("columns " + columns + ": " + e.getMessage(), e);
    }
  }

  private static Map<String, Object> named(List<String> columns, List<Object> values) {
    Map<String, Object> named = new LinkedHashMap<>();
    for (int i = 0; i < columns.size(); i++) {
      named.put(columns.get(i), values.get(i));
    }
    return named;
  }

  private static TableSettings settings(TableSpec spec) {
    Map<String, Object> settings = new LinkedHashMap<>();
    if (spec.settings() != null) {
      settings.putAll(spec.settings());
    }
    settings.put(TableSettings.REPLICAS, or(spec.replicas(), "0-1"));
    TableSettings result = TableSettings.STANDARD;
    try {
      for (Map.Entry<String, Object> setting : settings.entrySet()) {
        result = result.with(setting.getKey(), setting.getValue());
      }
    } catch (SqlError e) {
      throw new IllegalArgumentException("table " + spec.name() + ": " + e.getMessage(), e);
    }
    return result;
  }

  private static String or(@Nullable String text, String fallback) {
    return text == null ? fallback : text;
  }

  private void addPartition(SimTable table, TableSpec spec, TableSpec.Partition partition) {
    String replicas = partition.replicas() == null ? spec.replicas() : partition.replicas();
    String translog = partition.translog() == null ? spec.translog() : partition.translog();
    String stuck =
        partition.stuckTranslog() == null ? spec.stuckTranslog() : partition.stuckTranslog();
    addPartition(
        table,
        spec.with(
            replicas, translog, stuck, partition.sick() == null ? spec.sick() : partition.sick()),
        PartitionIdent.of(partition.values()),
        named(table.partitionedBy(), partition.values()));
  }

  private void addPartition(
      SimTable table, TableSpec spec, String ident, Map<String, Object> values) {
    var partition =
        new SimPartition(
            table,
            cluster.newId(),
            ident,
            values,
            settings(spec),
            ByteSize.of(or(spec.growth(), "0")),
            spec.subscriber());
    int copies = 1 + ReplicaRange.replicas(partition.settings().replicas(), cluster.nodes().size());
    int stuckShards = spec.stuckShards() == 0 ? table.numberOfShards() : spec.stuckShards();
    for (int id = 0; id < table.numberOfShards(); id++) {
      long size = varied(ByteSize.of(or(spec.size(), "1gb")));
      int phase = cluster.random().nextInt((int) syncMillis);
      var shard = new SimShard(partition, id, size, spec.documents(), phase, cluster.now());
      long stuck = id < stuckShards ? ByteSize.of(or(spec.stuckTranslog(), "0")) : 0;
      long translog = varied(ByteSize.of(or(spec.translog(), "55")));
      if (stuck > Operations.EMPTY_TRANSLOG) {
        var kind = copies > 1 ? Stuck.of(spec.stuck()) : Stuck.HOLE;
        shard.setStuckReplica(new StuckReplica(kind, stuck, Incurable.of(spec.incurable())));
      }
      TableSpec.Sick sick = spec.sick();
      if (sick != null && (sick.shards() == 0 || id < sick.shards())) {
        placeSick(shard, copies, ByteSize.of(sick.translog()), sick);
      } else {
        place(shard, copies, translog);
      }
      spec.odd().forEach(odd -> show(shard, odd));
      partition.shards().add(shard);
    }
    table.partitions().add(partition);
  }

  private void show(SimShard shard, TableSpec.Odd odd) {
    if (odd.shard() != shard.id()) {
      return;
    }
    if (odd.replica() >= shard.copies().size() || !ShardTable.has(cluster, odd.column())) {
      throw new IllegalArgumentException(
          "table %s has no copy %d of shard %d with a column %s"
              .formatted(
                  shard.partition().table().fullName(), odd.replica(), odd.shard(), odd.column()));
    }
    shard.copies().get(odd.replica()).odd().put(odd.column(), odd.value());
  }

  private void place(SimShard shard, int copies, long translog) {
    StuckReplica stuck = shard.stuckReplica();
    for (SimCopy copy : placed(shard, copies)) {
      int i = shard.copies().indexOf(copy);
      if (stuck != null && i == Math.min(1, copies - 1)) {
        pileUp(copy, varied(stuck.bytes()), stuck.kind());
      } else if (stuck != null && stuck.kind() == Stuck.LAGGING && i == copies - 1) {
        pileUp(copy, Math.max(translog, LAG), Stuck.HOLE);
      } else {
        pileUp(copy, translog, null);
      }
    }
  }

  private void placeSick(SimShard shard, int copies, long translog, TableSpec.Sick sick) {
    shard.countOperations(1 + operations(translog));
    for (SimCopy copy : placed(shard, copies)) {
      boolean hole = sick.hasHole(shard.copies().indexOf(copy));
      pileUp(copy, Math.max(Operations.EMPTY_TRANSLOG, translog), hole ? Stuck.HOLE : null);
    }
    if (sick.unreplayable()) {
      shard.endWithUnreplayable();
    }
  }

  /** The copies for which there is a node, each on its own. */
  private List<SimCopy> placed(SimShard shard, int copies) {
    List<SimNode> nodes = new ArrayList<>(cluster.nodes());
    Collections.rotate(nodes, placed++);
    for (int i = 0; i < copies; i++) {
      var copy = new SimCopy(shard, i == 0);
      shard.copies().add(copy);
      if (i < nodes.size()) {
        copy.place(nodes.get(i), cluster.now());
        shard.addLease(nodes.get(i));
      }
    }
    return shard.copies().stream().filter(copy -> copy.node() != null).toList();
  }

  private void pileUp(SimCopy copy, long bytes, @Nullable Stuck kind) {
    copy.operations().pileUp(bytes, operations(bytes), kind, cluster.now());
  }

  private static long operations(long bytes) {
    return Math.max(0, bytes - Operations.EMPTY_TRANSLOG) / Operations.BYTES;
  }

  /** Sizes differ by up to a tenth; an empty translog stays empty. */
  private long varied(long bytes) {
    return bytes <= Operations.EMPTY_TRANSLOG
        ? bytes
        : Math.round(bytes * (1 + VARIATION * (cluster.random().nextDouble() - 0.5)));
  }
}
