package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.answerNothing;
import static xmover.cluster.FaultyCluster.fail;
import static xmover.reset.engine.ResetBench.T;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;

/** A reset that is stopped, whatever it is doing: nothing new begins, and the table is put back. */
class StoppedResetTest {
  private static final String TO_ZERO = "\"number_of_replicas\" = '0'";
  private static final String BACK = "\"number_of_replicas\" = '1'";

  private final ResetBench bench = ResetBench.oneTable("1");
  private final TableResetProcessor processor;

  StoppedResetTest() {
    bench.policy = ResetBench.HANDBOOK;
    processor = bench.processor(T);
  }

  @Test
  void before_anything_was_changed_nothing_is() {
    bench.link.once("information_schema", bench.link.hang());
    var ended = processor.run();
    stop();
    assertTrue(ended.isComplete());
    assertEquals(Cause.STOPPED, ended.result().cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.NOT_NEEDED, ended.result().restore());
    // The answer that comes after the end changes nothing.
    bench.link.release();
    bench.timers.run();
    assertEquals(List.of(), bench.link.written());
    assertEquals(1, bench.told.of("transition").size());
  }

  @Test
  void while_the_alter_to_0_is_under_way_its_end_is_awaited_and_the_table_put_back() {
    bench.link.once(TO_ZERO, bench.link.hang());
    var ended = processor.run();
    bench.timers.advance(Duration.ofSeconds(1));
    assertEquals("0", bench.replicas());
    stop();
    bench.timers.advance(Duration.ofSeconds(1));
    assertFalse(ended.isComplete(), "a restore could be overtaken by the ALTER");
    bench.link.release();
    assertPutBack(ended);
    assertEquals(2, bench.link.written().size());
  }

  @Test
  void while_the_alter_to_0_is_to_be_repeated_it_is_not() {
    bench.link.once(TO_ZERO, answerNothing());
    var ended = processor.run();
    bench.timers.advance(Duration.ofSeconds(1));
    stop();
    assertPutBack(ended);
    assertEquals(1, bench.link.written().stream().filter(s -> s.contains(TO_ZERO)).count());
  }

  @Test
  void while_the_leases_are_waited_for_the_table_is_put_back_at_once() {
    var ended = processor.run();
    bench.timers.advance(Duration.ofSeconds(1));
    stop();
    bench.timers.advance(Duration.ofSeconds(1));
    assertTrue(ended.isComplete(), "at once");
    assertPutBack(ended);
    int sent = bench.link.sent().size();
    bench.timers.run();
    assertEquals(sent, bench.link.sent().size(), "nothing is looked at after the end");
  }

  @Test
  void while_a_look_is_under_way_its_answer_changes_nothing_any_more() {
    bench.link.once("lease_sources", bench.link.hang());
    var ended = processor.run();
    bench.timers.advance(Duration.ofSeconds(1));
    stop();
    assertPutBack(ended);
    bench.link.release();
    bench.timers.run();
    assertEquals(4, bench.told.of("transition").size());
    assertEquals(List.of(), bench.told.of("waiting"));
  }

  @Test
  void while_it_is_put_back_that_goes_on() {
    bench.link.times(3, BACK, fail(Kind.SERVER));
    bench.policy = ResetBench.ASKING;
    var asking = bench.processor(T);
    var ended = asking.run();
    bench.timers.advance(Duration.ofSeconds(2));
    asking.stop("SIGTERM");
    assertEquals(ResetState.COMPLETED, bench.timers.run(ended).state());
    assertEquals("1", bench.replicas());
  }

  @Test
  void after_the_end_a_stop_does_nothing() {
    var ended = processor.run();
    bench.timers.run(ended);
    stop();
    bench.timers.run();
    assertEquals(4, bench.told.of("transition").size());
  }

  private void stop() {
    processor.stop("SIGTERM");
  }

  private void assertPutBack(Future<ResetJob> ended) {
    ResetJob job = bench.timers.run(ended);
    assertEquals(Cause.STOPPED, job.cause().orElseThrow().cause());
    assertEquals(RestoreOutcome.DONE, job.restore());
    assertEquals("1", bench.replicas());
  }
}
