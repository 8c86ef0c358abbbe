package xmover.reset.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.reset.machine.ResetCommand.Look;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetMachine.Step;
import xmover.table.IndexUuid;
import xmover.table.LeaseReading;
import xmover.table.LeaseReading.Shard;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

class ResetMachineTest {
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:16Z");
  private static final Duration MAX_WAIT = Duration.ofSeconds(720);
  private static final ResetPolicy POLICY =
      new ResetPolicy(MAX_WAIT, Optional.empty(), Backoff.Ladder.HANDBOOK, true);
  private static final ResetMachine MACHINE = new ResetMachine(POLICY);
  private static final ReplicaSetting ORIGINAL = new ReplicaSetting("0-1");

  private static final Optional<TableIdentity> WHO =
      Optional.of(new TableIdentity("cluster-1", new IndexUuid("2ynQ0y58Rz-Co2PojY4Feg")));

  private static final ResetEvent RESTORE_FAILED = failed("down");

  private static final List<ResetEvent> EVENTS =
      List.of(
          new ResetEvent.Started(),
          new ResetEvent.SettingRead(Optional.of(ORIGINAL), 2, WHO),
          new ResetEvent.ReadFailed("down"),
          new ResetEvent.TableGone(),
          new ResetEvent.ZeroSeen(ZeroAlter.SEEN),
          new ResetEvent.ZeroFailed("lost", ZeroAlter.LOST),
          new ResetEvent.LeasesRead(reading(1, 1)),
          new ResetEvent.LookFailed("down"),
          new ResetEvent.Renamed(TableRef.of("doc", "t_old")),
          new ResetEvent.Disturbed(Cause.CHANGED_BY_OTHERS, "somebody closed it"),
          new ResetEvent.NothingSent(),
          new ResetEvent.StrayLooked(Optional.empty()),
          new ResetEvent.ZeroPending(),
          new ResetEvent.JournalFailed("disk full"),
          new ResetEvent.InterimChosen(new ReplicaSetting("0-1")),
          new ResetEvent.TimeUp("the lease sync tick"),
          new ResetEvent.RestoreSeen(false, false),
          new ResetEvent.NeverChanged(),
          new ResetEvent.ChangedByOthers("3"),
          RESTORE_FAILED,
          new ResetEvent.Resumed(false, ZeroAlter.SEEN, Optional.empty()),
          new ResetEvent.Stopped("SIGTERM"));

  private static final Class<?> WRITE_AHEAD = ResetCommand.WriteAhead.class;
  private static final Class<?> WRITE_BEHIND = ResetCommand.WriteBehind.class;
  private static final Class<?> READ_SETTING = ResetCommand.ReadSetting.class;
  private static final Class<?> SET_ZERO = ResetCommand.SetZero.class;
  private static final Class<?> LOOK = Look.class;
  private static final Class<?> RESTORE = ResetCommand.Restore.class;

  /** The state that follows, and what is done, in this order. */
  private record To(ResetState state, List<Class<?>> commands) {}

  /** State → event → what follows. What is not listed is illegal. */
  private static final Map<ResetState, Map<Class<?>, To>> TABLE =
      Map.of(
          ResetState.DETECTED,
          Map.of(
              ResetEvent.Started.class, to(ResetState.DETECTED, READ_SETTING),
              ResetEvent.SettingRead.class,
                  to(ResetState.SETTING_REPLICAS_ZERO, WRITE_AHEAD, SET_ZERO),
              ResetEvent.ReadFailed.class, to(ResetState.FAILED),
              ResetEvent.TableGone.class, to(ResetState.FAILED),
              ResetEvent.Stopped.class, to(ResetState.FAILED)),
          ResetState.SETTING_REPLICAS_ZERO,
          Map.of(
              ResetEvent.JournalFailed.class,
                  to(ResetState.RESTORING_REPLICAS, WRITE_BEHIND, RESTORE),
              ResetEvent.ZeroSeen.class, to(ResetState.MONITORING_LEASES, WRITE_BEHIND, LOOK),
              ResetEvent.ZeroFailed.class, to(ResetState.RESTORING_REPLICAS, WRITE_BEHIND, RESTORE),
              ResetEvent.Renamed.class, to(ResetState.SETTING_REPLICAS_ZERO),
              ResetEvent.StrayLooked.class, to(ResetState.SETTING_REPLICAS_ZERO),
              ResetEvent.ZeroPending.class, to(ResetState.SETTING_REPLICAS_ZERO, WRITE_AHEAD),
              ResetEvent.Stopped.class, to(ResetState.SETTING_REPLICAS_ZERO)),
          ResetState.MONITORING_LEASES,
          Map.of(
              ResetEvent.LeasesRead.class, to(ResetState.RESTORING_REPLICAS, WRITE_BEHIND, RESTORE),
              ResetEvent.Resumed.class, to(ResetState.RESTORING_REPLICAS, WRITE_BEHIND, RESTORE),
              ResetEvent.LookFailed.class, to(ResetState.MONITORING_LEASES, LOOK),
              ResetEvent.TimeUp.class, to(ResetState.RESTORING_REPLICAS, WRITE_BEHIND, RESTORE),
              ResetEvent.Renamed.class, to(ResetState.MONITORING_LEASES, LOOK),
              ResetEvent.Disturbed.class, to(ResetState.RESTORING_REPLICAS, WRITE_BEHIND, RESTORE),
              ResetEvent.Stopped.class, to(ResetState.RESTORING_REPLICAS, WRITE_BEHIND, RESTORE)),
          ResetState.RESTORING_REPLICAS,
          Map.ofEntries(
              Map.entry(ResetEvent.RestoreSeen.class, to(ResetState.COMPLETED, WRITE_BEHIND)),
              Map.entry(
                  ResetEvent.Resumed.class,
                  to(ResetState.RESTORING_REPLICAS, WRITE_BEHIND, RESTORE)),
              Map.entry(ResetEvent.NeverChanged.class, to(ResetState.COMPLETED, WRITE_BEHIND)),
              Map.entry(ResetEvent.ChangedByOthers.class, to(ResetState.FAILED, WRITE_BEHIND)),
              Map.entry(ResetEvent.TableGone.class, to(ResetState.FAILED, WRITE_BEHIND)),
              Map.entry(ResetEvent.RestoreFailed.class, to(ResetState.FAILED, WRITE_BEHIND)),
              Map.entry(ResetEvent.NothingSent.class, to(ResetState.COMPLETED, WRITE_BEHIND)),
              Map.entry(
                  ResetEvent.InterimChosen.class, to(ResetState.RESTORING_REPLICAS, WRITE_AHEAD)),
              Map.entry(ResetEvent.StrayLooked.class, to(ResetState.RESTORING_REPLICAS)),
              Map.entry(ResetEvent.Renamed.class, to(ResetState.RESTORING_REPLICAS)),
              Map.entry(ResetEvent.Stopped.class, to(ResetState.RESTORING_REPLICAS))),
          ResetState.COMPLETED,
          Map.of(),
          ResetState.FAILED,
          Map.of());

  private static To to(ResetState state, Class<?>... commands) {
    return new To(state, List.of(commands));
  }

  private static ResetCommand action(Step step) {
    return step.commands().get(step.commands().size() - 1);
  }

  static Stream<Arguments> everyPair() {
    return Stream.of(ResetState.values())
        .flatMap(state -> EVENTS.stream().map(event -> Arguments.of(state, event)));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void every_pair_of_state_and_event_leads_where_the_table_says_or_is_illegal(
      ResetState state, ResetEvent event) {
    To expected = TABLE.get(state).get(event.getClass());
    if (expected == null) {
      var refused =
          assertThrows(IllegalStateException.class, () -> MACHINE.on(job(state), event, NOW));
      assertTrue(refused.getMessage().contains(state.name()), refused.getMessage());
    } else {
      Step step = MACHINE.on(job(state), event, NOW);
      List<Class<?>> commands = step.commands().stream().<Class<?>>map(Object::getClass).toList();
      assertEquals(expected, new To(step.job().state(), commands));
    }
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void a_table_is_set_to_zero_only_after_the_journal_was_written(
      ResetState state, ResetEvent event) {
    To to = TABLE.get(state).getOrDefault(event.getClass(), to(state));
    int zero = to.commands().indexOf(SET_ZERO);
    assertTrue(zero < 0 || to.commands().subList(0, zero).contains(WRITE_AHEAD), to.toString());
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void a_table_at_risk_never_ends_without_a_restore(ResetState state, ResetEvent event) {
    if (!state.isAtRisk() || !TABLE.get(state).containsKey(event.getClass())) {
      return;
    }
    Step step = MACHINE.on(job(state), event, NOW);
    boolean restoring = state == ResetState.RESTORING_REPLICAS;
    assertTrue(step.job().state().isAtRisk() || restoring, step.toString());
  }

  @Test
  void a_table_without_replicas_or_with_an_unknown_setting_is_never_touched() {
    for (var setting :
        List.of(Optional.of(ReplicaSetting.ZERO), Optional.<ReplicaSetting>empty())) {
      var read = new ResetEvent.SettingRead(setting, 2, WHO);
      Step step = MACHINE.on(job(ResetState.DETECTED), read, NOW);
      assertEquals(ResetState.FAILED, step.job().state());
      assertEquals(Cause.NOT_TOUCHED, step.job().cause().orElseThrow().cause());
      assertEquals(List.of(), step.commands());
    }
  }

  @Test
  void the_leases_are_looked_at_at_once_after_a_lease_sync() {
    Step step =
        MACHINE.on(
            job(ResetState.SETTING_REPLICAS_ZERO), new ResetEvent.ZeroSeen(ZeroAlter.SEEN), NOW);
    assertEquals(new Look(Duration.ZERO, true), action(step));
    assertEquals(NOW.plus(MAX_WAIT), step.job().deadline());
  }

  @Test
  void without_lease_sync_it_is_the_handbooks_procedure() {
    var machine =
        new ResetMachine(
            new ResetPolicy(MAX_WAIT, Optional.empty(), Backoff.Ladder.HANDBOOK, false));
    Step step =
        machine.on(
            job(ResetState.SETTING_REPLICAS_ZERO), new ResetEvent.ZeroSeen(ZeroAlter.SEEN), NOW);
    assertEquals(new Look(Duration.ZERO, false), action(step));
    step = machine.on(step.job(), new ResetEvent.LeasesRead(reading(2, 1)), NOW);
    assertEquals(new Look(Duration.ofSeconds(10), false), action(step));
    step = machine.on(step.job(), new ResetEvent.LeasesRead(reading(2, 1)), NOW.plusSeconds(10));
    assertEquals(new Look(Duration.ofSeconds(15), false), action(step));
  }

  @Test
  void the_last_look_is_when_the_time_is_up_and_then_the_setting_is_restored() {
    Step step =
        MACHINE.on(
            monitoring(),
            new ResetEvent.LeasesRead(reading(2, 1)),
            NOW.plus(MAX_WAIT).minusSeconds(3));
    assertEquals(new Look(Duration.ofSeconds(1), true), action(step));
    step = MACHINE.on(step.job(), new ResetEvent.LeasesRead(reading(2, 1)), NOW.plus(MAX_WAIT));
    assertInstanceOf(ResetCommand.Restore.class, action(step));
    step = MACHINE.on(step.job(), new ResetEvent.RestoreSeen(false, false), NOW.plus(MAX_WAIT));
    assertEquals(ResetState.FAILED, step.job().state());
    assertEquals(Cause.LEASES_TIMED_OUT, step.job().cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.DONE, step.job().restore());
  }

  @Test
  void a_sync_is_asked_for_at_once_when_a_moving_primary_has_started_and_not_while_it_moves() {
    Step moving = MACHINE.on(monitoring(), new ResetEvent.LeasesRead(relocating()), NOW);
    assertEquals(new Look(Duration.ofSeconds(1), false), action(moving));
    Step started =
        MACHINE.on(moving.job(), new ResetEvent.LeasesRead(reading(2, 1)), NOW.plusSeconds(1));
    assertEquals(new Look(Duration.ZERO, true), action(started));
  }

  @Test
  void a_sync_is_asked_for_again_as_long_as_leases_are_left_and_all_primaries_are_started() {
    Step step = MACHINE.on(monitoring(), new ResetEvent.LeasesRead(reading(2, 1)), NOW);
    for (int looks = 1; looks <= 5; looks++) {
      assertEquals(new Look(Duration.ofSeconds(looks), true), action(step));
      step = MACHINE.on(step.job(), new ResetEvent.LeasesRead(reading(2, 1)), NOW);
    }
    assertEquals(new Look(Duration.ofSeconds(90), true), action(step));
    step = MACHINE.on(step.job(), new ResetEvent.LookFailed("no answer"), NOW);
    assertEquals(false, ((Look) action(step)).sync());
  }

  @Test
  void a_table_that_nobody_could_find_again_is_never_touched() {
    var read = new ResetEvent.SettingRead(Optional.of(ORIGINAL), 2, Optional.empty());
    Step step = MACHINE.on(job(ResetState.DETECTED), read, NOW);
    assertEquals(Cause.NOT_TOUCHED, step.job().cause().orElseThrow().cause());
  }

  @Test
  void the_first_cause_is_kept_through_a_failed_restore() {
    Step step =
        MACHINE.on(
            job(ResetState.SETTING_REPLICAS_ZERO),
            new ResetEvent.ZeroFailed("no answer", ZeroAlter.LOST),
            NOW);
    step = MACHINE.on(step.job(), failed("node down"), NOW);
    assertEquals(
        new ResetFailure(Cause.ZEROING_FAILED, "no answer; then the restore failed: node down"),
        step.job().cause().orElseThrow());
    assertEquals(RestoreOutcome.FAILED, step.job().restore());
  }

  @Test
  void a_stop_signal_never_interrupts_a_restore() {
    ResetJob restoring = job(ResetState.RESTORING_REPLICAS);
    Step step = MACHINE.on(restoring, new ResetEvent.Stopped("SIGTERM"), NOW);
    assertEquals(restoring, step.job());
  }

  @Test
  void a_stop_signal_waits_for_the_alter_under_way_and_restores_then() {
    ResetJob zeroing = job(ResetState.SETTING_REPLICAS_ZERO);
    Step step = MACHINE.on(zeroing, new ResetEvent.Stopped("SIGTERM"), NOW);
    assertEquals(List.of(), step.commands());
    assertTrue(step.job().stopping());
    step = MACHINE.on(step.job(), new ResetEvent.ZeroSeen(ZeroAlter.SEEN), NOW);
    assertEquals(new ResetCommand.Restore(ZeroAlter.SEEN, true, false), action(step));
    assertEquals(Cause.STOPPED, step.job().cause().orElseThrow().cause());
  }

  @Test
  void a_resumed_reset_waits_on_while_it_is_at_zero_and_restores_else() {
    Step atZero =
        MACHINE.on(
            monitoring(), new ResetEvent.Resumed(true, ZeroAlter.SEEN, Optional.empty()), NOW);
    assertEquals(new Look(Duration.ZERO, true), action(atZero));
    Step otherwise =
        MACHINE.on(
            monitoring(), new ResetEvent.Resumed(false, ZeroAlter.SEEN, Optional.empty()), NOW);
    assertEquals(new ResetCommand.Restore(ZeroAlter.SEEN, false, false), action(otherwise));
  }

  @Test
  void what_was_read_travels_verbatim_to_the_restore() {
    Step step =
        MACHINE.on(
            job(ResetState.DETECTED),
            new ResetEvent.SettingRead(Optional.of(new ReplicaSetting("1-all")), 7, WHO),
            NOW);
    assertEquals("1-all", step.job().originalSetting().text());
    assertEquals(7, step.job().primaries());
    assertNotEquals(null, step.job().times().zeroSince());
  }

  private static ResetEvent failed(String reason) {
    return new ResetEvent.RestoreFailed(reason);
  }

  private static ResetJob monitoring() {
    return MACHINE
        .on(job(ResetState.SETTING_REPLICAS_ZERO), new ResetEvent.ZeroSeen(ZeroAlter.SEEN), NOW)
        .job();
  }

  /** A job that came to a state the shortest legal way. */
  private static ResetJob job(ResetState state) {
    ResetJob job = ResetJob.detected(TableRef.of("doc", "t"), NOW);
    if (state == ResetState.DETECTED) {
      return job;
    }
    job = job.withSetting(ORIGINAL, 2).enter(ResetState.SETTING_REPLICAS_ZERO, NOW);
    if (state == ResetState.SETTING_REPLICAS_ZERO) {
      return job;
    }
    job = job.enter(ResetState.MONITORING_LEASES, NOW).withDeadline(NOW.plus(MAX_WAIT));
    if (state == ResetState.MONITORING_LEASES) {
      return job;
    }
    job = job.enter(ResetState.RESTORING_REPLICAS, NOW);
    return state == ResetState.RESTORING_REPLICAS ? job : job.enter(state, NOW);
  }

  private static LeaseReading reading(int... leases) {
    return new LeaseReading(
        leases.length,
        java.util.stream.IntStream.range(0, leases.length)
            .mapToObj(
                id ->
                    new Shard(
                        id,
                        "n1",
                        "STARTED",
                        java.util.Collections.nCopies(leases[id], "peer recovery")))
            .toList());
  }

  private static LeaseReading relocating() {
    return new LeaseReading(
        2,
        List.of(
            new Shard(0, "n1", "STARTED", List.of("peer recovery")),
            new Shard(1, "n2", "RELOCATING", List.of("peer recovery", "peer recovery"))));
  }
}
