package xmover.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.detect.Analysis;
import xmover.detect.Early;
import xmover.detect.Hidden;
import xmover.detect.Thresholds;
import xmover.live.FollowedRun;
import xmover.monitor.ClusterState;
import xmover.reset.RunEvent;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.ShardCopy;
import xmover.table.Verdict;

/** How many early copies there are; a look that could not tell lowers nothing. */
class EarlyMetersTest {
  private final MonitorMetrics metrics = new MonitorMetrics("db1");

  private static ShardCopy copy(long shard) {
    return new ShardCopy(
        FollowedRun.finding("doc.t").table(),
        shard,
        false,
        "STARTED",
        "n1",
        Bytes.ZERO,
        Bytes.ZERO,
        Bytes.ZERO,
        0,
        Optional.empty(),
        Optional.empty(),
        Diagnosis.NONE);
  }

  private static Early early(List<ShardCopy> copies, List<ShardCopy> unread) {
    Finding plain = FollowedRun.finding("doc.t");
    var table = new Finding(plain.relation(), plain.totals(), copies, Verdict.early("a hole"));
    return new Early(copies.isEmpty() ? List.of() : List.of(table), unread, Optional.empty());
  }

  private static Analysis analysis(Early early) {
    return new Analysis(FollowedRun.CLUSTER, Thresholds.DEFAULT, List.of(), Hidden.NOTHING)
        .with(early);
  }

  private void saw(Early early) {
    metrics.saw(ClusterState.of(Instant.EPOCH, analysis(early), List.of()));
  }

  private double copies() {
    return new Exposition(metrics.scrape()).value("xmover_copies_early");
  }

  @Test
  void copies_and_their_tables_are_counted_and_do_not_count_as_detected() {
    saw(early(List.of(copy(0), copy(1)), List.of()));
    assertEquals(2, copies());
    var exposed = new Exposition(metrics.scrape());
    assertEquals(1, exposed.value("xmover_tables_early"));
    assertEquals(0, exposed.value("xmover_tables_detected"));
    saw(early(List.of(), List.of()));
    assertEquals(0, copies());
  }

  @Test
  void a_run_counts_them_too_and_not_as_detected() {
    var measured = new MeasuredRun();
    Early early = early(List.of(copy(0), copy(1)), List.of());
    measured.metrics.on(new RunEvent.Analysed(analysis(early).healingEarly(), FollowedRun.POLICY));
    assertEquals(2, measured.exposed().value("xmover_copies_early"));
    assertEquals(0, measured.exposed().value("xmover_tables_detected"));
  }

  @Test
  void what_could_not_be_read_lowers_nothing() {
    var unknown = new Early(List.of(), List.of(), Optional.of("no answer"));
    saw(unknown);
    assertTrue(new Exposition(metrics.scrape()).of("xmover_copies_early").isEmpty());
    saw(early(List.of(copy(0), copy(1)), List.of()));
    saw(unknown);
    assertEquals(2, copies());
    saw(early(List.of(copy(0)), List.of(copy(1))));
    assertEquals(2, copies());
    saw(early(List.of(copy(0), copy(1), copy(2)), List.of(copy(3))));
    assertEquals(3, copies());
  }
}
