package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.FaultyCluster;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;

/** A disk that hangs, rather than fails, keeps no table at 0. */
class HangingJournalTest {
  private static final Duration LONG = Duration.ofMinutes(20);

  private final List<JournalEntry> disk = new ArrayList<>();
  private final ResetBench bench = ResetBench.oneTable("1");

  /** Answers no write from the nth on. */
  private KeptJournal hangingFrom(int n) {
    return new KeptJournal(disk) {
      private int writes;

      @Override
      public Future<Void> write(JournalEntry entry) {
        return ++writes >= n ? Promise.<Void>promise().future() : super.write(entry);
      }
    };
  }

  private ResetJob ended(Future<ResetJob> reset) {
    bench.timers.advance(LONG);
    assertTrue(reset.isComplete(), "it goes on for ever");
    return reset.result();
  }

  @Test
  void nothing_is_changed_where_the_first_entry_is_not_written() {
    bench.journal = hangingFrom(1);
    ResetJob job = ended(bench.processor(T).run());
    assertTrue(job.wasNeverZero());
    assertEquals(List.of(), bench.link.written());
    assertEquals("1", bench.replicas());
  }

  @Test
  void an_alter_that_is_applied_while_the_next_entry_hangs_is_put_back() {
    bench.journal = hangingFrom(2);
    bench.link.once("'0')", bench.link.executeLate(Duration.ofSeconds(8), Kind.TIMEOUT));
    ResetJob job = ended(bench.processor(T).run());
    assertEquals("1", bench.replicas());
    assertEquals(RestoreOutcome.DONE, job.restore());
  }

  @Test
  void the_original_is_tried_again_while_the_entry_of_an_interim_setting_hangs() {
    bench.journal = hangingFrom(4);
    bench.link.times(1, "\"number_of_replicas\" = '1'", FaultyCluster.fail(Kind.SHARD_LIMIT));
    ended(bench.processor(T).run());
    assertEquals("1", bench.replicas());
  }

  @Test
  void a_table_that_was_renamed_at_0_is_put_back_while_the_journal_can_not_be_read() {
    bench.another();
    bench.journal =
        new KeptJournal(disk) {
          @Override
          public Future<List<JournalEntry>> unfinished() {
            return Promise.<List<JournalEntry>>promise().future();
          }
        };
    bench.link.once(
        "'0')",
        execution ->
            execution
                .get()
                .map(
                    rows -> {
                      bench.sql("ALTER TABLE doc.t RENAME TO t2");
                      bench.sql(
                          "CREATE TABLE doc.t (id INT) CLUSTERED INTO 2 SHARDS WITH"
                              + " (number_of_replicas = 0)");
                      return rows;
                    }));
    ended(bench.processor(T).run());
    assertEquals("1", bench.replicas("t2"));
  }
}
