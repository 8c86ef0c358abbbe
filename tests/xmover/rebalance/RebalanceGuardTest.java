package xmover.rebalance;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.HoldNews;

/** Rebalancing is off while a run holds it, and afterwards what it was, whatever fails. */
class RebalanceGuardTest {
  private static final String OFF =
      "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'none'";
  private static final String RESET = "RESET GLOBAL \"cluster.routing.rebalance.enable\"";

  private final HoldBench bench = new HoldBench();

  @Test
  void it_is_off_meanwhile_and_put_back_by_removing_what_was_set() {
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    assertEquals("none", bench.inForce());
    assertEquals("all", bench.journal.held.orElseThrow().original());
    assertEquals(HoldNews.Kind.PUT_BACK, bench.end(held).kind());
    assertEquals(List.of(OFF, RESET), bench.link.written());
    assertEquals(Optional.empty(), bench.journal.held);
    bench.set("PERSISTENT", "primaries");
    assertEquals("primaries", bench.inForce(), "nothing hides what is set later");
  }

  @ParameterizedTest
  @CsvSource({
    "         ,           ",
    "all      ,           ",
    "         , all       ",
    "primaries,           ",
    "         , primaries ",
    "replicas , primaries ",
    "primaries, all       "
  })
  void what_was_in_force_is_in_force_again(String persistent, String temporary) {
    if (persistent != null) {
      bench.set("PERSISTENT", persistent);
    }
    if (temporary != null) {
      bench.set("TRANSIENT", temporary);
    }
    String before = bench.inForce();
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    assertEquals("none", bench.inForce());
    bench.end(held);
    assertEquals(before, bench.inForce());
  }

  @Test
  void nothing_is_sent_before_it_is_written() {
    bench.journal.hangs = true;
    RebalanceGuard held = bench.run("first");
    Future<Void> begun = held.begin();
    bench.timers.advance(Duration.ofMinutes(1));
    assertEquals(List.of(), bench.link.written());
    bench.journal.goOn();
    bench.timers.run(begun);
    assertEquals(List.of(OFF), bench.link.written());
  }

  @Test
  void without_a_journal_nothing_is_sent() {
    bench.journal.broken = true;
    RebalanceGuard held = bench.run("first");
    assertTrue(bench.refusal(held).contains("no table was touched: the disk is full"));
    assertEquals(Optional.empty(), bench.timers.run(held.end()));
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void what_is_off_already_stays_off_and_is_nothing_to_put_back() {
    bench.set("PERSISTENT", "none");
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    assertEquals(Optional.empty(), bench.timers.run(held.end()));
    assertEquals(List.of(), bench.link.written());
    assertEquals(Optional.empty(), bench.journal.held);
    assertEquals("none", bench.inForce());
  }

  @Test
  void who_lacks_the_privilege_is_told_and_nothing_is_changed_or_remembered() {
    bench.link.always(OFF, FaultyCluster.fail(Kind.PRIVILEGE));
    RebalanceGuard held = bench.run("first");
    assertTrue(bench.refusal(held).startsWith("--hold-rebalance needs the privilege AL"));
    assertEquals(Optional.empty(), bench.journal.held);
    assertEquals(Optional.empty(), bench.timers.run(held.end()));
    assertEquals("all", bench.inForce());
  }

  @Test
  void an_answer_that_is_lost_is_read_back() {
    bench.link.once(OFF, FaultyCluster.loseAnswer(Kind.TIMEOUT));
    bench.link.once(RESET, FaultyCluster.loseAnswer(Kind.CONNECTION_LOST));
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    assertEquals(HoldNews.Kind.PUT_BACK, bench.end(held).kind());
    assertEquals("all", bench.inForce());
  }

  @Test
  void a_set_that_may_be_applied_later_stays_in_the_journal_for_the_next_run() {
    bench.link.once(OFF, bench.link.executeLate(Duration.ofMinutes(5), Kind.TIMEOUT));
    RebalanceGuard held = bench.run("first");
    assertTrue(bench.refusal(held).contains("scripted TIMEOUT"));
    assertTrue(bench.end(held).isLeftOff());
    bench.timers.advance(Duration.ofMinutes(6));
    assertEquals("none", bench.inForce());

    RebalanceGuard next = bench.run("second");
    bench.timers.run(next.inherit());
    assertEquals(HoldNews.Kind.PUT_BACK, bench.end(next).kind());
    assertEquals("all", bench.inForce());
    assertEquals(Optional.empty(), bench.journal.held);
  }

  @Test
  void putting_back_is_tried_for_minutes() {
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    bench.link.times(5, "RESET", FaultyCluster.fail(Kind.SERVER));
    bench.link.times(6, "SELECT", FaultyCluster.fail(Kind.UNREACHABLE));
    assertEquals(HoldNews.Kind.PUT_BACK, bench.end(held).kind());
    assertEquals("all", bench.inForce());
    assertTrue(bench.timers.passed().toSeconds() > 60);
  }

  @Test
  void what_can_not_be_put_back_is_told_with_the_sql_and_left_to_the_next_run() {
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    bench.link.always("RESET", FaultyCluster.fail(Kind.REFUSED));
    HoldNews end = bench.end(held);
    assertEquals(HoldNews.Kind.LEFT_OFF, end.kind());
    assertTrue(end.text().contains("type: " + RESET + ";"), end.text());
    assertEquals("all", bench.journal.held.orElseThrow().original());
    assertEquals(13, bench.link.written().size());

    bench.link.heal();
    RebalanceGuard next = bench.run("second");
    bench.timers.run(next.inherit());
    bench.end(next);
    assertEquals("all", bench.inForce());
    assertEquals(Optional.empty(), bench.journal.held);
  }

  @Test
  void a_run_after_a_dead_one_does_not_take_none_for_what_it_was() {
    bench.set("TRANSIENT", "primaries");
    bench.begin(bench.run("dead"));

    RebalanceGuard next = bench.run("second");
    bench.timers.run(next.inherit());
    bench.begin(next);
    assertEquals("primaries", bench.journal.held.orElseThrow().original());
    bench.end(next);
    assertEquals("primaries", bench.inForce());
  }

  @Test
  void what_somebody_set_after_a_run_died_is_what_the_next_one_puts_back() {
    bench.begin(bench.run("dead"));
    bench.set("TRANSIENT", "replicas");

    RebalanceGuard next = bench.run("second");
    bench.timers.run(next.inherit());
    bench.begin(next);
    assertEquals("none", bench.inForce());
    bench.end(next);
    assertEquals("replicas", bench.inForce());
  }

  @Test
  void what_somebody_else_set_meanwhile_is_left_as_they_set_it() {
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    bench.set("TRANSIENT", "primaries");
    assertEquals(HoldNews.Kind.CHANGED_BY_OTHERS, bench.end(held).kind());
    assertEquals("primaries", bench.inForce());
    assertEquals(List.of(OFF), bench.link.written());
    assertEquals(Optional.empty(), bench.journal.held);
  }

  @Test
  void where_removing_brings_up_another_value_the_one_that_was_is_set() {
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    bench.link.once(
        RESET, execution -> execution.get().onSuccess(removed -> bench.set("TRANSIENT", "none")));
    assertEquals(HoldNews.Kind.PUT_BACK, bench.end(held).kind());
    assertEquals("all", bench.inForce());
  }

  @Test
  void beginning_and_ending_twice_sends_nothing_twice() {
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    bench.begin(held);
    bench.end(held);
    bench.end(held);
    assertEquals(List.of(OFF, RESET), bench.link.written());
  }

  @Test
  void a_journal_that_can_not_forget_costs_nothing_but_a_word() {
    RebalanceGuard held = bench.run("first");
    bench.begin(held);
    bench.journal.broken = true;
    assertEquals(HoldNews.Kind.PUT_BACK, bench.end(held).kind());
    assertInstanceOf(HoldNews.class, bench.told.get(bench.told.size() - 2));
    assertEquals(HoldNews.Kind.TROUBLED, bench.told.get(bench.told.size() - 2).kind());
  }
}
