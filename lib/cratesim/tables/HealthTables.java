package cratesim.tables;

import cratesim.model.ClusterModel;
import cratesim.model.SimPartition;
import cratesim.model.SimShard;
import cratesim.model.SimTable;
import cratesim.sql.Attributes;
import cratesim.sql.SqlRelation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code sys.health} and {@code sys.cluster_health}: missing primaries are RED, replicas YELLOW.
 */
final class HealthTables {
  private static final List<String> COLOURS = List.of("", "GREEN", "YELLOW", "RED");

  private record Health(
      @Nullable SimPartition partition, long missing, long underreplicated, boolean recovered) {
    Health(@Nullable SimPartition partition, long missing, long underreplicated) {
      this(partition, missing, underreplicated, true);
    }

    static Health of(ClusterModel cluster, SimPartition partition) {
      if (cluster.staleHealth().isShown()) {
        return new Health(partition, 0, 0);
      }
      long missing = 0;
      long underreplicated = 0;
      for (SimShard shard : partition.shards()) {
        missing += shard.primary().isActive() ? 0 : 1;
        underreplicated +=
            shard.copies().stream().filter(c -> !c.isPrimary() && !c.isActive()).count();
      }
      return new Health(partition, missing, underreplicated);
    }

    int severity() {
      return missing > 0 ? 3 : underreplicated > 0 || !recovered ? 2 : 1;
    }

    String description() {
      if (!recovered) {
        return "state not recovered / initialized";
      }
      return switch (severity()) {
        case 3 -> "One or more tables are missing shards";
        case 2 -> "One or more tables have underreplicated shards";
        default -> "";
      };
    }

    @Nullable SimTable table() {
      return partition == null ? null : partition.table();
    }
  }

  private HealthTables() {}

  static SqlRelation tables(SystemCatalog.View view) {
    var attributes =
        new Attributes<Health>()
            .text("table_name", h -> h.table() == null ? null : h.table().name())
            .text("table_schema", h -> h.table() == null ? null : h.table().schema())
            .text(
                "partition_ident", h -> h.partition() == null ? null : h.partition().identOrNull());
    return new SqlRelation(counts(attributes).list(), () -> visible(view));
  }

  private static List<Health> visible(SystemCatalog.View view) {
    return view.tables()
        .flatMap(table -> table.partitions().stream())
        .map(partition -> Health.of(view.cluster(), partition))
        .toList();
  }

  /** Everybody gets the whole cluster's health, whatever tables he may see. */
  static SqlRelation cluster(SystemCatalog.View view) {
    var attributes =
        new Attributes<Health>()
            .text("health", h -> COLOURS.get(h.severity()))
            .smallint("severity", Health::severity)
            .text("description", Health::description)
            .bigint("missing_shards", Health::missing)
            .bigint("underreplicated_shards", Health::underreplicated)
            .bigint("pending_tasks", h -> 0L);
    return new SqlRelation(attributes.list(), () -> List.of(total(view.cluster())));
  }

  private static Health total(ClusterModel cluster) {
    if (!cluster.isRecovered()) {
      return new Health(null, 0, 0, false);
    }
    return cluster
        .partitions()
        .map(p -> Health.of(cluster, p))
        .reduce(new Health(null, 0, 0), HealthTables::add);
  }

  private static Health add(Health a, Health b) {
    return new Health(null, a.missing + b.missing, a.underreplicated + b.underreplicated);
  }

  private static Attributes<Health> counts(Attributes<Health> attributes) {
    return attributes
        .text("health", h -> COLOURS.get(h.severity()))
        .smallint("severity", Health::severity)
        .bigint("missing_shards", Health::missing)
        .bigint("underreplicated_shards", Health::underreplicated);
  }
}
