package xmover.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.live.FollowedRun;
import xmover.reset.RunEvent;

/** When metrics leave a run. */
class PublishedMetricsTest {
  private final MeasuredRun measured = new MeasuredRun();
  private final List<Exposition> taken = new ArrayList<>();
  private Future<Void> taking = Future.succeededFuture();
  private final PublishedMetrics published =
      new PublishedMetrics(
          measured.metrics::scrape,
          text -> {
            taken.add(new Exposition(text));
            return taking;
          },
          measured.run.time);

  private void starts(String... tables) {
    measured.begins(tables);
    measured.run.watch(published);
    published.on(new RunEvent.RunStarted(measured.scene.run(), FollowedRun.CLUSTER));
  }

  private void ends(int exitCode) {
    measured.ends(exitCode);
    MeasuredRun.tellEnd(published, exitCode);
  }

  @Test
  void the_first_table_at_zero_is_told_at_once_and_the_next_ones_in_time() {
    starts("doc.t", "doc.u");
    measured.run.step("doc.t", "begin");
    measured.run.step("doc.u", "begin");
    assertEquals(1, taken.size());
    assertEquals(1, taken.get(0).value("xmover_tables_at_zero_replicas"));
    measured.pass(10);
    assertEquals(2, taken.get(1).value("xmover_tables_at_zero_replicas"));
  }

  @Test
  void they_leave_every_ten_seconds_until_the_run_is_over() {
    starts();
    measured.pass(31);
    assertEquals(3, taken.size());
    ends(0);
    assertEquals(4, taken.size());
    measured.pass(60);
    assertEquals(4, taken.size());
    assertTrue(published.close().succeeded());
  }

  @Test
  void the_last_ones_tell_how_it_ended() {
    starts();
    ends(3);
    assertEquals(3, taken.get(taken.size() - 1).value("xmover_last_exit_code"));
  }

  @Test
  void a_run_that_ends_by_an_error_tells_it() {
    measured.metrics.on(new RunEvent.RunFailed(new RuntimeException("no route"), 1));
    published.on(new RunEvent.RunFailed(new RuntimeException("no route"), 1));
    assertEquals(1, taken.get(0).value("xmover_last_exit_code"));
  }

  @Test
  void a_way_out_that_is_slow_is_given_no_more_until_it_is_done_and_then_the_last() {
    Promise<Void> slow = Promise.promise();
    taking = slow.future();
    starts();
    measured.pass(60);
    assertEquals(1, taken.size());
    ends(0);
    Future<Void> closed = published.close();
    assertEquals(1, taken.size());
    assertTrue(!closed.isComplete());
    taking = Future.succeededFuture();
    slow.complete();
    assertEquals(2, taken.size());
    assertTrue(closed.isComplete());
    assertEquals(0, taken.get(1).value("xmover_last_exit_code"));
  }

  @Test
  void nothing_leaves_after_a_run_whose_end_was_never_told() {
    starts();
    published.close();
    measured.run.time.advance(Duration.ofMinutes(5));
    assertEquals(List.of(), taken);
  }
}
