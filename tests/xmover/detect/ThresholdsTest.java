package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.table.Bytes;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict.Action;

class ThresholdsTest {
  private static final ClusterIdentity CLUSTER =
      new ClusterIdentity("id", "name", List.of("6.3.7"), List.of("n1"), "ops", false, "all");
  private static final Bytes THRESHOLD = new Bytes(1000);
  private static final Thresholds THRESHOLDS = new Thresholds(new Bytes(500), 200);

  @ParameterizedTest
  @CsvSource({"2000, SKIP", "2001, RESET", "500, SKIP"})
  void a_table_qualifies_only_above_the_percentage_of_its_own_threshold(long worst, Action action) {
    assertEquals(action, THRESHOLDS.judge(healthy(), replicas(worst), CLUSTER).action());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 | false | false | false | 1 | true  | SKIP    | already 0",
        "1 | true  | false | false | 1 | true  | SKIP    | closed",
        "1 | false | true  | false | 1 | true  | REFUSED | read-only",
        "1 | false | false | true  | 1 | true  | REFUSED | blocks.metadata",
        "2 | false | false | false | 2 | true  | REFUSED | wait_for_active_shards = 2",
        "1 | false | true  | false | 1 | false | REFUSED | GRANT DDL ON TABLE \"doc\".\"t\" TO"
            + " \"ops\"",
      })
  void what_forbids_a_reset_is_its_reason(
      String replicas,
      boolean closed,
      boolean readOnly,
      boolean metadata,
      String waitFor,
      boolean alterable,
      Action action,
      String reason) {
    var relation = relation(replicas, closed, readOnly, metadata, waitFor, alterable);
    var verdict = THRESHOLDS.judge(relation, replicas(9_000), CLUSTER);
    assertEquals(action, verdict.action());
    assertTrue(verdict.reason().contains(reason), verdict.reason());
  }

  @Test
  void what_a_gate_would_refuse_is_not_told_of_a_table_that_needs_no_reset() {
    var relation = relation("1", false, true, false, "1", true);
    assertEquals(Action.SKIP, THRESHOLDS.judge(relation, replicas(600), CLUSTER).action());
  }

  @ParameterizedTest
  @CsvSource({"0-1", "1-all", "0-all", "3"})
  void every_setting_with_replicas_may_be_reset(String replicas) {
    var relation = relation(replicas, false, false, false, "all", true);
    assertEquals(Action.RESET, THRESHOLDS.judge(relation, replicas(9_000), CLUSTER).action());
  }

  @Test
  void an_unknown_setting_is_never_touched() {
    var unknown =
        new Relation(
            TableRef.of("doc", "t"),
            Optional.empty(),
            Optional.of(THRESHOLD),
            false,
            false,
            false,
            "1",
            true,
            Optional.empty());
    assertEquals(Action.SKIP, THRESHOLDS.judge(unknown, replicas(9_000), CLUSTER).action());
  }

  @Test
  void an_unknown_flush_threshold_is_never_judged() {
    var unknown =
        new Relation(
            TableRef.of("doc", "t"),
            Optional.of(new ReplicaSetting("1")),
            Optional.empty(),
            false,
            false,
            false,
            "1",
            true,
            Optional.empty());
    assertEquals(Action.SKIP, THRESHOLDS.judge(unknown, replicas(9_000), CLUSTER).action());
  }

  @Test
  void a_table_without_replicas_is_shown_when_its_primary_is_oversized() {
    var totals =
        new ShardTotals(1, 0, 0, Optional.empty(), Optional.of(new Bytes(501)), new Bytes(1), 0);
    assertTrue(THRESHOLDS.shows(relation("0", false, false, false, "1", true), totals));
    assertFalse(THRESHOLDS.shows(relation("1", false, false, false, "1", true), totals));
  }

  @Test
  void thresholds_of_nothing_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> new Thresholds(Bytes.ZERO, 200));
    assertThrows(IllegalArgumentException.class, () -> new Thresholds(new Bytes(1), 0));
  }

  private static Relation healthy() {
    return relation("1", false, false, false, "1", true);
  }

  private static Relation relation(
      String replicas,
      boolean closed,
      boolean readOnly,
      boolean metadata,
      String waitFor,
      boolean alterable) {
    return new Relation(
        TableRef.of("doc", "t"),
        Optional.of(new ReplicaSetting(replicas)),
        Optional.of(THRESHOLD),
        closed,
        readOnly,
        metadata,
        waitFor,
        alterable,
        Optional.of("6.3.7"));
  }

  private static ShardTotals replicas(long worst) {
    return new ShardTotals(
        4, 4, 1, Optional.of(new Bytes(worst)), Optional.of(new Bytes(55)), new Bytes(1), 0);
  }
}
