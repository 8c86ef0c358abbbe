package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.reset.machine.RunIdentity;
import xmover.table.ReplicaSetting;

/**
 * A row with NULL, or with {@code '0 '}, was taken for "somebody else set it to ''", and the
 * journal was emptied while the table stayed at 0.
 */
class OddSettingTest {
  private final List<JournalEntry> written = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("1");

  OddSettingTest() {
    bench.journal = new KeptJournal(written);
    bench.policy = ResetBench.HANDBOOK;
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "0 ", " 0", "auto", "-1", "0-", "1-0-1", "null"})
  void what_is_in_no_form_that_anybody_knows_is_nobodys_choice(String odd) {
    Future<ResetJob> reset = bench.start(T);
    bench.timers.advance(Duration.ofSeconds(1));
    bench.link.times(
        4,
        "number_of_replicas",
        execution ->
            execution
                .get()
                .map(
                    rows ->
                        rows.stream()
                            .<xmover.cluster.Row>map(
                                row ->
                                    column ->
                                        column.equals("number_of_replicas")
                                            ? odd
                                            : row.value(column))
                            .toList()));
    ResetJob job = bench.timers.run(reset);
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals("1", bench.replicas());
    assertTrue(bench.timers.run(bench.journal.unfinished()).isEmpty());
  }

  @Test
  void a_journal_entry_that_would_restore_0_is_refused() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new JournalEntry(
                new RunIdentity("r", "ops", "laptop", bench.timers.now()),
                T,
                ReplicaSetting.ZERO,
                4,
                ResetState.MONITORING_LEASES,
                Optional.empty(),
                bench.timers.now()));
  }
}
