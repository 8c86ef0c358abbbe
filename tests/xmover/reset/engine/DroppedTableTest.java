package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.detect.Detection;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;

/**
 * A table that could not be seen was taken for dropped, and its journal entry closed. Only one that
 * nothing hides, seen nowhere twice, a minute apart, was dropped.
 */
class DroppedTableTest {
  private static final String RESTORES = "\"number_of_replicas\" = '1'";

  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("1");

  DroppedTableTest() {
    bench.journal = new KeptJournal(written);
    bench.policy = ResetBench.HANDBOOK;
    bench.another();
  }

  @Test
  void it_takes_two_looks_a_minute_apart_to_close_its_entry() {
    Future<ResetJob> reset = atZero();
    bench.sql("DROP TABLE doc.t");
    ResetJob job = bench.timers.run(reset);
    assertEquals(Cause.TABLE_GONE, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.NOT_NEEDED, job.restore());
    assertTrue(
        job.times().atRisk().minus(job.times().waited()).compareTo(Duration.ofMinutes(1)) >= 0,
        job.times().toString());
    assertTrue(open().isEmpty());
  }

  @Test
  void one_created_again_under_its_name_is_another_and_not_touched() {
    Future<ResetJob> reset = atZero();
    bench.sql("DROP TABLE doc.t");
    bench.sql("CREATE TABLE doc.t (id INT) WITH (number_of_replicas = '0-1')");
    assertEquals(Cause.TABLE_GONE, bench.timers.run(reset).cause().orElseThrow().cause());
    assertEquals("0-1", bench.replicas("t"));
    assertEquals(0, bench.link.written().stream().filter(s -> s.contains(RESTORES)).count());
  }

  @Test
  void while_a_primary_is_missing_anywhere_nothing_is_proven() {
    Future<ResetJob> reset = atZero();
    bench.sql("DROP TABLE doc.t");
    bench.link.always(
        "missing_primaries",
        execution ->
            execution
                .get()
                .map(
                    rows ->
                        List.of(c -> c.equals("missing_primaries") ? 1L : rows.get(0).value(c))));
    assertKept(bench.timers.run(reset));
  }

  @Test
  void for_a_user_who_does_not_see_every_table_nothing_is_proven() {
    Future<ResetJob> reset = atZero();
    bench.hide();
    assertKept(bench.timers.run(reset));
    bench.link.heal();
    assertTrue(resume().critical().isEmpty());
    assertEquals("1", bench.replicas("t"));
  }

  @Test
  void what_is_missing_since_then_is_remembered_and_closed_by_the_next_look() {
    Future<ResetJob> reset = atZero();
    bench.sql("DROP TABLE doc.t");
    int[] looks = {0};
    bench.link.always(
        "missing_primaries",
        execution -> ++looks[0] > 3 ? Future.failedFuture("no answer") : execution.get());
    ResetJob job = bench.timers.run(reset);
    assertEquals(RestoreOutcome.FAILED, job.restore());
    assertTrue(job.openEnds().missingSince().isPresent());
    Unfinished seen = unfinished();
    assertTrue(seen.entries().get(0).ends().missingSince().isPresent(), seen.toString());
    bench.link.heal();
    bench.timers.advance(Duration.ofMinutes(2));
    assertTrue(resume().critical().isEmpty());
    assertTrue(open().isEmpty());
  }

  @Test
  void a_person_may_close_it() {
    Future<ResetJob> reset = atZero();
    bench.hide();
    assertKept(bench.timers.run(reset));
    bench.timers.run(bench.journal.write(open().get(0).forgotten()));
    assertTrue(open().isEmpty());
  }

  private void assertKept(ResetJob job) {
    assertEquals(RestoreOutcome.FAILED, job.restore());
    assertEquals(1, open().size());
  }

  private Future<ResetJob> atZero() {
    Future<ResetJob> reset = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    assertEquals("0", bench.replicas("t"));
    return reset;
  }

  private RunReport resume() {
    Unfinished begun = unfinished();
    return bench.timers.run(
        new AutoExecOrchestrator(
                bench.context(), RunLimits.concurrent(1), () -> false, begun.begun())
            .run(begun.findings()));
  }

  private Unfinished unfinished() {
    return bench.timers.run(
        bench
            .journal
            .unfinished()
            .compose(entries -> Unfinished.of(entries, new Detection(bench.link))));
  }

  private List<JournalEntry> open() {
    return bench.timers.run(bench.journal.unfinished());
  }
}
