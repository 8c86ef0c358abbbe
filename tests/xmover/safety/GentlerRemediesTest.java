package xmover.safety;

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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.environment.SteppedTimers;
import xmover.reset.Cure;
import xmover.reset.RecoveryCheck;
import xmover.reset.Remedy;
import xmover.reset.ResetListener;
import xmover.reset.Treatment;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;

/** A flush or a rebuilt copy: sent where it fits, and proven. */
class GentlerRemediesTest {
  private static final Duration NOW = Duration.ZERO;
  private static final String FLUSH =
      "OPTIMIZE TABLE \"doc\".\"t\" WITH (flush = true, max_num_segments = 10000)";
  private static final String CANCEL =
      "ALTER TABLE \"doc\".\"t\" REROUTE CANCEL SHARD 0 ON 'b' WITH (allow_primary = false)";
  private static final Bytes HEALED = new Bytes(512L << 20);
  private static final Finding FLUSHES =
      Findings.diagnosed(1, List.of(Diagnosis.Kind.FLUSHES_BY_ITSELF));
  private static final Finding HOLE = Findings.diagnosed(2, List.of(Diagnosis.Kind.HOLE));

  private final SteppedTimers timers = new SteppedTimers();
  private final ScriptedCopies copies = new ScriptedCopies(timers, 3);
  private final FaultyCluster link = new FaultyCluster(copies, timers);
  private final List<Remedy> told = new ArrayList<>();
  private final Promise<Void> stopped = Promise.promise();
  private Optional<Duration> waits = Optional.of(Duration.ofMinutes(1));

  private Future<Optional<Treatment>> start(RemedyChoice choice, Finding table) {
    var listener =
        new ResetListener() {
          @Override
          public void treating(Finding finding, Remedy remedy) {
            told.add(remedy);
          }
        };
    RecoveryCheck check =
        waits
            .<RecoveryCheck>map(time -> new CureCheck(link, timers, listener, HEALED, time))
            .orElse(RecoveryCheck.NONE);
    return new GentlerRemedies(choice, link, listener, check, check, HEALED)
        .apply(table, stopped.future());
  }

  private Optional<Treatment> apply(RemedyChoice choice, Finding table) {
    return timers.run(start(choice, table));
  }

  private void healthyAt(Duration since) {
    copies.at(since, "0 primary STARTED a 55", "0 replica STARTED b 55", "0 replica STARTED c 55");
  }

  /** Bad when its turn comes, healthy after whatever is done. */
  private void healthy() {
    stillBad();
    healthyAt(Duration.ofMillis(1));
  }

  private void stillBad() {
    copies.at(
        NOW, "0 primary STARTED a 55", "0 replica STARTED b 3543348019", "0 replica STARTED c 55");
  }

  @Test
  void a_reset_is_left_to_the_reset() {
    stillBad();
    assertEquals(Optional.empty(), apply(RemedyChoice.RESET, FLUSHES));
    assertEquals(List.of(), link.written());
  }

  @ParameterizedTest
  @EnumSource(RemedyChoice.class)
  void a_table_that_is_healed_when_its_turn_comes_is_left_as_it_is(RemedyChoice choice) {
    healthyAt(NOW);
    Treatment treatment = apply(choice, HOLE).orElseThrow();
    assertEquals(Remedy.NONE, treatment.remedy());
    assertTrue(treatment.cure().isCured() && !treatment.applied() && !treatment.resetNext());
    assertEquals("no replica holds more than 512.0 MB any more, the worst 55 B", treatment.told());
    assertEquals(List.of(), link.written());
  }

  @Test
  void a_table_whose_copies_are_not_all_back_is_not_taken_for_healed() {
    copies.at(NOW, "0 primary STARTED a 55", "0 replica STARTED b 55", "0 replica UNASSIGNED -");
    assertEquals(Optional.empty(), apply(RemedyChoice.RESET, HOLE));
  }

  @Test
  void what_cannot_be_read_is_treated_as_it_was_detected() {
    copies.unreadableAt(NOW);
    assertEquals(Optional.empty(), apply(RemedyChoice.RESET, HOLE));
  }

  @ParameterizedTest
  @EnumSource(
      value = RemedyChoice.class,
      names = {"FLUSH", "AUTO"})
  void a_flush_that_heals_is_all_there_is_to_do(RemedyChoice choice) {
    healthy();
    Treatment treatment = apply(choice, FLUSHES).orElseThrow();
    assertEquals(List.of(FLUSH), link.written());
    assertEquals(List.of(Remedy.FLUSH), told);
    assertTrue(treatment.cure().isCured(), treatment.toString());
    assertTrue(treatment.applied());
    assertFalse(treatment.resetNext());
  }

  @Test
  void one_bad_copy_is_rebuilt_and_waited_for() {
    stillBad();
    copies
        .at(
            Duration.ofMillis(2),
            "0 primary STARTED a 55",
            "0 replica STARTED c 55",
            "0 replica UNASSIGNED -")
        .at(
            Duration.ofSeconds(31),
            "0 primary STARTED a 55",
            "0 replica STARTED b 55",
            "0 replica STARTED c 55");
    link.once("REROUTE CANCEL", execution -> execution.get());
    Treatment treatment = apply(RemedyChoice.AUTO, HOLE).orElseThrow();
    assertEquals(List.of(CANCEL), link.written());
    assertEquals(List.of(Remedy.CANCEL), told);
    assertTrue(treatment.cure().isCured(), treatment.toString());
    assertTrue(timers.passed().compareTo(Duration.ofSeconds(31)) >= 0);
  }

  @Test
  void no_copy_is_dropped_when_fewer_than_two_others_are_started_by_now() {
    copies.at(
        NOW,
        "0 primary STARTED a 55",
        "0 replica STARTED b 3543348019",
        "0 replica INITIALIZING c 20");
    Treatment treatment = apply(RemedyChoice.CANCEL, HOLE).orElseThrow();
    assertEquals(List.of(), link.written());
    assertFalse(treatment.applied());
  }

  @Test
  void a_bad_copy_that_became_the_primary_is_not_dropped() {
    copies.at(
        NOW,
        "0 primary STARTED b 3543348019",
        "0 replica STARTED a 2147483648",
        "0 replica STARTED c 55");
    Treatment treatment = apply(RemedyChoice.CANCEL, HOLE).orElseThrow();
    assertEquals(List.of(), link.written());
    assertFalse(treatment.applied());
  }

  @Test
  void copies_that_cannot_be_looked_at_are_not_dropped() {
    copies.unreadableAt(NOW);
    Treatment treatment = apply(RemedyChoice.CANCEL, HOLE).orElseThrow();
    assertEquals(List.of(), link.written());
    assertTrue(treatment.told().contains("node b is frozen"), treatment.told());
  }

  @Test
  void with_auto_a_remedy_that_does_not_heal_is_followed_by_the_reset() {
    stillBad();
    Treatment treatment = apply(RemedyChoice.AUTO, FLUSHES).orElseThrow();
    assertTrue(treatment.cure().isNotCured(), treatment.toString());
    assertTrue(treatment.resetNext());
  }

  @Test
  void a_remedy_that_was_asked_for_and_does_not_heal_is_followed_by_nothing() {
    stillBad();
    Treatment treatment = apply(RemedyChoice.FLUSH, FLUSHES).orElseThrow();
    assertTrue(treatment.cure().isNotCured(), treatment.toString());
    assertFalse(treatment.resetNext());
  }

  @Test
  void a_remedy_that_was_asked_for_and_does_not_fit_changes_nothing_and_names_another() {
    Treatment treatment = apply(RemedyChoice.FLUSH, HOLE).orElseThrow();
    assertEquals(List.of(), link.written());
    assertEquals(List.of(), told);
    assertFalse(treatment.applied());
    assertFalse(treatment.resetNext());
    assertTrue(treatment.told().contains("--remedy auto"), treatment.told());
  }

  @Test
  void what_crate_db_refuses_is_told_and_with_auto_followed_by_the_reset() {
    link.always("OPTIMIZE", FaultyCluster.fail(Kind.REFUSED));
    Treatment refused = apply(RemedyChoice.FLUSH, FLUSHES).orElseThrow();
    assertTrue(refused.told().contains("scripted REFUSED"), refused.told());
    assertFalse(refused.resetNext());
    assertTrue(apply(RemedyChoice.AUTO, FLUSHES).orElseThrow().resetNext());
  }

  @Test
  void a_lost_answer_is_no_failure_the_copies_tell() {
    healthy();
    link.always("OPTIMIZE", FaultyCluster.loseAnswer(Kind.TIMEOUT));
    assertTrue(apply(RemedyChoice.FLUSH, FLUSHES).orElseThrow().cure().isCured());
  }

  @Test
  void a_stop_ends_the_wait_and_no_reset_follows() {
    copies.at(
        NOW, "0 primary STARTED a 55", "0 replica INITIALIZING b 10", "0 replica STARTED c 55");
    var applied = start(RemedyChoice.AUTO, FLUSHES);
    timers.advance(Duration.ofSeconds(5));
    stopped.complete();
    Treatment treatment = timers.run(applied).orElseThrow();
    assertEquals(Cure.State.NOT_AWAITED, treatment.cure().state());
    assertFalse(treatment.resetNext());
  }

  @Test
  void where_nobody_waits_auto_tells_that_a_reset_may_follow() {
    waits = Optional.empty();
    Treatment treatment = apply(RemedyChoice.AUTO, FLUSHES).orElseThrow();
    assertEquals(List.of(FLUSH), link.written());
    assertTrue(treatment.told().contains("a reset follows"), treatment.told());
  }
}
