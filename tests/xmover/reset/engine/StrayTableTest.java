package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.fail;
import static xmover.reset.engine.ResetBench.T;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.detect.Detection;
import xmover.reset.TableResult;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * An ALTER to 0 that came a moment after a SWAP met another table. Where nobody looked who had the
 * name, because a read failed or the process died, the entry was closed with that table at 0.
 */
class StrayTableTest {
  private static final String SWAP = "ALTER CLUSTER SWAP TABLE doc.t TO other";

  /** Reads which index has a name. */
  private static final String WHO = "max(partition_uuid)";

  /** Twice to find the table, and once before and after its ALTER. */
  private static final int UNTIL_RESTORED = 4;

  private final List<JournalEntry> disk = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("2");

  private final Finding sick = bench.findings().get(0);

  StrayTableTest() {
    bench.journal = new KeptJournal(disk);
    bench.sql(
        "CREATE TABLE doc.other (id INT) CLUSTERED INTO 2 SHARDS WITH (number_of_replicas = '1')");
  }

  @Test
  void is_found_though_nothing_could_be_read_after_the_alter() {
    swapAtTheAlter(() -> bench.link.once(WHO, fail(Kind.TIMEOUT)));
    TableResult result = TableResult.ended(sick, bench.reset());
    assertTrue(result.isCritical());
    assertEquals("2", bench.replicas("other"));
    assertEquals(TableRef.of("doc", "t"), met(result.job().orElseThrow()).named());
    assertEquals(1, open().size());
  }

  @Test
  void is_found_by_the_process_after_the_one_that_died_at_the_alter() {
    dieAtASwappedAlter();
    ResetJob job = resume();
    assertEquals("2", bench.replicas("other"));
    assertEquals("0", bench.replicas("t"));
    String status = seen().truth(open().get(0));
    assertTrue(status.contains("restored, called doc.other now"), status);
    assertTrue(status.contains("doc.t IS AT 0 REPLICAS in its place"), status);
    assertEquals(List.of(), seen().unexplained());
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertTrue(met(job).uuid().isPresent());
    assertEquals(1, open().size());
  }

  @Test
  void keeps_the_entry_open_under_whatever_name_until_it_has_replicas_again() {
    dieAtASwappedAlter();
    resume();
    bench.sql(SWAP);
    assertEquals("0", bench.replicas("other"));
    assertEquals(TableRef.of("doc", "other"), met(resume()).named());
    assertEquals(1, open().size());

    bench.sql("ALTER TABLE doc.other SET (number_of_replicas = '1')");
    ResetJob job = resume();
    assertEquals(Optional.empty(), job.openEnds().stray());
    assertEquals("2", bench.replicas("t"));
    assertTrue(open().isEmpty());
  }

  @Test
  void that_can_not_be_read_may_be_at_0_and_closes_nothing() {
    dieAtASwappedAlter();
    bench.link.times(UNTIL_RESTORED, WHO, Supplier::get).always(WHO, fail(Kind.TIMEOUT));
    ResetJob job = resume();
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals(Optional.empty(), met(job).uuid());
    assertTrue(TableResult.ended(sick, job).isCritical());
    assertFalse(TableResult.ended(sick, job).isCompleted());
    assertEquals(1, open().size());

    bench.link.heal();
    assertTrue(met(resume()).uuid().isPresent());
  }

  @Test
  void is_none_where_the_table_of_the_old_name_has_replicas() {
    bench.dieAtZero(T);
    bench.sql(SWAP);
    assertEquals(Optional.empty(), resume().openEnds().stray());
    assertEquals("1", bench.replicas("t"));
    assertTrue(open().isEmpty());
  }

  private void swapAtTheAlter(Runnable then) {
    bench.link.once(
        "= '0'",
        execution -> {
          bench.sql(SWAP);
          then.run();
          return execution.get();
        });
  }

  /** The last that this process does is the ALTER, which a SWAP overtakes. */
  private void dieAtASwappedAlter() {
    var process = new MortalProcess(Integer.MAX_VALUE, true);
    swapAtTheAlter(process::die);
    bench.mortal(T, process).run();
    bench.timers.advance(Duration.ofSeconds(1));
    assertEquals("0", bench.replicas("t"));
    assertEquals("2", bench.replicas("other"));
    assertFalse(open().isEmpty());
  }

  private ResetJob resume() {
    JournalEntry entry = open().get(0);
    return bench.timers.run(
        TableResetProcessor.resuming(entry, seen().nameOf(entry), bench.context()).run());
  }

  private Unfinished seen() {
    return bench.timers.run(Unfinished.of(open(), new Detection(bench.link)));
  }

  private static OpenEnds.Stray met(ResetJob job) {
    return job.openEnds().stray().orElseThrow();
  }

  private List<JournalEntry> open() {
    return bench.journal.unfinished().result();
  }
}
