package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;
import org.junit.jupiter.api.Test;
import xmover.reset.Exposure;
import xmover.table.Bytes;
import xmover.table.Finding;

/** How many tables, and how much data, are at one copy at the same moment. */
class ExposureBudgetTest {
  private static final Bytes GB = new Bytes(1L << 30);

  private static ExposureBudget tables(int n) {
    return new ExposureBudget(new ExposureLimits(n, Optional.empty(), n));
  }

  private static ExposureBudget bytes(long most) {
    return new ExposureBudget(new ExposureLimits(100, Optional.of(new Bytes(most)), 100));
  }

  private static Finding table(String name) {
    return Findings.holding(name, 10);
  }

  @Test
  void as_many_tables_as_allowed_are_in_and_the_next_enters_when_one_leaves() {
    var budget = tables(2);
    assertTrue(budget.enter(table("a")).isComplete());
    assertTrue(budget.enter(table("b")).isComplete());
    var third = budget.enter(table("c"));
    assertFalse(third.isComplete());
    budget.leave(table("a").table());
    assertEquals(Optional.empty(), third.result());
  }

  @Test
  void a_table_that_recovers_is_exposed_still() {
    var budget = tables(1);
    budget.enter(table("a"));
    budget.recovering(table("a").table());
    var next = budget.enter(table("b"));
    assertFalse(next.isComplete());
    budget.leave(table("a").table());
    assertTrue(next.isComplete());
  }

  @Test
  void first_come_first_served_though_a_small_one_would_fit() {
    var budget = bytes(100);
    budget.enter(Findings.holding("half", 60));
    var large = budget.enter(Findings.holding("large", 50));
    var small = budget.enter(Findings.holding("small", 10));
    assertFalse(large.isComplete());
    assertFalse(small.isComplete());
    budget.leave(table("half").table());
    assertTrue(large.isComplete());
    assertTrue(small.isComplete());
  }

  @Test
  void whoever_waits_and_leaves_makes_room_for_those_behind() {
    var budget = bytes(100);
    budget.enter(Findings.holding("half", 60));
    var large = budget.enter(Findings.holding("large", 50));
    var small = budget.enter(Findings.holding("small", 10));
    budget.leave(table("large").table());
    assertTrue(small.isComplete());
    budget.leave(table("half").table());
    assertFalse(large.isComplete());
  }

  @Test
  void a_table_beyond_the_limit_never_fits_and_is_told_so_with_the_numbers_and_the_option() {
    var budget = bytes(20 * GB.value());
    String reason = budget.enter(Findings.holding("huge", 53 * GB.value())).result().orElseThrow();
    assertTrue(reason.contains("53.0 GB"), reason);
    assertTrue(reason.contains("20.0 GB"), reason);
    assertTrue(reason.contains("--max-exposed-bytes"), reason);
    assertTrue(budget.enter(Findings.holding("fits", 20 * GB.value())).isComplete());
  }

  @Test
  void a_table_begins_only_while_no_more_than_allowed_recover() {
    var budget = new ExposureBudget(new ExposureLimits(100, Optional.empty(), 1));
    for (String name : List.of("a", "b")) {
      assertTrue(budget.enter(table(name)).isComplete());
      budget.recovering(table(name).table());
    }
    var third = budget.enter(table("c"));
    assertFalse(third.isComplete());
    budget.leave(table("b").table());
    assertTrue(third.isComplete());
  }

  @Test
  void with_none_recovering_allowed_it_is_one_after_the_other() {
    var budget = new ExposureBudget(new ExposureLimits(100, Optional.empty(), 0));
    budget.enter(table("a"));
    budget.recovering(table("a").table());
    var next = budget.enter(table("b"));
    assertFalse(next.isComplete());
    budget.leave(table("a").table());
    assertTrue(next.isComplete());
  }

  @Test
  void what_another_run_left_at_zero_counts_and_is_never_kept_waiting() {
    var budget = bytes(100);
    Exposure unfinished = budget.forUnfinished();
    assertEquals(Optional.empty(), unfinished.enter(Findings.holding("huge", 5000)).result());
    assertTrue(unfinished.enter(Findings.holding("other", 5000)).isComplete());
    var fresh = budget.enter(Findings.holding("fresh", 1));
    assertFalse(fresh.isComplete());
    unfinished.recovering(table("huge").table());
    unfinished.leave(table("huge").table());
    unfinished.leave(table("other").table());
    assertTrue(fresh.isComplete());
  }

  @Test
  void limits_that_let_nothing_in_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> new ExposureLimits(0, Optional.empty(), 1));
    assertThrows(
        IllegalArgumentException.class, () -> new ExposureLimits(1, Optional.of(Bytes.ZERO), 1));
    assertThrows(IllegalArgumentException.class, () -> new ExposureLimits(1, Optional.empty(), -1));
  }

  /** Random tables that enter, recover, leave in random order. */
  @RepeatedTest(200)
  void whatever_happens_no_limit_is_exceeded_and_everybody_has_a_turn(RepetitionInfo repetition) {
    var random = new Random(repetition.getCurrentRepetition());
    var limits =
        new ExposureLimits(
            1 + random.nextInt(5),
            random.nextBoolean() ? Optional.empty() : Optional.of(new Bytes(50)),
            random.nextInt(4));
    var budget = new ExposureBudget(limits);
    Map<Finding, Future<Optional<String>>> waiting = new HashMap<>();
    List<Finding> in = new ArrayList<>();
    List<Finding> recovering = new ArrayList<>();
    int turns = 0;
    for (int i = 0; i < 60 || !waiting.isEmpty() || !in.isEmpty(); i++) {
      if (i < 60) {
        Finding table = Findings.holding("t" + i, 1 + random.nextInt(50));
        waiting.put(table, budget.enter(table));
      }
      for (Finding table : List.copyOf(waiting.keySet())) {
        if (waiting.get(table).isComplete()) {
          waiting.remove(table);
          in.add(table);
          turns++;
        }
      }
      long sum = in.stream().mapToLong(t -> t.totals().primaryBytes().value()).sum();
      assertTrue(in.size() <= limits.tables(), in.size() + " tables under " + limits);
      assertTrue(limits.bytes().filter(most -> sum > most.value()).isEmpty(), sum + " " + limits);
      assertFalse(in.isEmpty(), "nobody is let in");
      Finding one = in.get(random.nextInt(in.size()));
      if (!recovering.contains(one) && random.nextBoolean()) {
        recovering.add(one);
        budget.recovering(one.table());
      } else {
        recovering.remove(one);
        in.remove(one);
        budget.leave(one.table());
      }
    }
    assertEquals(60, turns);
  }
}
