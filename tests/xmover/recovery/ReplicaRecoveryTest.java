package xmover.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.environment.SteppedTimers;
import xmover.gates.Findings;
import xmover.reset.Cure;
import xmover.reset.EventHandlers;
import xmover.reset.RecoveryReading;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.IndexUuid;
import xmover.table.TableIdentity;

/** Whether the replicas of a table are back, and healed. */
class ReplicaRecoveryTest {
  private static final Duration NOW = Duration.ZERO;
  private static final Duration TIMEOUT = Duration.ofMinutes(30);
  private static final Finding TABLE = Findings.counted(1, 1, 0);

  private final SteppedTimers timers = new SteppedTimers();
  private final ScriptedCopies copies = new ScriptedCopies(timers, 3);
  private final List<RecoveryReading> told = new ArrayList<>();
  private final Promise<Void> stopped = Promise.promise();
  private Optional<TableIdentity> identity = Optional.empty();

  private static Duration seconds(long seconds) {
    return Duration.ofSeconds(seconds);
  }

  private Future<Cure> await(Finding table) {
    RunListener listener =
        new EventHandlers().on(RunEvent.Recovering.class, event -> told.add(event.reading()));
    return new ReplicaRecovery(copies, timers, listener, new Bytes(512L << 20), TIMEOUT)
        .await(table, identity, stopped.future());
  }

  private Cure cure(Finding table) {
    return timers.run(await(table));
  }

  @Test
  void cured_is_every_copy_started_and_every_replica_below_the_threshold() {
    copies
        .at(NOW, "0 primary STARTED a 55", "0 replica UNASSIGNED -")
        .at(seconds(1), "0 primary STARTED a 55", "0 replica INITIALIZING b 10")
        .at(seconds(20), "0 primary STARTED a 55", "0 replica INITIALIZING b 60.5")
        .at(seconds(31), "0 primary STARTED a 55", "0 replica STARTED b 55");
    Cure cure = cure(TABLE);
    assertTrue(cure.isCured(), cure.toString());
    assertEquals(Optional.of(new Bytes(55)), cure.worstReplica());
    assertTrue(timers.passed().compareTo(seconds(36)) <= 0, timers.passed().toString());
    assertEquals(new RecoveryReading(2, 1, 0), told.get(0));
    assertEquals(new RecoveryReading(2, 1, 60.5), told.get(told.size() - 2));
    assertEquals(new RecoveryReading(2, 2, 100), told.get(told.size() - 1));
  }

  @Test
  void copies_of_another_index_prove_nothing_and_are_waited_for_no_longer() {
    copies.at(NOW, "0 primary STARTED a 55", "0 replica STARTED b 55");
    identity = Optional.of(new TableIdentity("c", ScriptedCopies.INDEX));
    assertTrue(cure(TABLE).isCured());
    identity = Optional.of(new TableIdentity("c", new IndexUuid("another")));
    var began = timers.passed();
    Cure cure = cure(TABLE);
    assertTrue(cure.isUnproven(), cure.toString());
    assertEquals(began, timers.passed());
  }

  @Test
  void it_knows_when_every_copy_was_there_again_though_the_proof_came_later() {
    copies
        .at(NOW, "0 primary STARTED a 55", "0 replica INITIALIZING b 10")
        .at(seconds(10), "0 primary STARTED a 55", "0 replica STARTED b -")
        .at(seconds(14), "0 primary STARTED a 55", "0 replica INITIALIZING b 10")
        .at(seconds(31), "0 primary STARTED a 55", "0 replica STARTED b 3543348019")
        .at(seconds(37), "0 primary STARTED a 55", "0 replica STARTED b 55");
    var began = timers.now();
    Duration back = Duration.between(began, cure(TABLE).backAt().orElseThrow());
    assertTrue(back.compareTo(seconds(31)) >= 0, back.toString());
    assertTrue(back.compareTo(timers.passed()) < 0, back + " of " + timers.passed());
  }

  @Test
  void it_looks_often_at_first_and_every_five_seconds_later() {
    copies
        .at(NOW, "0 primary STARTED a 55", "0 replica INITIALIZING b 10")
        .at(seconds(600), "0 primary STARTED a 55", "0 replica STARTED b 55");
    cure(TABLE);
    assertEquals(Duration.ofMillis(500), timers.asked().get(0));
    assertEquals(seconds(5), timers.asked().get(timers.asked().size() - 1));
    assertTrue(copies.looks() < 130, copies.looks() + " looks");
  }

  @Test
  void a_primary_that_holds_much_does_not_count() {
    copies.at(NOW, "0 primary STARTED a 9999999999", "0 replica STARTED b 55");
    assertTrue(cure(TABLE).isCured());
  }

  @Test
  void a_copy_that_moves_is_whole() {
    copies.at(NOW, "0 primary RELOCATING a 55", "0 replica STARTED b 55");
    assertTrue(cure(TABLE).isCured());
  }

  @Test
  void when_its_time_is_over_it_tells_which_copies_are_missing() {
    copies.at(
        NOW,
        "0 primary STARTED a 55",
        "0 replica INITIALIZING b 43.2",
        "1 primary STARTED b 55",
        "1 replica UNASSIGNED -");
    Cure cure = cure(TABLE);
    assertTrue(cure.isNotCured(), cure.toString());
    assertTrue(cure.reason().startsWith("after 1800 s not STARTED: "), cure.reason());
    assertTrue(cure.reason().contains("shard 0 on b (INITIALIZING 43 %)"), cure.reason());
    assertTrue(cure.reason().contains("shard 1 (UNASSIGNED)"), cure.reason());
    assertEquals(TIMEOUT, timers.passed());
  }

  @Test
  void many_missing_copies_are_counted_and_not_all_named() {
    copies.at(
        NOW,
        "0 primary STARTED a 55",
        "0 replica UNASSIGNED -",
        "1 primary STARTED b 55",
        "1 replica UNASSIGNED -",
        "2 primary STARTED b 55",
        "2 replica UNASSIGNED -",
        "3 primary STARTED b 55",
        "3 replica UNASSIGNED -",
        "4 primary STARTED b 55",
        "4 replica UNASSIGNED -");
    assertTrue(cure(TABLE).reason().endsWith(" and 2 more"), () -> cure(TABLE).reason());
  }

  @Test
  void a_replica_that_started_is_looked_at_a_few_times_before_it_is_not_cured() {
    copies
        .at(NOW, "0 primary STARTED a 55", "0 replica INITIALIZING b 50")
        .at(seconds(100), "0 primary STARTED a 55", "0 replica STARTED b 3543348019");
    Cure cure = cure(TABLE);
    assertTrue(cure.isNotCured(), cure.toString());
    assertTrue(cure.reason().contains("shard 0 on b (3.3 GB uncommitted)"), cure.reason());
    assertTrue(cure.reason().contains("512.0 MB"), cure.reason());
    assertEquals(Optional.of(new Bytes(3543348019L)), cure.worstReplica());
    assertTrue(timers.passed().compareTo(seconds(120)) < 0, timers.passed().toString());
  }

  @Test
  void statistics_that_lag_behind_are_waited_for() {
    copies
        .at(NOW, "0 primary STARTED a 55", "0 replica STARTED b 3543348019")
        .at(seconds(2), "0 primary STARTED a 55", "0 replica STARTED b -")
        .at(seconds(3), "0 primary STARTED a 55", "0 replica STARTED b 55");
    assertTrue(cure(TABLE).isCured());
  }

  @Test
  void a_replica_without_statistics_is_neither_cured_nor_seen_to_be_sick() {
    copies.at(NOW, "0 primary STARTED a 55", "0 replica STARTED b -");
    Cure cure = cure(TABLE);
    assertEquals(Cure.State.UNPROVEN, cure.state());
    assertTrue(cure.reason().contains("no statistics"), cure.reason());
  }

  @Test
  void a_copy_that_no_node_is_left_for_keeps_nobody_waiting() {
    copies
        .at(
            NOW,
            "0 primary STARTED a 55",
            "0 replica UNASSIGNED -",
            "0 replica UNASSIGNED -",
            "0 replica UNASSIGNED -")
        .at(
            seconds(5),
            "0 primary STARTED a 55",
            "0 replica STARTED b 55",
            "0 replica UNASSIGNED -",
            "0 replica UNASSIGNED -")
        .at(
            seconds(10),
            "0 primary STARTED a 55",
            "0 replica STARTED b 55",
            "0 replica STARTED c 55",
            "0 replica UNASSIGNED -");
    Cure cure = cure(Findings.counted(1, 3, 1));
    assertTrue(cure.isCured(), cure.toString());
    assertTrue(timers.passed().compareTo(seconds(10)) >= 0, "not before all that can be are");
    assertTrue(timers.passed().compareTo(seconds(16)) < 0, timers.passed().toString());
  }

  @Test
  void a_node_that_is_away_makes_no_copy_impossible() {
    copies.at(
        NOW,
        "0 primary STARTED a 55",
        "0 replica STARTED b 55",
        "0 replica STARTED c 55",
        "0 replica UNASSIGNED -");
    Cure cure = cure(Findings.counted(1, 3, 0));
    assertTrue(cure.isNotCured(), cure.toString());
  }

  @Test
  void a_primary_without_a_node_is_never_forgiven() {
    copies.at(
        NOW,
        "0 replica UNASSIGNED -",
        "0 replica UNASSIGNED -",
        "0 replica UNASSIGNED -",
        "0 replica UNASSIGNED -");
    assertTrue(cure(TABLE).isNotCured());
  }

  @Test
  void a_copy_that_had_no_node_before_either_is_waited_for_a_minute() {
    copies
        .at(NOW, "0 primary STARTED a 55", "0 replica UNASSIGNED -", "0 replica UNASSIGNED -")
        .at(
            seconds(5),
            "0 primary STARTED a 55",
            "0 replica STARTED b 55",
            "0 replica UNASSIGNED -");
    Cure cure = cure(Findings.counted(1, 2, 1));
    assertTrue(cure.isCured(), cure.toString());
    assertTrue(cure.reason().contains("as before"), cure.reason());
    assertTrue(timers.passed().compareTo(seconds(65)) >= 0, timers.passed().toString());
    assertTrue(timers.passed().compareTo(seconds(75)) < 0, timers.passed().toString());
  }

  @Test
  void when_no_replica_at_all_came_back_it_is_not_cured_though_none_was_there_before() {
    copies.at(NOW, "0 primary STARTED a 55", "0 replica UNASSIGNED -");
    assertTrue(cure(Findings.counted(1, 1, 1)).isNotCured());
  }

  @Test
  void a_table_without_replicas_is_cured_when_its_primaries_are_started() {
    copies.at(NOW, "0 primary STARTED a 55");
    assertTrue(cure(Findings.counted(1, 0, 0)).isCured());
  }

  @Test
  void a_table_that_is_dropped_meanwhile_is_waited_for_no_more() {
    copies.at(NOW, "0 primary STARTED a 55", "0 replica UNASSIGNED -").goneAt(seconds(7));
    Cure cure = cure(TABLE);
    assertEquals(Cure.State.NOT_AWAITED, cure.state());
    assertTrue(cure.reason().contains("gone"), cure.reason());
  }

  @Test
  void no_copies_of_a_table_that_is_there_are_no_cure() {
    copies.at(NOW).at(seconds(7), "0 primary STARTED a 55", "0 replica STARTED b 55");
    assertTrue(cure(TABLE).isCured());
    assertTrue(timers.passed().compareTo(seconds(7)) >= 0, timers.passed().toString());
  }

  @Test
  void looks_that_fail_are_repeated() {
    copies.unreadableAt(NOW).at(seconds(60), "0 primary STARTED a 55", "0 replica STARTED b 55");
    assertTrue(cure(TABLE).isCured());
  }

  @Test
  void when_its_time_is_over_and_nothing_can_be_read_it_says_why() {
    copies.unreadableAt(NOW);
    Cure cure = cure(TABLE);
    assertEquals(Cure.State.UNPROVEN, cure.state());
    assertEquals("after 1800 s its copies can't be read: node b is frozen", cure.reason());
  }

  @Test
  void when_no_copy_was_seen_in_all_that_time_nothing_is_proven() {
    copies.at(NOW);
    assertEquals(Cure.State.UNPROVEN, cure(TABLE).state());
  }

  @Test
  void one_replica_that_is_seen_to_be_sick_is_enough_whatever_another_does_not_tell() {
    copies.at(
        NOW, "0 primary STARTED a 55", "0 replica STARTED b -", "0 replica STARTED c 3543348019");
    assertEquals(Cure.State.NOT_CURED, cure(TABLE).state());
  }

  @Test
  void a_stop_ends_the_wait_at_once() {
    copies.at(NOW, "0 primary STARTED a 55", "0 replica INITIALIZING b 10");
    var cure = await(TABLE);
    timers.advance(seconds(20));
    assertFalse(cure.isComplete());
    stopped.complete();
    assertEquals(Cure.State.NOT_AWAITED, cure.result().state());
    assertEquals(Optional.empty(), cure.result().backAt(), "nobody knows when");
    long looks = copies.looks();
    timers.run();
    assertEquals(looks, copies.looks(), "nobody looks any more");
  }

  @Test
  void after_a_stop_nothing_is_waited_for() {
    copies.at(NOW, "0 primary STARTED a 55", "0 replica INITIALIZING b 10");
    stopped.complete();
    assertEquals(Cure.State.NOT_AWAITED, await(TABLE).result().state());
    assertEquals(0, copies.looks());
  }

  @Test
  void hours_of_waiting_need_no_deep_stack() {
    copies
        .at(NOW, "0 primary STARTED a 55", "0 replica INITIALIZING b 10")
        .at(Duration.ofDays(3), "0 primary STARTED a 55", "0 replica STARTED b 55");
    var check =
        new ReplicaRecovery(
            copies, timers, RunListener.NONE, new Bytes(512L << 20), Duration.ofDays(4));
    assertTrue(timers.run(check.await(TABLE, stopped.future())).isCured());
  }
}
