package xmover.detect;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import xmover.cluster.FakeCluster;
import xmover.cluster.sql.DetectionSql;

/** The rows a cluster answers detection with, in the shape the real one gives them. */
final class Rows {
  private Rows() {}

  static FakeCluster cluster(
      boolean superuser,
      Thresholds thresholds,
      List<Map<String, Object>> relations,
      List<Map<String, Object>> totals,
      List<Map<String, Object>> replicas) {
    return new FakeCluster()
        .answer(DetectionSql.identity(), List.of(identity(superuser, "6.3.7")))
        .answer(DetectionSql.relations(), relations)
        .answer(DetectionSql.shardTotals(thresholds.size()), totals)
        .answer(DetectionSql.replicas(thresholds.size()), replicas);
  }

  /** The same cluster with another version, seen by a superuser. */
  static void running(FakeCluster cluster, String version) {
    cluster.answer(DetectionSql.identity(), List.of(identity(true, version)));
  }

  private static Map<String, Object> identity(boolean superuser, String version) {
    return Map.of(
        "id", "HfBGofX6S16OG1AljA3TFQ",
        "name", "xm",
        "user_name", "crate",
        "superuser", superuser,
        "versions", new JsonArray().add(version),
        "nodes", new String[] {"data-hot-1", "data-hot-2", "data-hot-3"},
        "rebalance", "all");
  }

  static Map<String, Object> table(String schema, String name, String replicas) {
    Map<String, Object> row = new HashMap<>();
    row.put("table_schema", schema);
    row.put("table_name", name);
    row.put("partition_ident", "");
    row.put("partition_values", null);
    row.put("number_of_replicas", replicas);
    row.put("flush_threshold", 1000L);
    row.put("closed", false);
    row.put("read_only", false);
    row.put("read_only_allow_delete", false);
    row.put("metadata_blocked", false);
    row.put("wait_for_active_shards", "1");
    row.put("alterable", true);
    row.put("created_version", "6.3.7");
    return row;
  }

  static Map<String, Object> partition(
      String schema, String name, String ident, JsonObject values, String replicas) {
    Map<String, Object> row = table(schema, name, replicas);
    row.put("partition_ident", ident);
    row.put("partition_values", values);
    return row;
  }

  static Map<String, Object> totals(String schema, String name, String ident, Long worst) {
    Map<String, Object> row = new HashMap<>();
    row.put("schema_name", schema);
    row.put("table_name", name);
    row.put("partition_ident", ident);
    row.put("primaries", 2L);
    row.put("replicas", 2L);
    row.put("problematic_replicas", worst == null ? 0L : 1L);
    row.put("largest_replica_translog", worst);
    row.put("largest_primary_translog", 55L);
    row.put("primary_bytes", 4096L);
    row.put("unreported", worst == null ? 2L : 0L);
    row.put("index_uuid", "/data/nodes/0/indices/" + name + ident + "/1");
    return row;
  }

  static Map<String, Object> replica(String schema, String name, String ident, long worst) {
    Map<String, Object> row = new HashMap<>();
    row.put("schema_name", schema);
    row.put("table_name", name);
    row.put("partition_ident", ident);
    row.put("id", 1);
    row.put("primary", false);
    row.put("state", "STARTED");
    row.put("routing_state", "STARTED");
    row.put("relocating_node", null);
    row.put("node_name", "data-hot-2");
    row.put("size", 2048L);
    row.put("translog", worst + 10);
    row.put("uncommitted", worst);
    row.put("uncommitted_operations", 7);
    row.put("max_seq_no", 100L);
    row.put("local_checkpoint", 90L);
    row.put("global_checkpoint", 90L);
    row.put("flushes", 3L);
    return row;
  }
}
