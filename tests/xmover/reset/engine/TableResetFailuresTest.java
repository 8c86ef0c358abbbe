package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.answerNothing;
import static xmover.cluster.FaultyCluster.fail;
import static xmover.cluster.FaultyCluster.loseAnswer;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;

/** One table whose reset meets trouble: it always ends with the setting it had. */
class TableResetFailuresTest {
  private static final String TO_ZERO = "\"number_of_replicas\" = '0'";
  private static final String BACK = "\"number_of_replicas\" = '1'";
  private static final String LEASES = "lease_sources";
  private static final String CATALOGUE = "number_of_shards AS primaries";

  private final ResetBench bench = ResetBench.oneTable("1");

  @Test
  void an_alter_that_was_answered_but_does_not_show_is_sent_again() {
    bench.link.once(TO_ZERO, answerNothing());
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertEquals(2, written(TO_ZERO));
    assertEquals("1", bench.replicas());
  }

  @Test
  void an_alter_that_never_shows_is_given_up_and_the_setting_restored_all_the_same() {
    bench.link.always(TO_ZERO, answerNothing());
    assertFailed(bench.reset(), Cause.ZEROING_FAILED, RestoreOutcome.DONE);
    assertEquals(3, written(TO_ZERO));
    assertEquals(1, written(BACK));
  }

  /** Whoever went on with an entry waited for ever, where the answer of another statement came. */
  @Test
  void an_answer_that_makes_no_sense_is_unknown_and_ends_nothing() {
    var disk = new ArrayList<JournalEntry>();
    bench.journal = new KeptJournal(disk);
    bench.dieAtZero(T);
    bench.link.always(
        CATALOGUE,
        execution ->
            Future.succeededFuture(
                List.of(
                    column -> {
                      throw new IllegalArgumentException("no column " + column);
                    })));
    JournalEntry begun = disk.get(disk.size() - 1);
    ResetJob job = bench.timers.run(TableResetProcessor.resuming(begun, T, bench.context()).run());
    assertEquals(RestoreOutcome.FAILED, job.restore());
    assertFalse(disk.get(disk.size() - 1).isSettled());
  }

  @ParameterizedTest
  @EnumSource(names = {"CONNECTION_LOST", "TIMEOUT", "SERVER"})
  void a_lost_alter_that_was_not_applied_is_sent_again(Kind kind) {
    bench.link.once(TO_ZERO, fail(kind));
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertEquals(2, written(TO_ZERO));
    assertEquals("1", bench.replicas());
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 4, 6, 9, 20})
  void an_alter_that_is_applied_late_still_ends_with_the_original_setting(long seconds) {
    bench.policy = ResetBench.HANDBOOK;
    bench.link.once(TO_ZERO, bench.link.executeLate(Duration.ofSeconds(seconds), Kind.TIMEOUT));
    ResetJob job = bench.reset();
    bench.timers.run();
    assertEquals(ResetState.COMPLETED, job.state());
    assertEquals("1", bench.replicas());
  }

  @Test
  void when_nobody_knows_whether_the_alter_was_applied_the_setting_is_restored() {
    bench.link.once(TO_ZERO, loseAnswer(Kind.CONNECTION_LOST));
    bench.guarded = new FaultyCluster(bench.link, bench.timers);
    var ended = bench.start(T);
    ((FaultyCluster) bench.guarded).always(CATALOGUE, fail(Kind.TIMEOUT));
    assertFailed(bench.timers.run(ended), Cause.ZEROING_FAILED, RestoreOutcome.DONE);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "PRIVILEGE", "UNKNOWN_RELATION", "UNREACHABLE"})
  void an_alter_that_never_took_effect_is_neither_repeated_nor_undone(Kind kind) {
    bench.link.always(TO_ZERO, fail(kind));
    assertFailed(bench.reset(), Cause.ZEROING_FAILED, RestoreOutcome.NOT_NEEDED);
    assertEquals(1, bench.link.written().size());
  }

  @Test
  void a_refusal_after_a_lost_answer_is_final_and_the_setting_restored() {
    bench.link.once(TO_ZERO, fail(Kind.TIMEOUT)).always(TO_ZERO, fail(Kind.PRIVILEGE));
    assertFailed(bench.reset(), Cause.ZEROING_FAILED, RestoreOutcome.DONE);
    assertEquals(2, written(TO_ZERO));
  }

  @Test
  void a_table_that_waits_for_its_replicas_is_refused_by_the_server_and_stays_as_it_is() {
    var payments =
        new ResetBench(
            """
            {"name": "doc.t", "shards": 1, "replicas": "1",
             "settings": {"write.wait_for_active_shards": "2"}}
            """);
    ResetJob job = payments.reset();
    assertEquals(Cause.ZEROING_FAILED, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.NOT_NEEDED, job.restore());
    assertEquals("1", payments.replicas());
  }

  @Test
  void leases_that_do_not_clear_are_looked_at_until_the_time_is_up_and_the_setting_restored() {
    var slow =
        new ResetBench(
            new ResetBench.Conduct("\"lease_sync\": 90000,"),
            "{\"name\": \"doc.t\", \"shards\": 2, \"replicas\": \"1\"}");
    slow.policy = ResetBench.HANDBOOK;
    ResetJob job = slow.reset();
    assertEquals(Cause.LEASES_TIMED_OUT, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals("1", slow.replicas());
    assertEquals(720, job.times().waited().toSeconds());
    assertEquals(9, slow.told.of("waiting").size());
    // One at the start, one after each wait; the last comes when the time is up.
    assertEquals(10, slow.told.of("looked").size());
  }

  @Test
  void a_look_that_fails_is_told_and_looked_again() {
    bench.link.once(LEASES, fail(Kind.SERVER));
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertEquals(
        List.of("waiting 1/9 10s a look that does not fail: scripted SERVER"),
        bench.told.of("waiting"));
  }

  @Test
  void when_every_look_fails_the_setting_is_restored_when_the_time_is_up() {
    bench.link.always(LEASES, fail(Kind.TIMEOUT));
    ResetJob job = bench.reset();
    assertFailed(job, Cause.LEASES_TIMED_OUT, RestoreOutcome.DONE);
    assertTrue(job.cause().orElseThrow().message().contains("scripted TIMEOUT"));
  }

  @Test
  void a_table_dropped_while_it_waits_ends_without_a_restore() {
    bench.another();
    bench.policy = ResetBench.HANDBOOK;
    var ended = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    bench.sql("DROP TABLE doc.t");
    ResetJob job = bench.timers.run(ended);
    assertEquals(Cause.TABLE_GONE, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.NOT_NEEDED, job.restore());
    assertEquals(0, written(BACK));
  }

  @Test
  void a_table_dropped_just_before_the_restore_is_told_as_gone() {
    bench.another();
    bench.link.once(
        LEASES,
        execution -> {
          Future<?> cleared = execution.get();
          bench.sql("DROP TABLE doc.t");
          return cleared.mapEmpty().compose(read -> execution.get());
        });
    ResetJob job = bench.reset();
    assertEquals(Cause.TABLE_GONE, job.cause().orElseThrow().cause());
  }

  @Test
  void a_setting_that_somebody_else_chose_meanwhile_is_left_alone_and_told() {
    bench.policy = ResetBench.HANDBOOK;
    var ended = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    bench.sql("ALTER TABLE t SET (number_of_replicas = '2')");
    ResetJob job = bench.timers.run(ended);
    assertEquals(Cause.CHANGED_BY_OTHERS, job.cause().orElseThrow().cause());
    assertTrue(job.cause().orElseThrow().message().contains("'2'"));
    assertEquals(RestoreOutcome.NOT_NEEDED, job.restore());
    assertEquals("2", bench.replicas());
    assertEquals(0, written(BACK));
  }

  private long written(String words) {
    return bench.link.written().stream().filter(sql -> sql.contains(words)).count();
  }

  private void assertFailed(ResetJob job, Cause cause, RestoreOutcome restore) {
    assertEquals(ResetState.FAILED, job.state());
    assertEquals(cause, job.cause().orElseThrow().cause());
    assertEquals(restore, job.restore());
    assertEquals("1", bench.replicas());
  }
}
