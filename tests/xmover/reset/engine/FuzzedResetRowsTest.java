package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xmover.fuzz.SpoiledRows;
import xmover.fuzz.Tries;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.Subject;

/** Whatever rows a reset gets, it comes to an end that it can tell. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedResetRowsTest {
  @Test
  void a_reset_ends_whatever_rows_it_gets() {
    Tries.of(
        10,
        random -> {
          var bench = ResetBench.oneTable("1");
          bench.guarded = new SpoiledRows(bench.link, random, random.nextInt(6));
          ResetJob job = bench.reset();
          assertTrue(job.state().isEnd(), job.toString());
          assertFalse(job.toString().matches("(?s).*(java\\.|Exception).*"), job.toString());
        });
  }

  @Test
  void a_table_is_looked_for_in_any_rows_and_that_never_fails() {
    Tries.of(
        40,
        random -> {
          var bench = ResetBench.oneTable("1");
          var spoiled = new SpoiledRows(bench.link, random, random.nextInt(3));
          var catalogue = new ReplicaCatalogue(spoiled, bench.timers, bench.self());
          TableLookup sighting = bench.timers.run(catalogue.identify(ResetBench.T));
          Subject subject = Subject.of(ResetBench.T);
          TableLookup again = bench.timers.run(catalogue.look(subject));
          bench.timers.advance(Duration.ofMinutes(1));
          assertFalse((sighting + " " + again).contains("Exception"), sighting + " " + again);
        });
  }
}
