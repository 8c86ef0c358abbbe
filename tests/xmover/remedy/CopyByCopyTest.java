package xmover.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.DirectCluster;
import xmover.cluster.FaultyCluster;
import xmover.cluster.Row;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.SteppedTimers;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.SentStatements;
import xmover.gates.view.TableReader;
import xmover.recovery.ReplicaRecovery;
import xmover.reset.GentlerRemedy.Permit;
import xmover.reset.Remedy;
import xmover.reset.RemedyResult;
import xmover.reset.RunListener;
import xmover.table.Bytes;
import xmover.table.Finding;

/** What happens to a sick table between the looks of a remedy, and what the remedy makes of it. */
class CopyByCopyTest {
  private static final Bytes HEALED = new Bytes(512L << 20);

  /** In the statement that looks at the copies of one table, and in no other. */
  private static final String LOOK = "recovery_stage";

  private static final String COPIES =
      "SELECT id, node['name'] FROM sys.shards WHERE NOT \"primary\" ORDER BY id";

  private final SteppedTimers timers = new SteppedTimers();
  private final Promise<Void> stopped = Promise.promise();
  private final List<Remedy> asked = new ArrayList<>();
  private Supplier<Finding> detected = this::overTheThresholds;
  private Runnable whenDetected = () -> {};
  private Runnable whenAsked = () -> {};
  private Optional<String> unread = Optional.empty();
  private SimulatedCluster crate;
  private FaultyCluster link;

  /** {@code doc.t} with two shards and one replica, all of them sick, on these nodes. */
  private Future<RemedyResult> heal(RemedyPolicy policy, String nodes, String more) {
    crate = new SimulatedCluster(scenario(nodes, more), timers);
    link = new FaultyCluster(new DirectCluster(crate, "crate", timers), timers);
    Finding table = detected.get();
    whenDetected.run();
    var targets =
        new MoveTargets(
            new ClusterReader(link, timers, List.of("6.3.7")),
            new TableReader(link, timers, timers.now(), new SentStatements()));
    Duration longest = Duration.ofHours(1);
    return new GentlerRemedies(
            policy,
            link,
            timers,
            RunListener.NONE,
            targets,
            Optional.of(longest),
            new ReplicaRecovery(link, timers, RunListener.NONE, HEALED, longest),
            HEALED)
        .apply(table, permit(), stopped.future())
        .map(Optional::orElseThrow);
  }

  private Finding overTheThresholds() {
    return timers
        .run(new Detection(link).analyse(Thresholds.DEFAULT, TableFilter.ALL))
        .toReset()
        .get(0);
  }

  private Finding belowTheThresholds() {
    var high = new Thresholds(new Bytes(4L << 30), 1000);
    return timers
        .run(new Detection(link, timers).analyse(high, TableFilter.ALL))
        .early()
        .toHeal()
        .get(0);
  }

  private Future<RemedyResult> heal(RemedyPolicy policy, String nodes) {
    return heal(policy, nodes, "");
  }

  private Permit permit() {
    return new Permit() {
      @Override
      public Future<Optional<String>> ask(Remedy remedy) {
        asked.add(remedy);
        whenAsked.run();
        return Future.succeededFuture(unread);
      }

      @Override
      public boolean isUnread() {
        return unread.isPresent();
      }
    };
  }

  private static Scenario scenario(String nodes, String more) {
    try {
      return JsonMapper.builder()
          .build()
          .readValue(
              """
              {"version": "6.3.7", "seed": 5, "nodes": [%s], "recovery": 45, "tables": [
                {"name": "doc.t", "shards": 2, "replicas": "1", "size": "3gb",
                 "sick": {"translog": "2gb"%s}}]}
              """
                  .formatted(nodes, more),
              Scenario.class);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  private void sql(String statement) {
    rows(statement);
  }

  private List<List<Object>> rows(String statement) {
    try {
      return crate.execute("crate", statement, List.of()).rows();
    } catch (SqlError wrong) {
      throw new AssertionError(statement, wrong);
    }
  }

  /** Moves every replica to the node that has no copy of its shard, as CrateDB does by itself. */
  private void moveAll() {
    for (List<Object> copy : rows(COPIES)) {
      var free = new ArrayList<>(List.of("a", "b", "c"));
      rows("SELECT node['name'] FROM sys.shards WHERE id = " + copy.get(0))
          .forEach(row -> free.remove(String.valueOf(row.get(0))));
      sql(
          "ALTER TABLE doc.t REROUTE MOVE SHARD %s FROM '%s' TO '%s'"
              .formatted(copy.get(0), copy.get(1), free.get(0)));
    }
  }

  private long sent(String words) {
    return link.written().stream().filter(sql -> sql.contains(words)).count();
  }

  @Test
  void copies_that_cratedb_moved_itself_are_flushed_and_no_reset_follows() {
    Future<RemedyResult> treatment =
        heal(RemedyPolicy.of(List.of(Remedy.MOVE, Remedy.RESET)), "\"a\", \"b\", \"c\"");
    whenAsked =
        () -> {
          whenAsked = () -> {};
          moveAll();
          timers.advance(Duration.ofMinutes(5));
        };
    RemedyResult healed = timers.run(treatment);
    assertTrue(healed.cure().isCured(), healed.toString());
    assertFalse(healed.resetNext());
    assertEquals(Remedy.FLUSH, healed.remedy());
    assertEquals(List.of(1L, 0L), List.of(sent("OPTIMIZE"), sent("ALTER")));
  }

  @Test
  void a_copy_that_is_under_way_to_another_node_is_not_taken_for_healed() {
    Future<RemedyResult> treatment =
        heal(RemedyPolicy.of(List.of(Remedy.MOVE)), "\"a\", \"b\", \"c\"");
    whenAsked =
        () -> {
          whenAsked = () -> {};
          moveAll();
        };
    RemedyResult told = timers.run(treatment);
    assertFalse(told.cure().isCured(), told.toString());
    assertTrue(told.told().contains("it is moved or built already"), told.told());
    assertEquals(List.of(), link.written());
  }

  @Test
  void a_copy_is_not_dropped_when_the_flush_before_it_outlasted_its_primary() {
    RemedyResult told =
        rebuildAlone(
            () ->
                rows("SELECT node['name'] FROM sys.shards WHERE \"primary\"")
                    .forEach(row -> kill(String.valueOf(row.get(0)))));
    assertFalse(told.applied(), told.toString());
    assertEquals(0, sent("CANCEL"));
  }

  @Test
  void a_primary_that_is_behind_itself_for_a_moment_after_the_flush_is_waited_for() {
    RemedyResult told = rebuildAlone(() -> link.once(LOOK, look -> look.get().map(this::behind)));
    assertTrue(told.cure().isCured(), told.toString());
    assertEquals(2, sent("CANCEL"));
  }

  /** On two nodes; after each flush this happens. */
  private RemedyResult rebuildAlone(Runnable afterFlush) {
    Future<RemedyResult> treatment =
        heal(RemedyPolicy.of(List.of(Remedy.REBUILD_ALONE)), "\"a\", \"b\"");
    link.always("OPTIMIZE", execution -> execution.get().onSuccess(flushed -> afterFlush.run()));
    return timers.run(treatment);
  }

  /** As a primary is that is written to in this moment. */
  private List<Row> behind(List<Row> copies) {
    return copies.stream().map(copy -> with(copy, true, copy.number("max_seq_no") - 1)).toList();
  }

  private static Row with(Row copy, boolean primary, @Nullable Long local) {
    return column ->
        column.equals("local_checkpoint") && copy.flag("primary") == primary
            ? local
            : copy.value(column);
  }

  @Test
  void early_copies_are_moved_and_then_flushed() {
    detected = this::belowTheThresholds;
    RemedyResult healed = timers.run(heal(RemedyPolicy.AUTO, "\"a\", \"b\", \"c\""));
    assertTrue(healed.cure().isCured(), healed.toString());
    assertEquals(List.of(2L, 1L), List.of(sent("MOVE"), sent("OPTIMIZE")));
  }

  @Test
  void where_no_node_may_take_an_early_copy_it_is_left_and_no_reset_follows() {
    detected = this::belowTheThresholds;
    RemedyResult told = timers.run(heal(RemedyPolicy.AUTO, "\"a\", \"b\""));
    assertFalse(told.cure().isCured(), told.toString());
    assertFalse(told.resetNext());
    assertEquals(List.of(), link.written());
    assertFalse(asked.contains(Remedy.REBUILD_ALONE), asked.toString());
  }

  @Test
  void early_copies_that_cratedb_moved_itself_need_nothing() {
    detected = this::belowTheThresholds;
    whenDetected =
        () -> {
          moveAll();
          timers.advance(Duration.ofMinutes(5));
        };
    RemedyResult healed = timers.run(heal(RemedyPolicy.AUTO, "\"a\", \"b\", \"c\""));
    assertTrue(healed.cure().isCured(), healed.toString());
    assertEquals(Remedy.NONE, healed.remedy());
    assertEquals(List.of(), link.written());
  }

  @Test
  void an_early_copy_that_does_not_tell_any_more_is_not_taken_for_healed() {
    detected = this::belowTheThresholds;
    whenDetected = () -> link.always(LOOK, asked -> asked.get().map(CopyByCopyTest::silent));
    RemedyResult told = timers.run(heal(RemedyPolicy.AUTO, "\"a\", \"b\", \"c\""));
    assertFalse(told.cure().isCured(), told.toString());
    assertFalse(told.applied() || told.resetNext(), told.toString());
    assertEquals(List.of(), link.written());
  }

  private static List<Row> silent(List<Row> copies) {
    return copies.stream().map(copy -> with(copy, false, null)).toList();
  }

  private void kill(String node) {
    if (rows("SELECT name FROM sys.nodes").contains(List.<Object>of(node))) {
      crate.kill(node);
    }
  }

  @Test
  void the_gates_are_asked_again_for_a_copy_whose_turn_comes_later() {
    timers.run(heal(RemedyPolicy.of(List.of(Remedy.MOVE)), "\"a\", \"b\", \"c\""));
    assertEquals(List.of(Remedy.MOVE, Remedy.MOVE), asked);
  }

  @Test
  void after_a_stop_nothing_is_sent_any_more_not_even_a_flush() {
    Future<RemedyResult> treatment = heal(RemedyPolicy.AUTO, "\"a\", \"b\", \"c\"");
    whenAsked =
        () -> {
          if (asked.size() == 2) {
            stopped.complete();
          }
        };
    RemedyResult told = timers.run(treatment);
    assertEquals(Remedy.MOVE, told.remedy(), told.toString());
    assertFalse(told.cure().isCured(), told.toString());
    assertEquals(List.of(1L, 0L), List.of(sent("MOVE"), sent("OPTIMIZE")));
  }

  @Test
  void when_the_target_of_a_move_dies_the_copy_stays_where_it_was_and_that_is_told() {
    Future<RemedyResult> treatment = moveAndKill(move -> move.get(2));
    RemedyResult told = timers.run(treatment);
    assertFalse(told.cure().isCured(), told.toString());
    assertTrue(told.told().contains("CrateDB gave the move up"), told.told());
    assertTrue(told.applied(), "the history is to know that it was tried");
  }

  @Test
  void when_the_source_of_a_move_dies_the_copy_is_built_on_the_target_all_the_same() {
    Future<RemedyResult> treatment = moveAndKill(move -> move.get(1));
    RemedyResult told = timers.run(treatment);
    assertTrue(told.told().startsWith("shard 0 on "), told.told());
    assertEquals(Remedy.MOVE, told.remedy());
  }

  @Test
  void when_the_primary_dies_during_a_move_no_second_statement_is_sent_for_its_shard() {
    Future<RemedyResult> treatment =
        moveAndKill(
            move ->
                Stream.of("a", "b", "c")
                    .filter(node -> !node.equals(move.get(1)) && !node.equals(move.get(2)))
                    .findFirst()
                    .orElseThrow());
    RemedyResult told = timers.run(treatment);
    assertEquals(1, sent("SHARD 0"));
    assertFalse(told.told().contains("shard 0"), "the sick copy is the primary now: " + told);
  }

  /** Copy by copy; a second after the first MOVE left a node dies, chosen by shard, from and to. */
  private Future<RemedyResult> moveAndKill(Function<List<String>, String> node) {
    Future<RemedyResult> treatment =
        heal(RemedyPolicy.of(List.of(Remedy.MOVE)), "\"a\", \"b\", \"c\"");
    link.once(
        "MOVE SHARD",
        execution ->
            execution
                .get()
                .onSuccess(
                    moved ->
                        timers
                            .at(Duration.ofSeconds(1))
                            .onSuccess(later -> crate.kill(node.apply(lastMove())))));
    return treatment;
  }

  private List<String> lastMove() {
    var words = Pattern.compile("SHARD (\\d+) FROM '(.)' TO '(.)'");
    var move = words.matcher(link.written().get(link.written().size() - 1));
    assertTrue(move.find());
    return List.of(move.group(1), move.group(2), move.group(3));
  }

  @Test
  void a_copy_that_does_not_say_what_it_has_is_neither_healed_nor_a_reason_for_a_reset() {
    Future<RemedyResult> treatment = heal(RemedyPolicy.AUTO, "\"a\", \"b\", \"c\"");
    whenAsked =
        () ->
            link.always(
                "local_checkpoint",
                execution ->
                    execution
                        .get()
                        .map(rows -> rows.stream().map(CopyByCopyTest::silent).toList()));
    assertLeftAsItIs(timers.run(treatment));
  }

  private static Row silent(Row row) {
    return column -> column.endsWith("_checkpoint") ? null : row.value(column);
  }

  @Test
  void a_gate_that_could_not_see_is_told_once_a_copy_and_asked_for_nothing_stronger() {
    unread = Optional.of("others: a timeout");
    RemedyResult told = timers.run(heal(RemedyPolicy.AUTO, "\"a\", \"b\", \"c\""));
    assertLeftAsItIs(told);
    assertEquals(Set.of(Remedy.MOVE), Set.copyOf(asked));
    assertFalse(told.told().contains("rebuild"), told.told());
  }

  @Test
  void nodes_that_can_not_be_read_are_no_reason_to_drop_a_copy() {
    Future<RemedyResult> treatment = heal(RemedyPolicy.AUTO, "\"a\", \"b\", \"c\"");
    link.always("FROM sys.nodes", FaultyCluster.fail(Kind.PRIVILEGE));
    assertLeftAsItIs(timers.run(treatment));
  }

  private void assertLeftAsItIs(RemedyResult told) {
    assertTrue(told.cure().isNotCured(), told.toString());
    assertFalse(told.resetNext(), told.toString());
    assertEquals(List.of(), link.written());
  }

  @Test
  void a_stop_between_the_two_looks_heals_nothing_and_says_so() {
    Future<RemedyResult> treatment = heal(RemedyPolicy.AUTO, "\"a\", \"b\", \"c\"");
    stopped.complete();
    RemedyResult told = timers.run(treatment);
    assertFalse(told.applied(), told.toString());
    assertTrue(told.cure().isNotCured(), told.toString());
    assertEquals(List.of(), link.written());
  }

  @Test
  void what_cratedb_gives_up_on_while_it_is_built_is_flushed_and_tried_again() {
    // The flush before the copy is dropped fails to reach the primary, so nothing is committed.
    Future<RemedyResult> treatment = healedWithoutTheFirstFlush(refusal -> refusal);
    RemedyResult told = timers.run(treatment);
    assertTrue(told.cure().isCured(), told.toString());
    assertTrue(sent("RETRY FAILED") > 0);
  }

  @Test
  void where_the_privilege_is_missing_the_statement_to_type_is_told() {
    Future<RemedyResult> treatment =
        healedWithoutTheFirstFlush(
            faulty -> faulty.always("RETRY FAILED", FaultyCluster.fail(Kind.PRIVILEGE)));
    RemedyResult told = timers.run(treatment);
    assertFalse(told.cure().isCured(), told.toString());
    assertTrue(
        told.told().contains("With the privilege AL type: ALTER CLUSTER REROUTE RETRY FAILED;"),
        told.told());
  }

  private Future<RemedyResult> healedWithoutTheFirstFlush(UnaryOperator<FaultyCluster> more) {
    Future<RemedyResult> treatment =
        heal(
            RemedyPolicy.of(List.of(Remedy.REBUILD_ALONE)),
            "\"a\", \"b\"",
            ", \"unreplayable\": true");
    more.apply(link).once("OPTIMIZE", FaultyCluster.answerNothing());
    return treatment;
  }
}
