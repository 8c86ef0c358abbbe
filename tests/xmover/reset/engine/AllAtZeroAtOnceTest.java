package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.detect.Detection;
import xmover.reset.RunLimits;
import xmover.reset.RunReport;
import xmover.reset.machine.ResetTimes;
import xmover.table.TableRef;

/**
 * What a dead run left at zero was put back one table after the other, each behind its recovery.
 */
class AllAtZeroAtOnceTest {
  private static final List<String> TABLES = List.of("a", "b", "c", "d", "e");

  private final ResetBench bench =
      new ResetBench(
          TABLES.stream()
              .map(t -> "{\"name\": \"doc.%s\", \"shards\": 2, \"replicas\": \"1\"}".formatted(t))
              .toArray(String[]::new));

  @Test
  void they_wait_together_and_count_from_the_journals_time() {
    bench.journal = new KeptJournal(new ArrayList<>());
    bench.policy = ResetBench.HANDBOOK;
    TABLES.forEach(table -> bench.dieAtZero(TableRef.of("doc", table)));
    Unfinished begun =
        bench.timers.run(
            bench
                .journal
                .unfinished()
                .compose(entries -> Unfinished.of(entries, new Detection(bench.link))));
    var resume =
        new AutoExecOrchestrator(
            bench.context(), RunLimits.concurrent(Integer.MAX_VALUE), () -> false, begun.begun());
    RunReport report = bench.timers.run(resume.run(begun.findings()));
    assertEquals(5, report.completed());
    assertTrue(report.took().compareTo(Duration.ofSeconds(60)) < 0, report.took().toString());
    report
        .results()
        .forEach(
            result -> {
              ResetTimes times = result.job().orElseThrow().times();
              assertTrue(times.atRisk().compareTo(times.total()) > 0, times.toString());
            });
  }
}
