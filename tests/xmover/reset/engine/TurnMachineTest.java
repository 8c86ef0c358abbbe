package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.reset.Cure;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.reset.RemedyResult;
import xmover.reset.TableResult;
import xmover.reset.TestResults;
import xmover.reset.engine.TurnMachine.Command;
import xmover.reset.engine.TurnMachine.Step;
import xmover.reset.engine.TurnMachine.Turn;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Verdict;

/** A table's turn as a table: what follows on what, and that no way to a reset passes the gates. */
class TurnMachineTest {
  private static final Finding SICK =
      with(TestResults.of("doc.t", "completed").finding(), Verdict.reset("1.2 GB"));
  private static final List<GateVerdict> SHUT =
      List.of(GateVerdict.shut("disk", "node a is at 95 %", "free some"));
  private static final List<GateVerdict> OPEN = List.of(GateVerdict.open("disk", "all is well"));

  private static final TurnEvent BEGUN = new TurnEvent.Begun(Optional.empty());
  private static final TurnEvent NOTHING_FITS = new TurnEvent.Tried(Optional.empty(), List.of());
  private static final TurnEvent PERMITTED = new TurnEvent.Permitted(OPEN);
  private static final TurnEvent SICK_STILL = new TurnEvent.StillSick(false, Optional.empty());
  private static final TurnEvent RESET_DONE = reset("completed");

  private static final List<TurnEvent> EVENTS =
      List.of(
          BEGUN,
          new TurnEvent.Begun(Optional.of("the run is stopped")),
          NOTHING_FITS,
          new TurnEvent.Tried(Optional.of(moved(false)), OPEN),
          new TurnEvent.Tried(Optional.of(moved(true)), OPEN),
          new TurnEvent.NotTried("a bug"),
          PERMITTED,
          new TurnEvent.Refused("disk", SHUT),
          new TurnEvent.Healed(moved(false)),
          SICK_STILL,
          new TurnEvent.StillSick(true, Optional.empty()),
          new TurnEvent.StillSick(false, Optional.of("the run is stopped")),
          new TurnEvent.NotSeen("down"),
          RESET_DONE,
          reset("critical"),
          new TurnEvent.Recovered(Cure.cured(Bytes.ZERO)));

  /** What may be told in which state, and which commands may follow. */
  private static final Map<TurnState, Map<Class<?>, Set<Command>>> TABLE =
      Map.of(
          TurnState.QUEUED,
          Map.of(TurnEvent.Begun.class, Set.of(Command.TRY_GENTLER, Command.NOTHING)),
          TurnState.TRYING_GENTLER,
          Map.of(
              TurnEvent.Tried.class, Set.of(Command.ASK_GATES, Command.NOTHING),
              TurnEvent.NotTried.class, Set.of(Command.NOTHING)),
          TurnState.ASKING_GATES,
          Map.of(
              TurnEvent.Permitted.class, Set.of(Command.CHECK),
              TurnEvent.Refused.class, Set.of(Command.NOTHING)),
          TurnState.CHECKING,
          Map.of(
              TurnEvent.Healed.class, Set.of(Command.NOTHING),
              TurnEvent.NotSeen.class, Set.of(Command.NOTHING),
              TurnEvent.StillSick.class, Set.of(Command.RESET, Command.ASK_GATES, Command.NOTHING)),
          TurnState.RESETTING,
          Map.of(TurnEvent.ResetEnded.class, Set.of(Command.AWAIT_RECOVERY, Command.NOTHING)),
          TurnState.RECOVERING,
          Map.of(TurnEvent.Recovered.class, Set.of(Command.NOTHING)),
          TurnState.ENDED,
          Map.of());

  static Stream<Arguments> everyPair() {
    return Stream.of(TurnState.values())
        .flatMap(state -> EVENTS.stream().map(event -> Arguments.of(state, event)));
  }

  @ParameterizedTest
  @MethodSource("everyPair")
  void every_pair_of_state_and_event_is_in_the_table_or_illegal(TurnState state, TurnEvent event) {
    Set<Command> expected = TABLE.get(state).get(event.getClass());
    if (expected == null) {
      assertThrows(IllegalStateException.class, () -> TurnMachine.on(turn(state), event));
      return;
    }
    Step step = TurnMachine.on(turn(state), event);
    assertTrue(expected.contains(step.command()), step.toString());
    assertTrue(state.next().contains(step.turn().state()), step.toString());
    assertEquals(
        step.turn().state() == TurnState.ENDED, step.command() == Command.NOTHING, step.toString());
    assertTrue(
        step.turn().state() != TurnState.ENDED || step.turn().result().isPresent(),
        step.toString());
  }

  /** Walks every way there is, whatever is told. */
  @Test
  void a_reset_begins_only_after_open_gates_and_a_look_since() {
    Deque<List<TurnState>> ways = new ArrayDeque<>(List.of(List.of(TurnState.QUEUED)));
    Set<List<TurnState>> resets = new HashSet<>();
    while (!ways.isEmpty()) {
      List<TurnState> way = ways.remove();
      TurnState last = way.get(way.size() - 1);
      if (last == TurnState.RESETTING) {
        resets.add(way.subList(way.size() - 3, way.size()));
      } else if (way.size() < 10) {
        TABLE.get(last).keySet().stream()
            .flatMap(kind -> EVENTS.stream().filter(kind::isInstance))
            .map(event -> TurnMachine.on(turn(last), event).turn().state())
            .forEach(next -> ways.add(Stream.concat(way.stream(), Stream.of(next)).toList()));
      }
    }
    assertEquals(
        Set.of(List.of(TurnState.ASKING_GATES, TurnState.CHECKING, TurnState.RESETTING)), resets);
  }

  @Test
  void what_no_reset_would_help_never_comes_to_the_gates() {
    for (Verdict verdict : List.of(Verdict.skip("no replicas"), Verdict.early("a hole"))) {
      for (TurnEvent tried : EVENTS.stream().filter(TurnEvent.Tried.class::isInstance).toList()) {
        Turn turn = TurnMachine.on(Turn.queued(with(SICK, verdict)), BEGUN).turn();
        Step step = TurnMachine.on(turn, tried);
        assertEquals(Command.NOTHING, step.command(), verdict + " " + tried);
        assertTrue(step.turn().result().orElseThrow().job().isEmpty());
      }
    }
  }

  @Test
  void after_a_pause_the_gates_are_asked_again() {
    Step step =
        TurnMachine.on(
            turn(TurnState.CHECKING), new TurnEvent.StillSick(true, Optional.of("stopped")));
    assertEquals(Command.ASK_GATES, step.command());
  }

  @Test
  void a_reset_that_could_not_be_restored_waits_for_no_replicas() {
    Step step = TurnMachine.on(turn(TurnState.RESETTING), reset("critical"));
    assertEquals(Command.NOTHING, step.command());
    assertTrue(step.turn().result().orElseThrow().isCritical());
  }

  @Test
  void what_was_tried_before_is_part_of_how_it_ended() {
    Turn tried =
        TurnMachine.on(
                turn(TurnState.TRYING_GENTLER), new TurnEvent.Tried(Optional.of(moved(true)), OPEN))
            .turn();
    TableResult result =
        TurnMachine.on(tried, new TurnEvent.Refused("disk", SHUT)).turn().result().orElseThrow();
    assertTrue(result.isRefused());
    assertEquals(Remedy.MOVE, result.treatment().orElseThrow().remedy());
    assertFalse(result.isCompleted());
  }

  private static TurnEvent reset(String how) {
    return new TurnEvent.ResetEnded(TestResults.of("doc.t", how).job().orElseThrow());
  }

  private static RemedyResult moved(boolean resetNext) {
    var cure =
        resetNext ? Cure.notCured("a hole is left", Optional.empty()) : Cure.cured(Bytes.ZERO);
    return new RemedyResult(Remedy.MOVE, true, cure, "moved", resetNext);
  }

  private static Finding with(Finding finding, Verdict verdict) {
    return new Finding(finding.relation(), finding.totals(), finding.shards(), verdict);
  }

  /** A turn that came to a state the shortest legal way. */
  private static Turn turn(TurnState state) {
    Turn turn = Turn.queued(SICK);
    for (TurnEvent event : List.of(BEGUN, NOTHING_FITS, PERMITTED, SICK_STILL, RESET_DONE)) {
      if (turn.state() == state) {
        return turn;
      }
      turn = TurnMachine.on(turn, event).turn();
    }
    return state == TurnState.RECOVERING
        ? turn
        : TurnMachine.on(turn, new TurnEvent.Recovered(Cure.cured(Bytes.ZERO))).turn();
  }
}
