package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.cluster.FaultyCluster.Fault;
import xmover.cluster.Row;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.SentStatements;
import xmover.gates.view.TableReader;
import xmover.recovery.ReplicaRecovery;
import xmover.remedy.GentlerRemedies;
import xmover.remedy.MoveTargets;
import xmover.remedy.RemedyPolicy;
import xmover.reset.Cure;
import xmover.reset.Exposure;
import xmover.reset.Gate;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.Safeguards;
import xmover.reset.TableResult;
import xmover.table.Bytes;
import xmover.table.Finding;

/**
 * A table was reset because something could not be read: that kept the gentler remedies away or the
 * proof of what they had done, and a moment later nothing held the reset back.
 */
class ResetThoughNothingWasSeenTest {
  private static final Bytes HEALED = new Bytes(512L << 20);
  private static final Set<String> CHECKPOINTS =
      Set.of("max_seq_no", "local_checkpoint", "global_checkpoint");
  private static final Set<String> STATE = Set.of("routing_state");
  private static final Predicate<Row> REPLICA = copy -> !copy.flag("primary");
  private static final RemedyPolicy NO_REBUILD =
      RemedyPolicy.of(List.of(Remedy.FLUSH, Remedy.MOVE, Remedy.RESET));

  /** In the statement that looks at the copies of one table, and in no other. */
  private static final String LOOK = "recovery_stage";

  private final ResetBench bench =
      new ResetBench(
          new ResetBench.Conduct("\"recovery\": 45,"),
          "{\"name\": \"doc.t\", \"shards\": 1, \"replicas\": \"1\", \"size\": \"3gb\","
              + " \"sick\": {\"translog\": \"2gb\"}}");
  private final List<Finding> findings = bench.findings();
  private Gate gate = Gate.OPEN;

  private TableResult run(RemedyPolicy policy) {
    var targets =
        new MoveTargets(
            new ClusterReader(bench.link, bench.timers, List.of("6.3.7")),
            new TableReader(bench.link, bench.timers, bench.timers.now(), new SentStatements()));
    var proof =
        new ReplicaRecovery(
            bench.link, bench.timers, RunListener.NONE, HEALED, Duration.ofMinutes(1));
    var gentler =
        new GentlerRemedies(
            policy,
            bench.link,
            bench.timers,
            RunListener.NONE,
            targets,
            Optional.of(Duration.ofHours(1)),
            proof,
            HEALED);
    bench.safeguards = new Safeguards(gate, Exposure.UNLIMITED, gentler, proof);
    var run =
        new AutoExecOrchestrator(bench.context(), RunLimits.concurrent(1), () -> false, Map.of());
    return bench.timers.run(run.run(findings)).results().get(0);
  }

  private void assertUntouched(TableResult result) {
    assertEquals(List.of(), bench.link.written());
    assertLeftWithItsCopies(result);
  }

  private void assertLeftWithItsCopies(TableResult result) {
    assertFalse(result.isCompleted(), result.toString());
    assertFalse(result.notStarted().isEmpty(), "it tells why");
    assertEquals(0, sent("number_of_replicas"), bench.link.written().toString());
    assertEquals(0, sent("CANCEL"), bench.link.written().toString());
  }

  private long sent(String words) {
    return bench.link.written().stream().filter(sql -> sql.contains(words)).count();
  }

  private static Fault changed(Predicate<Row> which, Set<String> columns, Object value) {
    return look ->
        look.get()
            .map(
                rows ->
                    rows.stream()
                        .map(row -> which.test(row) ? with(row, columns, value) : row)
                        .collect(Collectors.toList()));
  }

  /** The primary, a replica that misses nothing, and one without a node. */
  private static List<Row> oneUnassigned(List<Row> copies) {
    Row replica = copies.stream().filter(REPLICA).findFirst().orElseThrow();
    Row unassigned = with(replica, Set.of("node_name", "uncommitted"), Optional.empty());
    return List.of(
        copies.stream().filter(REPLICA.negate()).findFirst().orElseThrow(),
        with(replica, CHECKPOINTS, 199L),
        with(with(unassigned, CHECKPOINTS, Optional.empty()), STATE, "UNASSIGNED"));
  }

  private static Fault untold(Predicate<Row> which, Set<String> columns) {
    return changed(which, columns, Optional.empty());
  }

  private static Row with(Row row, Set<String> columns, Object value) {
    return column ->
        !columns.contains(column) ? row.value(column) : value instanceof Optional<?> ? null : value;
  }

  /** When the gates are asked about a remedy for the first time. */
  private void whenAsked(Remedy about, Runnable act) {
    Gate before = gate;
    boolean[] done = {false};
    gate =
        (table, remedy) -> {
          if (remedy == about && !done[0]) {
            done[0] = true;
            act.run();
          }
          return before.ask(table, remedy);
        };
  }

  private void afterFirst(String words, Runnable act) {
    bench.link.once(words, execution -> execution.get().onSuccess(done -> act.run()));
  }

  private void unreadableCopies() {
    bench.link.always(LOOK, FaultyCluster.fail(Kind.SERVER));
  }

  @Test
  void a_gate_that_could_not_see_before_a_move_lets_nothing_stronger_pass_when_it_sees_again() {
    var unread = GateVerdict.unread("others", "sys.jobs could not be read: a timeout", "");
    gate =
        (table, remedy) ->
            Future.succeededFuture(
                remedy == Remedy.MOVE ? List.of(unread) : List.of(GateVerdict.open("others", "")));
    TableResult result = run(RemedyPolicy.AUTO);
    assertUntouched(result);
    assertEquals(List.of(unread), result.gates());
  }

  @Test
  void a_gate_that_fails_before_a_move_could_not_see_either() {
    gate =
        (table, remedy) ->
            remedy == Remedy.MOVE
                ? Future.failedFuture("a timeout")
                : Future.succeededFuture(List.of());
    assertUntouched(run(RemedyPolicy.AUTO));
  }

  @Test
  void a_gate_that_could_not_see_before_a_flush_lets_no_reset_pass() {
    bench.link.always(LOOK, changed(REPLICA, CHECKPOINTS, 199L));
    gate =
        (table, remedy) ->
            Future.succeededFuture(
                remedy == Remedy.FLUSH ? List.of(GateVerdict.unread("health", "", "")) : List.of());
    assertUntouched(run(RemedyPolicy.of(List.of(Remedy.FLUSH, Remedy.RESET))));
  }

  @Test
  void copies_that_can_not_be_read_after_a_move_prove_nothing() {
    afterFirst("OPTIMIZE", this::unreadableCopies);
    TableResult result = run(RemedyPolicy.AUTO);
    assertLeftWithItsCopies(result);
    assertEquals(Optional.of(Cure.State.UNPROVEN), result.cure().map(Cure::state));
  }

  @Test
  void replicas_that_do_not_tell_their_translog_after_a_move_prove_nothing() {
    afterFirst("OPTIMIZE", () -> bench.link.always(LOOK, untold(REPLICA, Set.of("uncommitted"))));
    assertLeftWithItsCopies(run(RemedyPolicy.AUTO));
  }

  @Test
  void a_flush_that_is_refused_before_the_proof_proves_nothing() {
    bench.link.always("OPTIMIZE", FaultyCluster.fail(Kind.PRIVILEGE));
    // What was written meanwhile would be flushed.
    bench.link.always(LOOK, changed(REPLICA, Set.of("uncommitted"), 2L << 30));
    TableResult result = run(RemedyPolicy.AUTO);
    assertEquals(1, sent("MOVE"));
    assertLeftWithItsCopies(result);
  }

  @Test
  void replicas_with_other_documents_are_not_told_healed_as_their_translog_is_small() {
    afterFirst("OPTIMIZE", () -> bench.link.always(LOOK, changed(REPLICA, Set.of("num_docs"), 3L)));
    TableResult result = run(RemedyPolicy.AUTO);
    assertEquals(2, sent("number_of_replicas"), "to 0 and back: " + bench.link.written());
    assertTrue(result.isNotCured(), result.toString());
  }

  @Test
  void a_table_that_is_cured_before_its_reset_by_the_same_proof_is_spared() {
    afterFirst("OPTIMIZE", () -> bench.link.always(LOOK, changed(REPLICA, Set.of("num_docs"), 3L)));
    whenAsked(Remedy.RESET, bench.link::heal);
    TableResult result = run(RemedyPolicy.AUTO);
    assertEquals(0, sent("number_of_replicas"));
    assertTrue(result.isCompleted() && !result.isNotCured(), result.toString());
  }

  @Test
  void copies_of_which_nobody_knows_whether_cratedb_gave_them_up_are_no_reason_for_a_reset() {
    bench.link.always(LOOK, look -> look.get().map(ResetThoughNothingWasSeenTest::oneUnassigned));
    bench.link.always("FROM sys.allocations", FaultyCluster.fail(Kind.SERVER));
    assertUntouched(run(NO_REBUILD));
  }

  @Test
  void copies_that_do_not_say_whether_they_miss_an_operation_may_only_be_flushed() {
    bench.link.always(LOOK, untold(REPLICA, CHECKPOINTS));
    assertLeftWithItsCopies(run(RemedyPolicy.AUTO));
    assertEquals(0, sent("MOVE"));
  }

  @Test
  void a_primary_that_does_not_say_whether_it_is_complete_ends_it() {
    whenAsked(
        Remedy.MOVE,
        () -> bench.link.always(LOOK, untold(copy -> copy.flag("primary"), CHECKPOINTS)));
    assertUntouched(run(RemedyPolicy.AUTO));
  }

  @Test
  void a_shard_of_which_no_copy_is_shown_was_not_healed_by_cratedb() {
    whenAsked(Remedy.MOVE, () -> bench.link.always(LOOK, FaultyCluster.answerNothing()));
    assertUntouched(run(RemedyPolicy.AUTO));
  }

  @Test
  void a_move_whose_end_could_not_be_seen_did_not_fail() {
    afterFirst("MOVE SHARD", this::unreadableCopies);
    whenAsked(Remedy.RESET, bench.link::heal);
    assertLeftWithItsCopies(run(NO_REBUILD));
    assertEquals(1, sent("MOVE"));
  }

  @Test
  void disks_that_are_not_told_are_no_reason_to_drop_a_copy() {
    bench.link.always("disk_available", untold(node -> true, Set.of("disk_available")));
    assertUntouched(run(RemedyPolicy.AUTO));
  }

  @Test
  void what_can_not_be_read_right_before_its_reset_may_be_healed() {
    unreadableCopies();
    assertUntouched(run(RemedyPolicy.RESET));
  }

  @Test
  void replicas_that_do_not_tell_their_translog_right_before_a_reset_may_be_healed() {
    bench.link.always(LOOK, untold(REPLICA, Set.of("uncommitted")));
    assertUntouched(run(RemedyPolicy.RESET));
  }
}
