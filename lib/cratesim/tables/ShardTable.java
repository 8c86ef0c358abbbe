package cratesim.tables;

import cratesim.model.ClusterModel;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimPartition;
import cratesim.model.SimShard;
import cratesim.model.SimTable;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * {@code sys.shards}: one row for each copy. An unassigned copy has no node and no statistics, and
 * does not say whether it is a primary. A copy that moves is shown where it comes from, until for a
 * moment it looks unassigned.
 */
public final class ShardTable {
  private final ClusterModel cluster;

  private ShardTable(ClusterModel cluster) {
    this.cluster = cluster;
  }

  static SqlRelation relation(SystemCatalog.View view) {
    var table = new ShardTable(view.cluster());
    return new SqlRelation(table.attributes().list(), new Copies(view));
  }

  /** Whether there is a column of that name, with dots before the keys of objects. */
  public static boolean has(ClusterModel cluster, String column) {
    List<String> keys = List.of(column.split("\\."));
    return new ShardTable(cluster)
        .attributes().list().stream()
            .filter(attribute -> attribute.name().equals(keys.get(0)))
            .anyMatch(attribute -> attribute.has(keys.subList(1, keys.size())));
  }

  /** The copies a user sees; those of a single table are found without looking at the others. */
  private record Copies(SystemCatalog.View view) implements SqlRelation.Rows {
    @Override
    public Iterable<?> get() {
      return of(view.cluster().tables());
    }

    @Override
    public Iterable<?> where(Map<String, Object> values) {
      Object schema = values.get("schema_name");
      Object name = values.get("table_name");
      return schema == null || name == null
          ? get()
          : of(Stream.ofNullable(view.cluster().table(schema.toString(), name.toString())));
    }

    private List<SimCopy> of(Stream<SimTable> tables) {
      List<SimCopy> copies = new ArrayList<>();
      tables
          .filter(view::sees)
          .flatMap(SimTable::copies)
          .forEach(copy -> copies.add(copy.isHandingOver() ? phantom(copy) : copy));
      return copies;
    }

    private static SimCopy phantom(SimCopy copy) {
      return new SimCopy(copy.shard(), copy.isPrimary());
    }
  }

  private Attributes<SimCopy> attributes() {
    var attributes = new Attributes<>(SimCopy::odd);
    if (cluster.version().atLeast(5, 10)) {
      attributes.text("partition_uuid", copy -> partition(copy).uuid());
    }
    return attributes
        .text("schema_name", copy -> table(copy).schema())
        .text("table_name", copy -> table(copy).name())
        .integer("id", copy -> copy.shard().id())
        .text("partition_ident", this::ident)
        .bigint("num_docs", copy -> isSearchable(copy) ? copy.documents() : 0L)
        .bool("primary", copy -> copy.isPrimary() && copy.node() != null)
        .text(
            "relocating_node", copy -> copy.relocatingTo() == null ? null : id(copy.relocatingTo()))
        .bigint("size", copy -> copy.isActive() ? copy.shard().size() : 0L)
        .text("state", ShardTable::state)
        .bool("closed", copy -> copy.node() == null ? null : partition(copy).isClosed())
        .text("routing_state", copy -> copy.state().name())
        .bool("orphan_partition", copy -> false)
        .objectWhere("recovery", SimCopy::node, this::recovery)
        .text("path", ShardTable::path)
        .text(
            "blob_path", copy -> copy.node() != null && table(copy).isBlob() ? "/data/blobs" : null)
        .text("min_lucene_version", copy -> copy.isActive() ? "10.2.2" : null)
        .objectWhere(
            "node",
            SimCopy::node,
            node ->
                node.text("id", copy -> id(copy.node())).text("name", copy -> name(copy.node())))
        .objectWhere("seq_no_stats", SimCopy::node, this::sequenceNumbers)
        .objectWhere("translog_stats", SimCopy::node, this::translog)
        .objectWhere("retention_leases", SimCopy::node, this::leases)
        .objectWhere("flush_stats", SimCopy::node, ShardTable::flushes)
        .timestamp("last_write_before", copy -> copy.isActive() ? cluster.now() : null);
  }

  private static boolean isSearchable(SimCopy copy) {
    return copy.isActive() && !partition(copy).isClosed();
  }

  private static SimPartition partition(SimCopy copy) {
    return copy.shard().partition();
  }

  private static SimTable table(SimCopy copy) {
    return partition(copy).table();
  }

  /** From 6.4 on an unassigned copy of a table without partitions has NULL. */
  private @Nullable String ident(SimCopy copy) {
    return copy.node() == null && cluster.version().atLeast(6, 4)
        ? partition(copy).identOrNull()
        : partition(copy).ident();
  }

  private static @Nullable String path(SimCopy copy) {
    SimNode node = copy.node();
    return node == null
        ? null
        : "/data/%s/nodes/0/indices/%s/%d"
            .formatted(node.name(), partition(copy).uuid(), copy.shard().id());
  }

  private static @Nullable String id(@Nullable SimNode node) {
    return node == null ? null : node.id();
  }

  private static @Nullable String name(@Nullable SimNode node) {
    return node == null ? null : node.name();
  }

  private static String state(SimCopy copy) {
    return switch (copy.state()) {
      case UNASSIGNED -> "UNASSIGNED";
      case INITIALIZING -> "RECOVERING";
      case STARTED, RELOCATING -> "STARTED";
    };
  }

  /** A copy that has its own files, as those have that replay operations, needs none of a peer. */
  private static boolean needsFiles(SimCopy copy) {
    return copy.isFromPeer() && !copy.isReplaying();
  }

  private long recovered(SimCopy copy) {
    return Math.round(copy.shard().size() * progress(copy));
  }

  private float percent(SimCopy copy) {
    return (float) (100 * progress(copy));
  }

  private double progress(SimCopy copy) {
    return needsFiles(copy) ? copy.progress(cluster.now()) : 0;
  }

  private void recovery(Attributes<SimCopy> recovery) {
    recovery
        .text("stage", ShardTable::stage)
        .text("type", copy -> copy.isFromPeer() ? "PEER" : "EXISTING_STORE")
        .bigint("total_time", copy -> cluster.now() - copy.since())
        .object(
            "size",
            size ->
                size.bigint("used", copy -> copy.isReplaying() ? 0L : copy.shard().size())
                    .bigint("reused", copy -> copy.isFromPeer() ? 0L : copy.shard().size())
                    .bigint("recovered", this::recovered)
                    .real("percent", this::percent))
        .object(
            "files",
            files ->
                files
                    .integer("used", copy -> copy.isReplaying() ? 0 : 1)
                    .integer("reused", copy -> copy.isFromPeer() ? 0 : 1)
                    .integer("recovered", copy -> needsFiles(copy) ? 1 : 0)
                    .real("percent", this::percent));
  }

  private static String stage(SimCopy copy) {
    return copy.isActive() ? "DONE" : copy.isReplaying() ? "TRANSLOG" : "INDEX";
  }

  private void sequenceNumbers(Attributes<SimCopy> numbers) {
    numbers
        .bigint(
            "max_seq_no",
            copy -> copy.isActive() ? copy.operations().maxSeqNo(cluster.now()) : null)
        .bigint(
            "local_checkpoint",
            copy -> copy.isActive() ? copy.operations().localCheckpoint(cluster.now()) : null)
        .bigint(
            "global_checkpoint",
            copy -> copy.isActive() ? copy.operations().globalCheckpoint(cluster.now()) : null);
  }

  private void translog(Attributes<SimCopy> translog) {
    translog
        .bigint("size", this::uncommitted)
        .bigint("uncommitted_size", this::uncommitted)
        .integer("number_of_operations", this::operations)
        .integer("uncommitted_operations", this::operations);
  }

  private @Nullable Long uncommitted(SimCopy copy) {
    return copy.isActive() ? (Long) copy.operations().uncommitted(cluster.now()) : null;
  }

  private @Nullable Integer operations(SimCopy copy) {
    return copy.isActive()
        ? (Integer) (int) copy.operations().uncommittedOperations(cluster.now())
        : null;
  }

  private void leases(Attributes<SimCopy> leases) {
    leases
        .bigint("primary_term", copy -> 1L)
        .bigint("version", copy -> (long) copy.shard().leases().size())
        .<Lease>objects(
            "leases",
            this::leasesOf,
            lease ->
                lease
                    .text("id", Lease::id)
                    .bigint("retaining_seq_no", Lease::retained)
                    .timestamp("timestamp", Lease::timestamp)
                    .text("source", Lease::source));
  }

  private record Lease(String id, long retained, long timestamp, String source) {}

  private List<Lease> leasesOf(SimCopy copy) {
    SimShard shard = copy.shard();
    long retained = shard.globalCheckpoint(cluster.now()) + 1;
    List<Lease> leases = new ArrayList<>();
    String subscriber = shard.partition().subscriber();
    if (subscriber != null) {
      String source = "logical_replication:" + subscriber;
      String id = source + ":[" + table(copy).name() + "][" + shard.id() + "]";
      leases.add(new Lease(id, retained, cluster.now(), source));
    }
    for (SimNode node : shard.leases()) {
      leases.add(new Lease("peer_recovery/" + node.id(), retained, cluster.now(), "peer recovery"));
    }
    return leases;
  }

  private static void flushes(Attributes<SimCopy> flushes) {
    flushes
        .bigint("count", copy -> copy.isActive() ? copy.operations().flushes() : null)
        .bigint(
            "periodic_count", copy -> copy.isActive() ? copy.operations().periodicFlushes() : null)
        .bigint("total_time_ns", copy -> copy.isActive() ? 0L : null);
  }
}
