package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static xmover.cluster.FaultyCluster.fail;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.detect.Detection;
import xmover.reset.RunLimits;
import xmover.reset.machine.JournalEntry;

/** The setting for the time being was sent once, did not arrive, and was never sent again. */
class InterimNotAcceptedTest {
  private static final String BACK = "\"number_of_replicas\" = '2'";
  private static final String INTERIM = "\"number_of_replicas\" = '0-1'";

  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("2");

  InterimNotAcceptedTest() {
    bench.journal = new KeptJournal(written);
    bench.link.always(BACK, fail(Kind.SHARD_LIMIT));
  }

  @Test
  void the_same_run_sends_it_again() {
    bench.link.once(INTERIM, fail(Kind.UNREACHABLE));
    bench.reset();
    assertEquals("0-1", bench.replicas());
  }

  @Test
  void a_later_run_sends_it_again() {
    bench.link.always(INTERIM, fail(Kind.UNREACHABLE));
    bench.reset();
    bench.link.heal();
    bench.link.always(BACK, fail(Kind.SHARD_LIMIT));
    Unfinished begun =
        bench.timers.run(
            bench
                .journal
                .unfinished()
                .compose(entries -> Unfinished.of(entries, new Detection(bench.link))));
    bench.timers.run(
        new AutoExecOrchestrator(
                bench.context(), RunLimits.concurrent(1), () -> false, begun.begun())
            .run(begun.findings()));
    assertEquals("0-1", bench.replicas());
  }
}
