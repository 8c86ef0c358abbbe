package xmover.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.fail;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.Repository;
import xmover.Xmover;
import xmover.detect.Analysis;
import xmover.detect.CopyList;
import xmover.detect.CopyState;
import xmover.detect.Early;
import xmover.detect.Hidden;
import xmover.detect.LongTexts;
import xmover.detect.LongTexts.RefusedWrite;
import xmover.detect.LongTexts.TextColumn;
import xmover.detect.LongTexts.Told;
import xmover.detect.Thresholds;
import xmover.live.EveryOutput;
import xmover.live.FollowedRun;
import xmover.live.RunSnapshot;
import xmover.live.SnapshotJson;
import xmover.log.ResultFields;
import xmover.monitor.ClusterState;
import xmover.monitor.Monitoring;
import xmover.monitor.MonitoringJson;
import xmover.report.HistoryJson;
import xmover.report.ReportJson;
import xmover.report.RunRecord;
import xmover.report.SqlTrail;
import xmover.reset.CopyStep;
import xmover.reset.RebalanceHold;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.TestResults;
import xmover.reset.engine.Unfinished;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.GivenUp;
import xmover.table.KnownBug;
import xmover.table.PartitionValues;
import xmover.table.ShardCopy;
import xmover.table.TableRef;
import xmover.table.TableState;
import xmover.table.Verdict;

/**
 * Every document for programs, whole, as a file beside this test has it: no field goes, comes or
 * changes its shape unseen. One that is to change is deleted: the next run fails and writes it.
 */
class JsonDocumentsTest {
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
  private static final EveryOutput NAMED = new EveryOutput("n");

  private static void document(String name, ObjectNode json) throws Exception {
    Path file = Repository.root().resolve("tests/xmover/json/documents").resolve(name + ".json");
    String text = Json.pretty(json).replace(Xmover.VERSION, "VERSION");
    if (!Files.exists(file)) {
      Files.writeString(file, text);
      fail(file + " is written anew: look at it");
    }
    var reader = new ObjectMapper();
    assertEquals(reader.readTree(Files.readString(file)), reader.readTree(text), text);
  }

  private static ShardCopy copy(TableRef table, Diagnosis diagnosis) {
    return new ShardCopy(
        table,
        2,
        false,
        "STARTED",
        "data-hot-2",
        new Bytes(9),
        new Bytes(8),
        new Bytes(7),
        5,
        Optional.of(new Checkpoints(100, 90, 80)),
        Optional.of(3L),
        diagnosis);
  }

  private static Finding finding(TableRef table, Verdict verdict) {
    Finding plain = TestResults.of(table, "completed").finding();
    var causes =
        List.of(
            new KnownBug(Optional.empty(), "a long text", "limit the column"),
            new KnownBug("6.0.4", "a NULL"));
    var hole = new Diagnosis(Diagnosis.Kind.HOLE, "operation 91 is missing", causes);
    return new Finding(
        plain.relation(),
        plain.totals(),
        List.of(copy(table, hole), copy(table, Diagnosis.NONE)),
        verdict);
  }

  private static TableRef partition() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("month", 1704067200000L);
    values.put("share", 0.5);
    values.put("none", null);
    return TableRef.of("doc", "p").partition(new PartitionValues("0407", values));
  }

  private static Analysis analysis(Early early, Optional<LongTexts> texts) {
    var table = NAMED.table();
    return new Analysis(
        NAMED.cluster(),
        Thresholds.DEFAULT,
        List.of(
            finding(table, Verdict.reset("worst")),
            finding(partition(), Verdict.skip("read-only"))),
        new Hidden(false, 7, 2),
        early,
        true,
        texts,
        List.of(
            new GivenUp(table, 1, true, Optional.of(5L), Optional.of("disk")),
            new GivenUp(partition(), 0, false, Optional.empty(), Optional.empty())));
  }

  @Test
  void an_analysis() throws Exception {
    var table = NAMED.table();
    var texts =
        new LongTexts(
            new Told<>(
                List.of(
                    new RefusedWrite(table, "INSERT", "u", Optional.of(NOW), 2),
                    new RefusedWrite(table, "UPDATE", "u", Optional.empty(), 1)),
                true,
                ""),
            new Told<>(List.of(new TextColumn(table, "c")), false, ""),
            true);
    var early =
        new Early(
            List.of(finding(table, Verdict.reset("early"))),
            List.of(copy(table, Diagnosis.NONE)),
            Optional.empty());
    document("analysis", AnalysisJson.of(analysis(early, Optional.of(texts))));
  }

  @Test
  void an_analysis_that_could_not_see_all() throws Exception {
    var unread =
        new LongTexts(
            new Told<>(List.of(), false, "no privilege"),
            new Told<>(List.of(), false, "gone"),
            false);
    var early = new Early(List.of(), List.of(), Optional.of("it failed"));
    ObjectNode json = AnalysisJson.of(analysis(early, Optional.of(unread)));
    document("analysis-unread", json.without(List.of("tables", "shards", "given_up")));
  }

  @Test
  void a_report() throws Exception {
    var lines = new ArrayList<>(NAMED.report().results());
    lines.add(TestResults.of("doc.late", "cured"));
    lines.add(TestResults.of("doc.later", "not_started"));
    var record =
        new RunRecord(
            NAMED.run(),
            Optional.of(NAMED.cluster()),
            List.of(finding(partition(), Verdict.reset("worst"))),
            new RunReport(NOW, NOW.plusSeconds(90), lines, 2),
            NAMED.record().statements(),
            Optional.of("an error"),
            4);
    document("report", ReportJson.of(record));
  }

  @Test
  void a_report_of_a_run_that_reached_no_cluster() throws Exception {
    var record =
        new RunRecord(
            NAMED.run(),
            Optional.empty(),
            List.of(),
            new RunReport(NOW, NOW, List.of(), 0),
            List.of(new SqlTrail.Sent(NOW, Duration.ofMillis(12), Optional.empty(), "SET", "ok")),
            Optional.empty(),
            1);
    document("report-unreached", ReportJson.of(record));
  }

  @Test
  void the_fields_of_a_result() throws Exception {
    ObjectNode all = JsonNodeFactory.instance.objectNode();
    for (String word : List.of("completed", "critical", "cured", "flushed", "refused")) {
      ResultFields.of(all.putObject(word), TestResults.of("doc.t", word));
    }
    document("result-fields", all);
  }

  @Test
  void a_history() throws Exception {
    document(
        "history",
        HistoryJson.of(Optional.of(NAMED.cluster()), Optional.of("down"), NAMED.history()));
    document("history-unread", HistoryJson.of(Optional.empty(), Optional.empty(), NAMED.history()));
  }

  @Test
  void what_is_unfinished() throws Exception {
    var hold = Optional.of(new RebalanceHold(NAMED.run(), "all", NOW));
    Unfinished seen = NAMED.unfinished();
    document(
        "unfinished",
        UnfinishedJson.of(Optional.of(NAMED.cluster()), Optional.of("ops"), seen, hold));
    var unread = new Unfinished(seen.entries(), List.of(), Optional.of("down"));
    document(
        "unfinished-unread",
        UnfinishedJson.of(Optional.empty(), Optional.empty(), unread, Optional.empty()));
  }

  private static ObjectNode whole(ObjectNode head, List<ObjectNode> tables) {
    head.putArray("tables").addAll(tables);
    return head;
  }

  private static void monitor(String name, ClusterState sight) throws Exception {
    var shot =
        new Monitoring.Snapshot(
            3,
            NOW,
            Duration.ofSeconds(10),
            Optional.of(sight),
            Optional.of(NOW),
            Optional.of("down"),
            List.of());
    document(
        name,
        whole(
            MonitoringJson.head(shot), shot.tables().stream().map(MonitoringJson::table).toList()));
  }

  @Test
  void a_cluster_under_watch() throws Exception {
    monitor("monitor", ClusterState.of(NOW, analysis(Early.NONE, Optional.empty()), List.of()));
    Finding finding = TestResults.of(NAMED.table(), "completed").finding();
    var state = new TableState(finding.relation(), finding.totals(), Optional.empty());
    var whole =
        new CopyState(
            NAMED.table(),
            1,
            false,
            "STARTED",
            Optional.of("b"),
            Optional.of(new Bytes(7)),
            Optional.of(new Checkpoints(100, 90, 80)),
            false,
            Optional.of(new Bytes(9)),
            Optional.of(12L),
            List.of("peer recovery", "peer recovery"),
            Optional.empty());
    var copies = List.of(whole, NAMED.copies().get(0));
    monitor(
        "monitor-named",
        ClusterState.of(
            NOW,
            NAMED.cluster(),
            List.of(state),
            new CopyList(copies, List.of()),
            analysis(Early.NONE, Optional.empty()).thresholds(),
            List.of()));
    var nothing =
        new Monitoring.Snapshot(
            0, NOW, Duration.ZERO, Optional.empty(), Optional.empty(), Optional.empty(), List.of());
    document("monitor-before-a-look", MonitoringJson.head(nothing));
  }

  private static void run(String name, FollowedRun run) throws Exception {
    RunSnapshot shot = run.progress.snapshot();
    var tables =
        shot.tables().stream().map(table -> SnapshotJson.table(table, shot.policy())).toList();
    ObjectNode json = whole(SnapshotJson.head(shot), tables);
    var events = json.putArray("events");
    shot.events().forEach(event -> events.add(SnapshotJson.event(event)));
    document(name, json);
  }

  @Test
  void a_run() throws Exception {
    var run =
        FollowedRun.of(
            "doc.queued", "doc.zero", "doc.failing", "doc.copies", "doc.moved", "doc.refused");
    run.progress.on(new RunEvent.Chosen(List.of(finding(partition(), Verdict.reset("worst")))));
    List.of("gates", "begin", "zero", "look 8", "look 6", "wait")
        .forEach(word -> run.step("doc.zero", word));
    List.of("begin", "zero", "cleared").forEach(word -> run.step("doc.failing", word));
    run.progress.on(
        new RunEvent.Retrying(
            TableRef.of("doc", "failing"),
            RunEvent.Retrying.RESTORING,
            4,
            Duration.ofSeconds(8),
            "block"));
    List.of("begin", "zero", "cleared", "restored", "recovering", "not_cured")
        .forEach(word -> run.step("doc.copies", word));
    run.progress.on(
        new RunEvent.CopyTreated(
            FollowedRun.finding("doc.moved"),
            new CopyStep(Remedy.MOVE, 3, "a", Optional.of("b"), Optional.of(new Bytes(5)), 2)));
    run.progress.on(new RunEvent.RemedyBegun(FollowedRun.finding("doc.moved"), Remedy.MOVE));
    run.step("doc.refused", "refused");
    run.progress.on(new RunEvent.Paused());
    run.progress.on(new RunEvent.Stopping("SIGTERM"));
    run("run", run);
  }

  @Test
  void a_run_that_is_over() throws Exception {
    var run = FollowedRun.of("doc.a", "doc.b", "doc.c");
    List.of("begin", "zero", "cleared", "restored", "cured").forEach(w -> run.step("doc.a", w));
    List.of("begin", "zero", "cleared", "lost", "critical").forEach(w -> run.step("doc.b", w));
    run.step("doc.c", "flushed");
    run.over(4, "doc.a=cured", "doc.b=critical", "doc.c=flushed");
    run("run-over", run);
  }
}
