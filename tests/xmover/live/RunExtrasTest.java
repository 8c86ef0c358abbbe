package xmover.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.reset.CopyReading;
import xmover.reset.NodeReading;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.TableRef;

/** What a run tells beside its tables: how it went over time, nodes and copies, earlier runs. */
class RunExtrasTest {
  private static final TableRef T = FollowedRun.finding("doc.t").table();

  private final FollowedRun run = FollowedRun.of("doc.t");

  private JsonNode told() {
    return RunExtrasJson.of(run.progress.snapshot());
  }

  private static CopyReading copy(long shard, boolean primary, String node, long uncommitted) {
    return new CopyReading(
        shard, primary, "STARTED", Optional.of(node), Optional.of(new Bytes(uncommitted)));
  }

  private JsonNode point(int place) {
    JsonNode points = told().at("/over_time/points");
    return points.get(place < 0 ? points.size() + place : place);
  }

  @Test
  void bytes_at_one_copy_rise_with_the_alter_and_fall_when_every_copy_is_back() {
    assertEquals(0, point(-1).path("one_copy").asLong());
    run.time.advance(Duration.ofSeconds(5));
    run.step("doc.t", "begin");
    run.step("doc.t", "zero");
    long size = run.progress.snapshot().risk().bytes().value();
    assertTrue(size > 0);
    assertEquals(size, point(-1).path("one_copy").asLong());
    run.time.advance(Duration.ofSeconds(60));
    run.step("doc.t", "cleared");
    run.step("doc.t", "restored");
    run.step("doc.t", "cured");
    assertEquals(0, point(-1).path("one_copy").asLong());
    assertEquals(65_000, point(-1).path("ms").asLong());
  }

  @Test
  void a_limit_is_told_where_one_is_set_and_nowhere_else() {
    assertFalse(told().path("over_time").has("limit_bytes"));
    run.progress.on(new RunEvent.ExposureLimited(new Bytes(77)));
    assertEquals(77, told().at("/over_time/limit_bytes").asLong());
  }

  @Test
  void uncommitted_translog_follows_the_looks_at_the_worst_replica() {
    long before = FollowedRun.finding("doc.t").largestTranslog().value();
    assertEquals(before, point(-1).path("uncommitted").asLong());
    run.time.advance(Duration.ofSeconds(5));
    run.progress.on(
        new RunEvent.CopiesSeen(T, List.of(copy(0, true, "a", 9000), copy(0, false, "b", 800))));
    assertEquals(800, point(-1).path("uncommitted").asLong());
  }

  @Test
  void a_node_whose_disk_nobody_read_is_there_without_figures() {
    JsonNode node = told().at("/nodes/all/0");
    assertEquals("a", node.path("name").asText());
    assertFalse(node.has("used_bytes"));
    assertFalse(told().path("nodes").has("looked"));
    var disk =
        new NodeReading.Disk(new Bytes(100), new Bytes(40), Optional.empty(), Optional.empty());
    run.progress.on(
        new RunEvent.NodesSeen(
            List.of(
                new NodeReading("a", Optional.of(disk)), new NodeReading("b", Optional.empty()))));
    assertEquals(40, told().at("/nodes/all/0/used_bytes").asLong());
    assertFalse(told().at("/nodes/all/0").has("low_bytes"));
    assertFalse(told().at("/nodes/all/1").has("used_bytes"));
    assertTrue(told().path("nodes").has("looked"));
  }

  @Test
  void a_copy_is_on_its_node_until_its_replicas_are_dropped_and_its_table_is_done() {
    var missing = new CopyReading(1, false, "UNASSIGNED", Optional.empty(), Optional.empty());
    run.progress.on(
        new RunEvent.CopiesSeen(
            T, List.of(copy(0, true, "a", 0), copy(0, false, "b", 0), missing)));
    assertEquals("doc.t", told().at("/nodes/all/1/copies/0/table").asText());
    assertEquals(1, told().at("/nodes/unassigned/copies").size());
    run.step("doc.t", "begin");
    run.step("doc.t", "zero");
    assertEquals(1, told().at("/nodes/all/0/copies").size());
    assertEquals(0, told().at("/nodes/all/1/copies").size());
    assertEquals(0, told().at("/nodes/unassigned/copies").size());
    run.step("doc.t", "failed");
    assertEquals(0, told().at("/nodes/all/0/copies").size());
    run.progress.on(new RunEvent.CopiesSeen(T, List.of(copy(0, true, "a", 0))));
    assertEquals(0, told().at("/nodes/all/0/copies").size(), "it is under way no longer");
  }

  @Test
  void runs_are_told_the_latest_first_with_what_came_of_their_tables() {
    assertFalse(told().has("runs"), "nobody read them yet");
    List<PastReset> past = new ArrayList<>();
    for (int i = 0; i < 30; i++) {
      var identity = new RunIdentity("run-" + i, "ops", "laptop", Instant.EPOCH.plusSeconds(i));
      past.add(reset(identity, PastReset.Outcome.CURED));
      past.add(reset(identity, PastReset.Outcome.FAILED));
    }
    run.progress.on(new RunEvent.HistoryRead(past));
    JsonNode runs = told().path("runs");
    assertEquals(20, runs.size());
    JsonNode last = runs.get(0);
    assertEquals("run-29", last.path("run").asText());
    assertEquals(2, last.path("tables").asInt());
    assertEquals(1, last.at("/outcomes/failed").asInt());
    assertEquals("failed", last.at("/resets/0/outcome").asText(), "the worst first");
    assertFalse(last.has("bytes_before"), "a sum of what nobody knows is none");
  }

  private static PastReset reset(RunIdentity by, PastReset.Outcome outcome) {
    return new PastReset(by, T, Remedy.RESET, outcome, "", Instant.EPOCH);
  }
}
