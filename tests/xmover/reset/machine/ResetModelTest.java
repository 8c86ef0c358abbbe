package xmover.reset.machine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import xmover.reset.machine.ModelWorld.Setting;
import xmover.reset.machine.ResetModel.State;

/**
 * Every state that one table can come to with four processes, each of which may die at any moment
 * or be stopped, every answer there is, three things that others do, an ALTER that comes late and
 * one that meets another table: breadth first, so that what is found is the shortest way there.
 */
class ResetModelTest {
  private static final int RUNS = 4;
  private static final int INTERFERENCES = 3;

  /** Each state, and which one it was reached from. */
  private static final Map<State, Optional<State>> SEEN = explore();

  private static Map<State, Optional<State>> explore() {
    var model = new ResetModel(RUNS, INTERFERENCES);
    Map<State, Optional<State>> seen = new LinkedHashMap<>();
    Deque<State> open = new ArrayDeque<>();
    open.add(model.first());
    seen.put(model.first(), Optional.empty());
    while (!open.isEmpty()) {
      State state = open.remove();
      for (State next : model.next(state)) {
        if (seen.putIfAbsent(next, Optional.of(state)) == null) {
          open.add(next);
        }
      }
    }
    System.out.printf(
        "%,d states of one table, %d processes, %d interferences%n",
        seen.size(), RUNS, INTERFERENCES);
    return seen;
  }

  @Test
  void while_nobody_is_at_work_a_table_without_its_replicas_is_in_the_journal() {
    assertNone(state -> state.live().isEmpty() && isBare(state.world()) && !state.world().isOpen());
  }

  @Test
  void another_table_that_was_met_is_in_the_journal_until_it_has_replicas() {
    assertNone(state -> state.live().isEmpty() && state.world().stray() && !state.world().isOpen());
  }

  @Test
  void nothing_is_set_to_0_that_is_not_in_the_journal() {
    assertNone(state -> isBare(state.world()) && state.world().journal().isEmpty());
  }

  @Test
  void once_the_trouble_is_over_resume_puts_every_table_back_and_closes_its_entry() {
    var model = new ResetModel(RUNS, INTERFERENCES);
    assertNone(
        state -> {
          if (state.live().isPresent() || !state.world().isOpen()) {
            return false;
          }
          ModelWorld end = model.healed(state.world());
          return isBare(end) || end.isOpen();
        });
  }

  @Test
  void the_worst_there_is_is_among_them() {
    Map<String, Predicate<State>> worst = new HashMap<>();
    worst.put("late", state -> state.world().zeroInFlight() && state.live().isEmpty());
    worst.put("interim", state -> state.world().setting() == Setting.INTERIM);
    worst.put("stray", state -> state.world().stray() && state.live().isEmpty());
    worst.put("third", state -> state.world().runs() == RUNS && state.live().isPresent());
    worst.forEach(
        (name, one) -> assertTrue(SEEN.keySet().stream().anyMatch(one), "none is " + name));
  }

  private static boolean isBare(ModelWorld world) {
    return world.setting() == Setting.ZERO || world.setting() == Setting.INTERIM;
  }

  private static void assertNone(Predicate<State> wrong) {
    State found = SEEN.keySet().stream().filter(wrong).findFirst().orElse(null);
    assertEquals("", way(found));
  }

  /** How it comes to that. */
  private static String way(@Nullable State end) {
    StringBuilder way = new StringBuilder();
    Optional<State> state = Optional.ofNullable(end);
    while (state.isPresent()) {
      way.insert(0, "\n" + state.get());
      state = SEEN.get(state.get());
    }
    return way.toString();
  }
}
