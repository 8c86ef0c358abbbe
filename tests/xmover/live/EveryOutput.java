package xmover.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.cluster.sql.Sql;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.CopyState;
import xmover.detect.Hidden;
import xmover.detect.Thresholds;
import xmover.json.Json;
import xmover.print.AnalysisText;
import xmover.print.CopiesText;
import xmover.print.DryRunPlan;
import xmover.print.HistoryText;
import xmover.print.PlanFacts;
import xmover.print.RunSummary;
import xmover.print.SqlByHand;
import xmover.print.Terminal;
import xmover.print.UnfinishedText;
import xmover.report.HistoryJson;
import xmover.report.ReportFile;
import xmover.report.RunRecord;
import xmover.report.SqlTrail;
import xmover.reset.CopyStep;
import xmover.reset.FewerCopies;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.TestResults;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** What is printed and written of a cluster where everything that has a name is called so. */
public record EveryOutput(String name) {
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
  private static final ReplicaSetting ONE = new ReplicaSetting("1");

  public TableRef table() {
    return TableRef.of("doc", name);
  }

  TableRef partition() {
    return TableRef.of("doc", "t").partition(new PartitionValues("0407", Map.of("r", name)));
  }

  public ClusterIdentity cluster() {
    return new ClusterIdentity("id", name, List.of("6.3.7"), List.of(name), name, false, "all");
  }

  public RunIdentity run() {
    return new RunIdentity("run-1", name, name, NOW);
  }

  Analysis analysis() {
    return new Analysis(
        cluster(),
        Thresholds.DEFAULT,
        List.of(
            finding(table(), Verdict.reset(name)),
            finding(partition(), Verdict.reset(name)),
            finding(TableRef.of("doc", "left" + name), Verdict.skip(name))),
        new Hidden(false, 7, 0));
  }

  private Finding finding(TableRef table, Verdict verdict) {
    Finding plain = TestResults.of(table, "completed").finding();
    return new Finding(plain.relation(), plain.totals(), List.of(shard(table)), verdict);
  }

  private ShardCopy shard(TableRef table) {
    return new ShardCopy(
        table,
        1,
        false,
        name,
        name,
        Bytes.ZERO,
        Bytes.ZERO,
        Bytes.ZERO,
        5,
        Optional.empty(),
        Optional.empty(),
        Diagnosis.unknown(name));
  }

  public RunReport report() {
    List<TableResult> results =
        Stream.of(
                "completed",
                "timed_out",
                "failed",
                "critical",
                "not_cured",
                "refused",
                "flushed",
                "changed_by_others")
            .flatMap(
                word -> Stream.of(TestResults.of(table(), word), TestResults.of(partition(), word)))
            .toList();
    return new RunReport(NOW, NOW, results, 0);
  }

  public RunRecord record() {
    String sql = Sql.setReplicas(table(), ONE).text();
    var sent = new SqlTrail.Sent(NOW, Duration.ZERO, Optional.of(table()), sql, name);
    return new RunRecord(
        run(),
        Optional.of(cluster()),
        analysis().findings(),
        report(),
        List.of(sent),
        Optional.of(name),
        4);
  }

  public Unfinished unfinished() {
    var entries =
        Stream.of(table(), partition())
            .map(
                table ->
                    new JournalEntry(
                        run(), table, ONE, 4, ResetState.MONITORING_LEASES, Optional.empty(), NOW))
            .toList();
    return new Unfinished(entries, List.of(), Optional.empty());
  }

  public List<CopyState> copies() {
    return List.of(
        new CopyState(
            table(),
            0,
            true,
            name,
            Optional.of(name),
            Optional.empty(),
            Optional.empty(),
            false,
            Optional.empty(),
            Optional.empty(),
            List.of("peer recovery"),
            Optional.of(new CopyState.Recovery(name, Optional.of(10.0)))));
  }

  public List<PastReset> history() {
    var figures =
        new PastReset.Figures(
            name,
            Optional.of(Duration.ZERO),
            FewerCopies.NEVER,
            Optional.of(Bytes.ZERO),
            Optional.empty());
    return Stream.of(table(), partition())
        .map(
            table ->
                new PastReset(
                    run(),
                    table,
                    Remedy.RESET,
                    PastReset.Outcome.FAILED,
                    name,
                    NOW,
                    Optional.of(figures)))
        .toList();
  }

  /** All of them by what they are, before the last filter; reports are written to the folder. */
  Map<String, String> written(Path folder) throws IOException {
    var outputs = new LinkedHashMap<String, String>();
    outputs.put("analysis", new AnalysisText(analysis(), Terminal.NONE).render());
    outputs.put("sql", SqlByHand.of(analysis()));
    outputs.put("summary", new RunSummary(report(), Terminal.NONE).render());
    outputs.put("copies", CopiesText.render(copies(), Terminal.NONE));
    outputs.put("status", UnfinishedText.render(unfinished(), false, Terminal.NONE));
    outputs.put(
        "history",
        HistoryText.render(
            List.of(
                new PastReset(run(), table(), Remedy.RESET, PastReset.Outcome.FAILED, name, NOW)),
            Terminal.NONE));
    outputs.put("history by run", HistoryText.byRun(history(), Terminal.NONE));
    outputs.put(
        "history as JSON",
        Json.pretty(HistoryJson.of(Optional.of(cluster()), Optional.of(name), history())));
    outputs.put("plan", plan().render(Terminal.NONE, true));
    outputs.put("live", live());
    for (String form : List.of("html", "md", "json")) {
      Path file = folder.resolve("report." + form);
      new ReportFile(file).write(record());
      outputs.put(form, Files.readString(file));
    }
    return outputs;
  }

  private DryRunPlan plan() {
    var told = List.of(Sql.setReplicas(table(), ONE), Sql.setReplicas(partition(), ONE));
    var step = new CopyStep(Remedy.MOVE, 0, name, Optional.of(name), Optional.empty(), 2);
    var sight =
        new PlanFacts(
            Map.of(table(), List.of(step)),
            Optional.empty(),
            Map.of(table(), PlanFacts.Snapshot.unread(name)),
            List.of(name));
    return new DryRunPlan(report(), told, FollowedRun.POLICY, cluster(), sight);
  }

  private String live() {
    var run = FollowedRun.of("doc." + name);
    run.progress.on(new RunEvent.RunStarted(FollowedRun.RUN, cluster()));
    run.progress.on(new RunEvent.Stopping(name));
    return LiveView.of(run.progress.snapshot(), 200, 20, java.time.ZoneOffset.UTC).stream()
        .map(Object::toString)
        .collect(Collectors.joining("\n"));
  }
}
