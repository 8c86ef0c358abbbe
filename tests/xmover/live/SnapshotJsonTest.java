package xmover.live;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import xmover.reset.CopyStep;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.ShardCopy;

class SnapshotJsonTest {
  private static final Finding T = FollowedRun.finding("doc.t");

  private static JsonNode json(FollowedRun run) {
    return SnapshotJson.table(run.table("doc.t"), Optional.of(FollowedRun.POLICY));
  }

  private static ShardCopy copy(int shard) {
    return new ShardCopy(
        T.table(),
        shard,
        false,
        "STARTED",
        "data-hot-" + shard % 3,
        new Bytes(9),
        new Bytes(9),
        new Bytes(7),
        5,
        Optional.empty(),
        Optional.empty(),
        new Diagnosis(Diagnosis.Kind.HOLE, "operation 91 is missing", Optional.empty()));
  }

  @Test
  void a_table_tells_its_worst_copies_and_how_many_more_there_are() {
    List<ShardCopy> copies = IntStream.range(0, 25).mapToObj(SnapshotJsonTest::copy).toList();
    var run = FollowedRun.of("doc.t");
    run.progress.on(
        new RunEvent.Chosen(List.of(new Finding(T.relation(), T.totals(), copies, T.verdict()))));
    JsonNode json = json(run);
    assertEquals(20, json.path("shards").size());
    assertEquals(5, json.path("more_shards").asInt());
    JsonNode first = json.at("/shards/0");
    assertEquals("data-hot-0", first.path("node").asText());
    assertEquals(7, first.path("uncommitted_bytes").asLong());
    assertEquals("operation 91 is missing", first.at("/diagnosis/text").asText());
  }

  @Test
  void a_gentler_remedy_tells_from_where_to_where_a_copy_goes() {
    var run = FollowedRun.of("doc.t");
    run.progress.on(
        new RunEvent.CopyTreated(
            T,
            new CopyStep(
                Remedy.MOVE, 3, "hot-1", Optional.of("hot-2"), Optional.of(new Bytes(5)), 2)));
    run.progress.on(new RunEvent.RemedyBegun(T, Remedy.MOVE));
    JsonNode step = json(run).path("step");
    assertEquals("move", step.path("remedy").asText());
    assertEquals("hot-1 hot-2", step.path("from").asText() + " " + step.path("to").asText());
    assertEquals(5, step.path("bytes").asLong());
  }

  @Test
  void a_restore_that_fails_is_told_until_one_succeeds() {
    var run = FollowedRun.of("doc.t");
    List.of("begin", "zero", "cleared").forEach(word -> run.step("doc.t", word));
    Duration pause = Duration.ofSeconds(8);
    run.progress.on(
        new RunEvent.Retrying(T.table(), RunEvent.Retrying.RESTORING, 4, pause, "its block"));
    JsonNode failing = json(run).path("failing");
    assertEquals(
        "4 its block", failing.path("attempt").asInt() + " " + failing.path("reason").asText());
    assertEquals(run.time.now().plus(pause), Instant.parse(failing.path("again").asText()));
    run.step("doc.t", "restored");
    assertFalse(json(run).has("failing"));
  }

  @Test
  void it_is_recovered_when_every_copy_was_seen_started_since_its_replicas_are_back() {
    var run = FollowedRun.of("doc.t");
    assertFalse(json(run).has("recovered"));
    run.progress.on(new RunEvent.Recovering(T, new RecoveryReading(8, 8, 100)));
    assertEquals(true, json(run).path("recovered").asBoolean());
    run.step("doc.t", "begin");
    assertFalse(json(run).has("recovered"), "that was before its reset");
    List.of("zero", "cleared", "restored", "recovering").forEach(word -> run.step("doc.t", word));
    assertFalse(json(run).has("recovered"));
    assertEquals(20L << 30, json(run).at("/recovery/bytes").asLong());
    run.step("doc.t", "cured");
    assertEquals(true, json(run).path("recovered").asBoolean());
  }
}
