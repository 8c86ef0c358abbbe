package xmover.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import xmover.Xmover;
import xmover.detect.ClusterIdentity;
import xmover.json.Json;
import xmover.log.EventWords;
import xmover.print.DiagnosisText;
import xmover.print.DurationText;
import xmover.print.RunSummary;
import xmover.print.Terminal;
import xmover.reset.Cure;
import xmover.reset.GateVerdict;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.table.Finding;
import xmover.table.KnownBug;
import xmover.table.ShardCopy;
import xmover.table.TableRef;

/**
 * What a report for people says: how it ended, what to do, what was not done and why, what was
 * done, and then all there is to know.
 */
final class ReportSections {
  private final RunRecord record;
  private final RunSummary summary;

  private ReportSections(RunRecord record) {
    this.record = record;
    this.summary = new RunSummary(record.report(), Terminal.NONE);
  }

  static String title(RunRecord record) {
    return record
        .cluster()
        .map(cluster -> "XMover run on " + cluster.name())
        .orElse("XMover run that reached no cluster");
  }

  static List<ReportSection> of(RunRecord record) {
    return new ReportSections(record).all();
  }

  private List<ReportSection> all() {
    List<TableResult> results = record.report().results();
    return List.of(
        ReportSection.text("Verdict", verdict()),
        ReportSection.text("What to do", nextSteps()),
        ReportSection.table(
                "Not done",
                List.of("Table", "Result", "Replicas", "Translog", "Time at 0", "Why"),
                summary.told().stream()
                    .filter(RunSummary::isNotDone)
                    .map(ReportSections::notDone)
                    .toList())
            .and(notBegun()),
        ReportSection.table(
            "Done",
            List.of(
                "Table",
                "Result",
                "Replicas",
                "Translog",
                "Time at 0",
                "One copy fewer",
                "Lease wait",
                "Total",
                "Cure"),
            results.stream()
                .filter(r -> !RunSummary.isNotDone(r))
                .map(ReportSections::done)
                .toList()),
        ReportSection.table(
                "Found",
                List.of("Table", "Replicas", "Worst translog", "% of threshold", "Verdict", "Why"),
                record.found().stream().map(ReportSections::found).toList())
            .folded(),
        ReportSection.table(
                "Diagnosis",
                List.of("Table", "Shard", "Node", "Uncommitted", "Why", "Fixed in", "Possible bug"),
                record.found().stream()
                    .flatMap(finding -> finding.shards().stream())
                    .map(ReportSections::diagnosis)
                    .toList())
            .folded(),
        ReportSection.table(
                "Gates", List.of("Table", "Gate", "Answer", "Reason", "What to do"), gates())
            .folded(),
        ReportSection.table(
                "Statements",
                List.of("Answered", "Took", "Statement", "Outcome"),
                record.statements().stream().map(ReportSections::statement).toList())
            .folded(),
        ReportSection.text("Run", run()).folded());
  }

  private List<String> verdict() {
    var report = record.report();
    List<String> lines = new ArrayList<>();
    lines.add(RunSummary.headline(report));
    record.error().ifPresent(error -> lines.add(EventWords.BROKEN + error));
    lines.add(
        "From %s to %s, exit code %s"
            .formatted(
                Json.timestamp(report.started()),
                Json.timestamp(report.ended()),
                record.exitCode()));
    return lines;
  }

  private List<String> run() {
    List<String> lines = new ArrayList<>();
    lines.add(
        "Run %s by %s@%s, XMover %s"
            .formatted(
                record.run().runId(), record.run().user(), record.run().host(), Xmover.VERSION));
    record.cluster().map(ReportSections::cluster).ifPresent(lines::add);
    return lines;
  }

  private static String cluster(ClusterIdentity cluster) {
    return "Cluster %s (%s), CrateDB %s, nodes %s, as user %s"
        .formatted(
            cluster.name(),
            cluster.id(),
            String.join(" and ", cluster.versions()),
            String.join(", ", cluster.nodes()),
            cluster.user());
  }

  private static List<String> found(Finding finding) {
    return List.of(
        finding.table().toString(),
        finding.relation().replicas().map(Object::toString).orElse("?"),
        finding.largestTranslog().toString(),
        finding
            .percentOfThreshold()
            .map(percent -> String.format(Locale.ROOT, "%.0f", percent))
            .orElse("?"),
        finding.verdict().action().name().toLowerCase(Locale.ROOT),
        finding.verdict().reason());
  }

  private static List<String> diagnosis(ShardCopy shard) {
    var diagnosis = shard.diagnosis();
    return List.of(
        shard.table().toString(),
        String.valueOf(shard.id()),
        shard.node(),
        shard.uncommitted().toString(),
        DiagnosisText.word(diagnosis.kind()) + ": " + diagnosis.text(),
        diagnosis.fixedIn().orElse("-"),
        diagnosis.knownBug().map(KnownBug::text).orElse("-"));
  }

  private static List<String> notDone(TableResult result) {
    return List.of(
        result.finding().table().toString(),
        RunSummary.result(result),
        RunSummary.replicas(result),
        RunSummary.translog(result),
        result.job().map(job -> DurationText.text(job.times().atRisk())).orElse("-"),
        Optional.of(result.notStarted())
            .filter(why -> !why.isEmpty())
            .or(() -> result.job().flatMap(ResetJob::cause).map(ResetFailure::message))
            .or(() -> result.cure().map(Cure::reason))
            .orElse("-"));
  }

  private static List<String> done(TableResult result) {
    Optional<ResetJob> job = result.job();
    return List.of(
        result.finding().table().toString(),
        RunSummary.result(result),
        RunSummary.replicas(result),
        RunSummary.translog(result),
        job.map(j -> DurationText.text(j.times().atRisk())).orElse("-"),
        RunSummary.fewer(result.fewer()),
        job.map(j -> DurationText.text(j.times().waited())).orElse("-"),
        result.took().map(DurationText::text).orElse("-"),
        result.cure().map(Cure::reason).orElse("-"));
  }

  private List<List<String>> gates() {
    List<List<String>> rows = new ArrayList<>();
    for (TableResult result : record.report().results()) {
      for (GateVerdict verdict : result.gates()) {
        if (verdict.answer() != GateVerdict.Answer.OPEN) {
          rows.add(
              List.of(
                  result.finding().table().toString(),
                  verdict.gate(),
                  verdict.answer().name().toLowerCase(Locale.ROOT),
                  verdict.reason(),
                  verdict.remedy()));
        }
      }
    }
    return rows;
  }

  private static List<String> statement(SqlTrail.Sent sent) {
    return List.of(
        Json.timestamp(sent.answered()),
        DurationText.text(sent.took()),
        sent.sql(),
        sent.outcome());
  }

  private List<String> nextSteps() {
    List<String> steps = summary.nextSteps();
    return steps.isEmpty() ? List.of("Nothing.") : steps;
  }

  /** What has no row: many of one kind, and what nobody was to heal. */
  private List<String> notBegun() {
    Set<TableRef> chosen =
        record.report().results().stream()
            .map(result -> result.finding().table())
            .collect(Collectors.toSet());
    long left = record.found().stream().filter(f -> !chosen.contains(f.table())).count();
    List<String> lines = new ArrayList<>(summary.collapsed());
    if (left > 0) {
      lines.add("%s more found and left alone: see Found".formatted(left));
    }
    return lines;
  }
}
