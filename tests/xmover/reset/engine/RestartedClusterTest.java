package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure;
import xmover.detect.Analysis;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;

/**
 * All nodes were restarted while a table was at 0. Until they have recovered they show no table at
 * all, which was taken for "dropped", and the journal was emptied.
 */
class RestartedClusterTest {
  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("1");

  RestartedClusterTest() {
    bench.journal = new KeptJournal(written);
    bench.policy = ResetBench.HANDBOOK;
  }

  @Test
  void a_live_run_waits_and_goes_on() {
    Future<ResetJob> reset = atZero();
    bench.crate.restart(Duration.ofMinutes(3));
    ResetJob job = bench.timers.run(reset);
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals("1", bench.replicas());
  }

  @Test
  void one_that_is_restoring_waits_and_goes_on() {
    bench.link.once(
        "\"number_of_replicas\" = '1'",
        execution -> {
          bench.crate.restart(Duration.ofMinutes(2));
          return execution.get();
        });
    Future<ResetJob> reset = atZero();
    assertEquals(RestoreOutcome.DONE, bench.timers.run(reset).restore());
    assertEquals("1", bench.replicas());
  }

  @Test
  void resume_waits_and_goes_on() {
    bench.dieAtZero(T);
    bench.crate.restart(Duration.ofMinutes(2));
    RunReport report = bench.timers.run(resume());
    assertTrue(report.critical().isEmpty());
    assertEquals("1", bench.replicas());
    assertTrue(open().isEmpty());
  }

  @Test
  void a_cluster_that_takes_longer_than_anybody_waits_keeps_its_entry() {
    bench.dieAtZero(T);
    bench.crate.restart(Duration.ofHours(3));
    RunReport report = bench.timers.run(resume());
    assertEquals(1, report.critical().size());
    assertEquals(1, open().size());
    bench.timers.advance(Duration.ofHours(3));
    assertTrue(bench.timers.run(resume()).critical().isEmpty());
    assertEquals("1", bench.replicas());
    assertTrue(open().isEmpty());
  }

  @Test
  void nothing_found_is_never_said_of_it() {
    bench.crate.restart(Duration.ofMinutes(2));
    Future<Analysis> analysis =
        new Detection(bench.link).analyse(Thresholds.DEFAULT, TableFilter.ALL);
    bench.timers.advance(Duration.ofSeconds(1));
    assertEquals(
        ClusterFailure.Kind.NOT_READY,
        assertInstanceOf(ClusterFailure.class, analysis.cause()).kind());
  }

  @Test
  void status_calls_its_tables_unknown_and_not_gone() {
    bench.dieAtZero(T);
    bench.crate.restart(Duration.ofMinutes(2));
    Unfinished seen = bench.timers.run(unfinished());
    assertEquals("unknown", seen.truth(seen.entries().get(0)));
    assertTrue(seen.unread().isPresent());
  }

  private Future<ResetJob> atZero() {
    Future<ResetJob> reset = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    assertEquals("0", bench.replicas("t"));
    return reset;
  }

  private Future<RunReport> resume() {
    return unfinished()
        .compose(
            begun ->
                new AutoExecOrchestrator(
                        bench.context(), RunLimits.concurrent(1), () -> false, begun.begun())
                    .run(begun.restoring().findings()));
  }

  private Future<Unfinished> unfinished() {
    return bench
        .journal
        .unfinished()
        .compose(entries -> Unfinished.of(entries, new Detection(bench.link)));
  }

  private List<JournalEntry> open() {
    return bench.timers.run(bench.journal.unfinished());
  }
}
