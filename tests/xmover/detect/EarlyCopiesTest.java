package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.FakeCluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.sql.DetectionSql;
import xmover.environment.SteppedTimers;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.Verdict.Action;

/** Copies that miss an operation below the thresholds: two looks, and no verdict without both. */
class EarlyCopiesTest {
  private static final Thresholds THRESHOLDS = new Thresholds(new Bytes(500), 200);
  private static final Statement REPLICAS = DetectionSql.replicas(THRESHOLDS.size());

  private final SteppedTimers timers = new SteppedTimers();
  private final List<Map<String, Object>> tables = new ArrayList<>();
  private final List<Map<String, Object>> totals = new ArrayList<>();
  private FakeCluster cluster = new FakeCluster();

  @BeforeEach
  void one_table() {
    table("t", 100L);
  }

  private void table(String name, long worst) {
    tables.add(Rows.table("doc", name, "1"));
    Map<String, Object> counted = Rows.totals("doc", name, "", worst);
    counted.put("problematic_replicas", worst > 500 ? 1L : 0L);
    totals.add(counted);
  }

  /** A replica of 100 bytes that has seen up to operation {@code max}. */
  private static Map<String, Object> copy(Long local, long max) {
    Map<String, Object> row = Rows.replica("doc", "t", "", 100L);
    row.put("local_checkpoint", local);
    row.put("max_seq_no", max);
    return row;
  }

  private static Map<String, Object> with(Map<String, Object> row, String column, Object value) {
    var other = new HashMap<>(row);
    other.put(column, value);
    return other;
  }

  /** The analysis of a cluster that answers the two looks so. */
  private Analysis analysis(List<Map<String, Object>> first, List<Map<String, Object>> second) {
    cluster = Rows.cluster(true, THRESHOLDS, tables, totals, first);
    timers
        .at(Holes.BETWEEN_LOOKS.minusMillis(1))
        .onSuccess(now -> cluster.answer(REPLICAS, second));
    return analysis(cluster);
  }

  private Analysis analysis(Cluster asked) {
    return timers.run(new Detection(asked, timers).analyse(THRESHOLDS, TableFilter.ALL));
  }

  private static List<String> names(List<Finding> findings) {
    return findings.stream().map(finding -> finding.table().toString()).toList();
  }

  @Test
  void a_copy_that_waits_for_the_same_operation_in_both_looks_is_early() {
    Early early = analysis(List.of(copy(90L, 100)), List.of(copy(90L, 120))).early();
    assertEquals(List.of("doc.t"), names(early.toHeal()));
    assertEquals(Diagnosis.Kind.HOLE, early.copies().get(0).diagnosis().kind());
    assertEquals(5, cluster.asked().size());
    assertEquals(Holes.BETWEEN_LOOKS, timers.passed());
  }

  @Test
  void writes_under_way_are_no_hole() {
    Early early = analysis(List.of(copy(90L, 100)), List.of(copy(101L, 120))).early();
    assertEquals(Early.NONE, early);
  }

  @Test
  void where_no_copy_is_behind_itself_nothing_is_asked_twice() {
    assertEquals(Early.NONE, analysis(List.of(), List.of()).early());
    assertEquals(4, cluster.asked().size());
    assertEquals(Duration.ZERO, timers.passed());
  }

  @Test
  void a_copy_that_moves_is_no_hole() {
    var moving = with(copy(90L, 100), "relocating_node", "n3");
    assertEquals(Early.NONE, analysis(List.of(moving), List.of(moving)).early());
  }

  @Test
  void the_same_gap_in_the_same_shard_on_another_node_is_another_copy() {
    var there = with(copy(90L, 100), "node_name", "data-hot-3");
    assertEquals(Early.NONE, analysis(List.of(copy(90L, 100)), List.of(there)).early());
  }

  @Test
  void a_copy_that_does_not_report_its_checkpoints_is_unread_and_not_early() {
    var silent = List.of(copy(null, 100));
    Early early = analysis(silent, silent).early();
    assertEquals(List.of(), early.tables());
    assertEquals(1, early.unread().size());
    assertTrue(early.note().orElseThrow().contains("doc.t"), early.toString());
    assertEquals(4, cluster.asked().size());
  }

  @Test
  void a_second_look_that_tells_nothing_of_a_copy_leaves_it_unread() {
    Early early = analysis(List.of(copy(90L, 100)), List.of(copy(null, 100))).early();
    assertEquals(List.of(), early.tables());
    assertEquals(1, early.unread().size());
  }

  @Test
  void a_second_look_that_fails_leaves_all_unknown_and_the_rest_of_the_analysis_stands() {
    table("big", 9_000L);
    cluster = Rows.cluster(true, THRESHOLDS, tables, totals, List.of(copy(90L, 100)));
    Analysis analysis = analysis(failingTheSecondTime());
    assertTrue(analysis.early().failure().isPresent());
    assertEquals(List.of(), analysis.healingEarly().toHealEarly());
    assertEquals(List.of("doc.big"), names(analysis.toReset()));
  }

  private Cluster failingTheSecondTime() {
    return new Cluster() {
      @Override
      public Future<List<Row>> execute(Statement statement) {
        boolean again = cluster.asked().stream().anyMatch(s -> s.text().equals(REPLICAS.text()));
        return again ? Future.failedFuture("the node is gone") : cluster.execute(statement);
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  @Test
  void a_table_over_the_thresholds_is_listed_with_its_early_copies_and_treated_once() {
    totals.clear();
    tables.clear();
    table("t", 9_000L);
    var sick = List.of(Rows.replica("doc", "t", "", 9_000L), with(copy(90L, 100), "id", 2));
    Analysis analysis = analysis(sick, sick).healingEarly();
    assertEquals(List.of(2L), analysis.early().copies().stream().map(c -> c.id()).toList());
    assertEquals(List.of("doc.t"), names(analysis.forRun()));
    assertEquals(Action.RESET, analysis.forRun().get(0).verdict().action());
    assertEquals(1, analysis.shards().size());
  }

  @Test
  void a_copy_above_the_size_whose_table_is_below_the_percentage_is_early() {
    tables.set(0, with(tables.get(0), "flush_threshold", 100_000L));
    totals.set(0, with(totals.get(0), "problematic_replicas", 1L));
    var sick = List.of(Rows.replica("doc", "t", "", 9_000L));
    Analysis analysis = analysis(sick, sick).healingEarly();
    assertEquals(List.of(), analysis.toReset());
    assertEquals(List.of("doc.t"), names(analysis.forRun()));
    assertTrue(analysis.forRun().get(0).isEarly());
  }

  @Test
  void a_table_that_is_not_ours_to_touch_is_listed_and_not_healed() {
    tables.set(0, with(tables.get(0), "alterable", false));
    var sick = List.of(copy(90L, 100));
    Analysis analysis = analysis(sick, sick).healingEarly();
    assertEquals(List.of("doc.t"), names(analysis.early().tables()));
    assertEquals(List.of(), analysis.forRun());
  }

  @Test
  void without_being_asked_a_run_takes_on_nothing_early() {
    var sick = List.of(copy(90L, 100));
    Analysis analysis = analysis(sick, sick);
    assertEquals(List.of(), analysis.forRun());
    assertEquals(List.of(), analysis.toHeal());
    assertFalse(analysis.early().toHeal().isEmpty());
  }
}
