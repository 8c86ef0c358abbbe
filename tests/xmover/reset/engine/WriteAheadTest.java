package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.reset.machine.RunIdentity;
import xmover.table.ReplicaSetting;

/** The journal knows the original setting before the ALTER leaves, and until the table has it. */
class WriteAheadTest {
  private final ResetBench bench = ResetBench.oneTable("0-1");
  private final List<JournalEntry> written = new ArrayList<>();
  private Supplier<Future<Void>> answer = Future::succeededFuture;

  WriteAheadTest() {
    bench.policy = ResetBench.HANDBOOK;
    bench.journal =
        new KeptJournal(written) {
          @Override
          public Future<Void> write(JournalEntry entry) {
            written.add(entry);
            return answer.get();
          }
        };
  }

  @Test
  void nothing_leaves_before_it_is_written() {
    Promise<Void> disk = Promise.promise();
    answer = disk::future;
    bench.start(T);
    bench.timers.advance(Duration.ofSeconds(5));
    assertEquals(List.of(), bench.link.written());
    assertEquals("0-1", written.get(0).original().text());
    answer = Future::succeededFuture;
    disk.complete();
    assertEquals(1, bench.link.written().size());
  }

  @Test
  void when_it_cannot_be_written_the_table_is_not_touched() {
    answer = () -> Future.failedFuture("disk full");
    ResetJob job = bench.reset();
    assertEquals(List.of(), bench.link.written());
    assertEquals(Cause.ZEROING_FAILED, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.NOT_NEEDED, job.restore());
  }

  @Test
  void a_stop_while_it_is_written_lets_no_alter_leave() {
    Promise<Void> disk = Promise.promise();
    answer = disk::future;
    var processor = bench.processor(T);
    var ended = processor.run();
    bench.timers.advance(Duration.ofSeconds(1));
    processor.stop("SIGTERM");
    answer = Future::succeededFuture;
    disk.complete();
    assertEquals(Cause.STOPPED, bench.timers.run(ended).cause().orElseThrow().cause());
    assertEquals(List.of(), bench.link.written());
  }

  @Test
  void a_journal_that_breaks_later_holds_up_no_restore() {
    var ended = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    answer =
        () -> {
          throw new IllegalStateException("a bug in the journal");
        };
    assertEquals(ResetState.COMPLETED, bench.timers.run(ended).state());
    assertEquals("0-1", bench.replicas());
  }

  @Test
  void the_last_entry_is_settled_once_the_table_has_its_setting() {
    bench.reset();
    assertFalse(written.get(0).isSettled());
    assertTrue(written.get(written.size() - 1).isSettled());
  }

  @ParameterizedTest
  @EnumSource(names = {"SETTING_REPLICAS_ZERO", "MONITORING_LEASES", "RESTORING_REPLICAS"})
  void a_reset_begun_by_another_process_goes_on_to_the_original_setting(ResetState state) {
    bench.sql("ALTER TABLE t SET (number_of_replicas = '0')");
    ResetJob job = bench.timers.run(resuming(state).run());
    assertEquals("0-1", bench.replicas());
    assertEquals(RestoreOutcome.DONE, job.restore());
  }

  @ParameterizedTest
  @EnumSource(names = {"SETTING_REPLICAS_ZERO", "MONITORING_LEASES", "RESTORING_REPLICAS"})
  void a_reset_that_goes_on_may_be_stopped_at_once(ResetState state) {
    bench.sql("ALTER TABLE t SET (number_of_replicas = '0')");
    var processor = resuming(state);
    var ended = processor.run();
    processor.stop("SIGTERM");
    bench.timers.run(ended);
    bench.timers.run();
    assertEquals("0-1", bench.replicas());
  }

  private TableResetProcessor resuming(ResetState state) {
    var run = new RunIdentity("run-0", "ops", "laptop", bench.timers.now());
    return TableResetProcessor.resuming(
        new JournalEntry(
            run, T, new ReplicaSetting("0-1"), 4, state, Optional.empty(), bench.timers.now()),
        T,
        bench.context());
  }
}
