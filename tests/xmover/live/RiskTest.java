package xmover.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.live.Risk.Level;
import xmover.reset.CopyStep;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.table.Bytes;

/** What is told of the data that has one copy. */
class RiskTest {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private final FollowedRun run = FollowedRun.of("doc.t", "doc.other");

  private void steps(String table, String... words) {
    for (String word : words) {
      run.step(table, word);
      run.time.advance(SECOND);
    }
  }

  private Risk risk() {
    return run.progress.snapshot().risk();
  }

  private String text() {
    return risk().text(run.time.now());
  }

  private void fails(String table, int attempt) {
    run.progress.on(
        new RunEvent.Retrying(
            FollowedRun.finding(table).table(),
            RunEvent.Retrying.RESTORING,
            attempt,
            Duration.ofSeconds(20),
            "its block"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ''                                             | 0 | 0
          begin                                          | 1 | 1
          begin zero look_6 cleared                      | 1 | 1
          begin zero cleared restored                    | 1 | 0
          begin zero cleared restored recovering         | 1 | 0
          begin zero cleared restored recovering cured   | 0 | 0
          begin zero cleared restored completed          | 1 | 0
          begin zero cleared lost                        | 1 | 1
          begin zero cleared lost critical               | 1 | 1
          """)
  void a_table_counts_from_its_alter_until_every_copy_was_seen(
      String words, int oneCopy, int atZero) {
    if (!words.isEmpty()) {
      steps("doc.t", words.replace("look_6", "look 6").split(" (?!6)"));
    }
    assertEquals(oneCopy, risk().tables());
    assertEquals(atZero, risk().atZero());
  }

  @Test
  void a_look_that_sees_every_copy_ends_it() {
    steps("doc.t", "begin", "zero", "cleared", "restored");
    run.progress.on(
        new RunEvent.Recovering(FollowedRun.finding("doc.t"), new RecoveryReading(8, 8, 100)));
    assertEquals(Risk.NONE, risk());
    assertEquals("Nothing is at one copy", text());
  }

  @Test
  void it_tells_how_much_for_how_long_of_its_limit_and_when_the_next_look_comes() {
    steps("doc.t", "begin", "zero");
    steps("doc.other", "begin", "zero", "wait");
    assertEquals(
        "2 tables, 40.0 GB at one copy, the longest for 5.0s of 10m, next look in 21s", text());
    assertEquals(Level.ONE_COPY, risk().level());
  }

  @Test
  void one_failed_attempt_to_restore_is_told_until_another_one_works() {
    steps("doc.t", "begin", "zero", "cleared");
    assertEquals(Level.ONE_COPY, risk().level());
    fails("doc.t", 7);
    assertEquals(
        "RESTORE FAILING: doc.t, at one copy for 3.0s; attempt 7 failed, again in 20s: its block",
        text());
    assertEquals(
        Optional.of("the replicas of 1 table can't be restored so far"),
        run.progress.snapshot().trouble());
    steps("doc.t", "restored");
    assertEquals(Level.ONE_COPY, risk().level());
  }

  @Test
  void what_fails_otherwise_is_no_failing_restore() {
    steps("doc.t", "begin");
    run.progress.on(
        new RunEvent.Retrying(
            FollowedRun.finding("doc.t").table(), "setting replicas to 0", 1, SECOND, "busy"));
    assertEquals(Level.ONE_COPY, risk().level());
  }

  @Test
  void a_cluster_that_can_not_be_reached_fails_every_restore_of_a_table_at_zero() {
    run.progress.on(new RunEvent.Breaker("open"));
    assertEquals(Level.NONE, risk().level());
    steps("doc.t", "begin", "zero");
    assertEquals(Level.RESTORE_FAILING, risk().level());
    run.progress.on(new RunEvent.Breaker("half-open"));
    assertEquals(Level.RESTORE_FAILING, risk().level());
    run.progress.on(new RunEvent.Breaker("closed"));
    assertEquals(Level.ONE_COPY, risk().level());
  }

  @Test
  void no_time_left_is_estimated_while_a_restore_fails() {
    steps("doc.other", "begin", "zero", "cleared", "restored", "cured");
    steps("doc.t", "begin", "zero", "cleared");
    assertTrue(run.progress.snapshot().remaining().isPresent());
    fails("doc.t", 1);
    assertFalse(run.progress.snapshot().remaining().isPresent());
  }

  @Test
  void a_restore_that_was_given_up_tells_what_to_type() {
    steps("doc.t", "begin", "zero", "cleared", "lost", "critical");
    run.over(4, "doc.t=critical");
    Risk.Failing failing = risk().failing().orElseThrow();
    assertTrue(text().contains("ITS REPLICAS ARE NOT BACK"), text());
    assertTrue(
        failing.statement().orElseThrow().startsWith("ALTER TABLE \"doc\".\"t\" SET"),
        failing.toString());
    assertEquals(Optional.empty(), failing.again());
  }

  @Test
  void what_another_process_left_counts_before_anything_was_seen_of_it() {
    var other = FollowedRun.of("doc.t");
    other.step("doc.t", "begin");
    other.step("doc.t", "zero");
    run.progress.on(new RunEvent.Resuming(other.job("doc.t")));
    assertEquals(1, risk().atZero());
  }

  @Test
  void the_only_replica_of_a_shard_counts_while_it_is_rebuilt_and_others_do_not() {
    var finding = FollowedRun.finding("doc.t");
    run.progress.on(new RunEvent.CopyTreated(finding, step(Remedy.REBUILD, 2)));
    assertEquals(Level.NONE, risk().level());
    run.progress.on(new RunEvent.CopyTreated(finding, step(Remedy.REBUILD_ALONE, 1)));
    assertEquals(new Bytes(1L << 30), risk().bytes());
    assertEquals(0, risk().atZero());
    run.step("doc.t", "rebuilt");
    assertEquals(Risk.NONE, risk());
  }

  private static CopyStep step(Remedy remedy, long left) {
    return new CopyStep(
        remedy, 0, "node-1", Optional.empty(), Optional.of(new Bytes(1L << 30)), left);
  }
}
