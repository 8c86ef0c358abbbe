package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.fail;
import static xmover.cluster.FaultyCluster.loseAnswer;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.ClusterFailure.Kind;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;

/**
 * A proxy answered the ALTER to 0 with a clear error although CrateDB had applied it, and the looks
 * that followed failed: "replicas are as they were", and the table stayed at 0.
 */
class RefusedAlterWasAppliedTest {
  private static final String TO_ZERO = "\"number_of_replicas\" = '0'";
  private static final String SETTING = "number_of_shards AS primaries";

  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("1");

  RefusedAlterWasAppliedTest() {
    bench.journal = new KeptJournal(written);
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "PRIVILEGE", "AUTHENTICATION", "UNKNOWN_RELATION", "BLOCKED"})
  void what_the_catalogue_shows_counts_and_not_the_answer(Kind kind) {
    bench.link.once(TO_ZERO, loseAnswer(kind));
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    assertEquals("1", bench.replicas());
    assertTrue(open().isEmpty());
  }

  @ParameterizedTest
  @EnumSource(names = {"REFUSED", "PRIVILEGE", "AUTHENTICATION", "UNKNOWN_RELATION", "BLOCKED"})
  void unreadable_means_restore_in_doubt(Kind kind) {
    bench.link.once(
        TO_ZERO,
        execution -> {
          bench.link.times(6, SETTING, fail(Kind.SERVER));
          return loseAnswer(kind).happen(execution);
        });
    ResetJob job = bench.reset();
    assertEquals(Cause.ZEROING_FAILED, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals("1", bench.replicas());
    assertTrue(open().isEmpty());
  }

  @Test
  void one_that_can_never_be_read_stays_in_the_journal() {
    bench.link.once(
        TO_ZERO,
        execution -> {
          bench.link.always(SETTING, fail(Kind.SERVER));
          return loseAnswer(Kind.REFUSED).happen(execution);
        });
    assertEquals(RestoreOutcome.FAILED, bench.reset().restore());
    assertEquals(1, open().size());
  }

  @Test
  void an_alter_that_never_left_leaves_no_doubt_though_nothing_can_be_read() {
    bench.link.once(
        TO_ZERO,
        execution -> {
          bench.link.always(SETTING, fail(Kind.SERVER));
          return fail(Kind.UNREACHABLE).happen(execution);
        });
    ResetJob job = bench.reset();
    assertEquals(RestoreOutcome.NOT_NEEDED, job.restore());
    assertEquals(1, open().size(), "a later run looks");
    assertEquals(1, bench.link.written().size());
  }

  private List<JournalEntry> open() {
    return bench.timers.run(bench.journal.unfinished());
  }
}
