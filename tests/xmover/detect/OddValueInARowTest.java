package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.ClusterFailure;
import xmover.cluster.FakeCluster;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.Sql;
import xmover.table.Bytes;
import xmover.table.TableRef;

/** One odd cell makes that table or copy unknown; the others are found all the same. */
class OddValueInARowTest {
  private static final Thresholds THRESHOLDS = new Thresholds(new Bytes(500), 200);
  private static final List<Object> ODD = new ArrayList<>();

  static {
    ODD.add(null);
    ODD.addAll(List.of(-1L, Long.MIN_VALUE, Long.MAX_VALUE, "?", true, 1e300));
  }

  private final Map<String, Object> relation = Rows.table("doc", "odd", "1");
  private final Map<String, Object> totals = Rows.totals("doc", "odd", "", 9_000L);
  private final Map<String, Object> replica = Rows.replica("doc", "odd", "", 9_000L);

  private Analysis analyse() {
    FakeCluster cluster =
        Rows.cluster(
            true,
            THRESHOLDS,
            List.of(relation, Rows.table("doc", "sound", "1")),
            List.of(totals, Rows.totals("doc", "sound", "", 9_000L)),
            List.of(replica, Rows.replica("doc", "sound", "", 9_000L)));
    return new Detection(cluster).analyse(THRESHOLDS, TableFilter.ALL).result();
  }

  static List<String> relationColumns() {
    return columns(Rows.table("doc", "odd", "1"));
  }

  static List<String> totalsColumns() {
    return columns(Rows.totals("doc", "odd", "", 1L));
  }

  static List<String> replicaColumns() {
    return columns(Rows.replica("doc", "odd", "", 1L));
  }

  private static List<String> columns(Map<String, Object> row) {
    return row.keySet().stream().sorted().toList();
  }

  private void spoilt(Map<String, Object> row, String column) {
    for (Object odd : ODD) {
      row.put(column, odd);
      List<String> found =
          analyse().toReset().stream()
              .map(f -> f.table().toString())
              .filter("doc.sound"::equals)
              .toList();
      assertEquals(List.of("doc.sound"), found, column + " = " + odd);
    }
  }

  @ParameterizedTest
  @MethodSource("relationColumns")
  void an_odd_setting_hides_no_other_table(String column) {
    spoilt(relation, column);
  }

  @ParameterizedTest
  @MethodSource("totalsColumns")
  void an_odd_total_hides_no_other_table(String column) {
    spoilt(totals, column);
  }

  @ParameterizedTest
  @MethodSource("replicaColumns")
  void an_odd_copy_hides_no_other_table(String column) {
    spoilt(replica, column);
  }

  @Test
  void a_partition_whose_values_are_not_told_is_never_taken_for_its_table() {
    relation.put("partition_ident", "04");
    assertEquals(Optional.empty(), CatalogueRows.relation(relation::get));
  }

  @Test
  void a_flush_threshold_of_nothing_is_unknown() {
    relation.put("flush_threshold", 0L);
    assertEquals(
        List.of("doc.sound"), analyse().toReset().stream().map(f -> f.table().toString()).toList());
  }

  @Test
  void shards_that_do_not_tell_of_which_partition_are_not_taken_for_the_tables() {
    totals.put("partition_ident", null);
    assertEquals(
        List.of("doc.sound"), analyse().toReset().stream().map(f -> f.table().toString()).toList());
  }

  @Test
  void copies_with_odd_cells_are_still_copies() {
    var table = TableRef.of("doc", "t");
    Map<String, Object> copy = new HashMap<>();
    for (String column :
        List.of(
            "id",
            "primary",
            "state",
            "routing_state",
            "node_name",
            "relocating_node",
            "size",
            "num_docs",
            "uncommitted",
            "max_seq_no",
            "local_checkpoint",
            "global_checkpoint")) {
      copy.put(column, -1L);
    }
    copy.put("lease_sources", new JsonObject());
    copy.put("recovery_stage", 7);
    copy.put("recovery_percent", -3.5);
    var cluster = new FakeCluster().answer(Sql.copies(table), List.of(copy));
    CopyState state = new Detection(cluster).copies(List.of(table)).result().get(0);
    assertEquals("UNASSIGNED", state.state());
    assertEquals(0, state.percent());
    assertEquals(Optional.empty(), state.uncommitted());
  }

  @Test
  void a_copy_that_does_not_tell_its_state_or_builds_still_is_not_settled() {
    Map<String, Object> copy = new HashMap<>();
    copy.put("node_name", "n1");
    copy.put("routing_state", "STARTED");
    copy.put("recovery_stage", "DONE");
    assertTrue(copy(copy).isSettled());
    assertFalse(copy(with(copy, "recovery_stage", "TRANSLOG")).isSettled());
    assertFalse(copy(with(copy, "relocating_node", "n2")).isSettled());
    CopyState untold = copy(with(copy, "routing_state", null));
    assertFalse(untold.isSettled());
    assertTrue(untold.isUnassigned());
  }

  private static CopyState copy(Map<String, Object> cells) {
    return CopyState.of(TableRef.of("doc", "t"), cells::get);
  }

  private static Map<String, Object> with(
      Map<String, Object> cells, String column, @Nullable Object value) {
    var changed = new HashMap<>(cells);
    changed.put(column, value);
    return changed;
  }

  @Test
  void an_answer_without_a_row_is_a_failure_in_words() {
    var cluster = new FakeCluster().answer(DetectionSql.identity(), List.of());
    var failure = new Detection(cluster).identity().cause();
    assertEquals("sys.cluster answers without a row", failure.getMessage());
    assertThrows(
        ClusterFailure.class,
        () -> {
          throw failure;
        });
  }

  /** It was an IndexOutOfBoundsException to who asked whether the cluster is ready. */
  @Test
  void so_it_is_where_the_cluster_does_not_say_whether_it_is_ready() {
    var cluster = new FakeCluster().answer(DetectionSql.identity(), List.of());
    var failure = Readiness.require(cluster).cause();
    assertEquals(ClusterFailure.Kind.SERVER, ((ClusterFailure) failure).kind());
  }

  @Test
  void a_version_beyond_all_numbers_is_unknown() {
    assertEquals(CrateVersion.UNKNOWN, CrateVersion.of("99999999999.1.1"));
  }
}
