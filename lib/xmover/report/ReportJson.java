package xmover.report;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.Xmover;
import xmover.detect.ClusterIdentity;
import xmover.json.AnalysisJson;
import xmover.json.Json;
import xmover.log.ResultFields.BytesAfter;
import xmover.log.ResultFields.Fewer;
import xmover.print.Advice;
import xmover.print.RunSummary;
import xmover.reset.Cure;
import xmover.reset.FewerCopies;
import xmover.reset.GateVerdict;
import xmover.reset.RemedyResult;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** A report for programs: one JSON object; sizes in bytes, times in milliseconds or ISO 8601. */
public record ReportJson(
    String runId,
    String xmoverVersion,
    String startedBy,
    @Nullable ClusterIdentity cluster,
    @Nullable String error,
    int exitCode,
    @JsonUnwrapped @JsonIgnoreProperties("critical") RunTotals totals,
    @JsonUnwrapped Fewer fewer,
    int sparedTables,
    Bytes sparedBytes,
    List<Found> found,
    List<Result> results,
    List<Sent> statements) {
  private record Found(@JsonUnwrapped AnalysisJson.Table table, List<AnalysisJson.Shard> shards) {
    Found(Finding finding) {
      this(new AnalysisJson.Table(finding), AnalysisJson.Shard.of(finding.shards()));
    }
  }

  private record Result(
      @JsonUnwrapped AnalysisJson.Named named,
      String result,
      Bytes bytesBefore,
      Optional<String> replicasAfter,
      @JsonUnwrapped @Nullable BytesAfter after,
      @JsonUnwrapped Fewer fewer,
      @JsonUnwrapped @Nullable Job job,
      Optional<RemedyResult> treatment,
      Optional<Cure> cure,
      List<GateVerdict> gates,
      List<String> nextSteps) {
    static Result of(TableResult result) {
      return new Result(
          new AnalysisJson.Named(result.finding().table()),
          RunSummary.result(result),
          result.finding().largestTranslog(),
          result.after().map(TableResult.After::replicas),
          result.after().map(seen -> new BytesAfter(seen.largestReplicaTranslog())).orElse(null),
          new Fewer(result.fewer()),
          result.job().map(Job::of).orElse(null),
          result.treatment(),
          result.cure(),
          result.gates(),
          Advice.all(result));
    }
  }

  private record Job(
      @Nullable ReplicaSetting originalReplicas,
      ResetState state,
      @Nullable RestoreOutcome restore,
      Duration atZero,
      @JsonProperty("wait_ms") Duration waited,
      Duration elapsed,
      int looks,
      ResetFailure.@Nullable Cause cause,
      @Nullable String error) {
    static Job of(ResetJob job) {
      return new Job(
          job.original(),
          job.state(),
          job.restore(),
          job.times().atRisk(),
          job.times().waited(),
          job.times().total(),
          job.looks(),
          job.cause().map(ResetFailure::cause).orElse(null),
          job.cause().map(ResetFailure::message).orElse(null));
    }
  }

  /** A run in figures. */
  public record RunTotals(
      Instant started,
      Instant ended,
      Duration elapsed,
      long succeeded,
      long failed,
      int notCured,
      int critical,
      int beyondLimit) {
    public RunTotals(RunReport report) {
      this(
          report.started(),
          report.ended(),
          report.took(),
          report.completed(),
          report.failed(),
          report.notCured().size(),
          report.critical().size(),
          report.beyondLimit());
    }
  }

  private record Sent(
      Instant answered, Duration took, @Nullable TableRef table, String sql, String outcome) {
    Sent(SqlTrail.Sent sent) {
      this(sent.answered(), sent.took(), sent.table().orElse(null), sent.sql(), sent.outcome());
    }
  }

  public static ObjectNode of(RunRecord record) {
    var report = record.report();
    var fewer =
        report.results().stream()
            .map(TableResult::fewer)
            .reduce(FewerCopies.NEVER, FewerCopies::plus);
    return Json.of(
        new ReportJson(
            record.run().runId(),
            Xmover.VERSION,
            record.run().user() + "@" + record.run().host(),
            record.cluster().orElse(null),
            record.error().orElse(null),
            record.exitCode(),
            new RunTotals(report),
            new Fewer(fewer),
            report.spared().size(),
            report.sparedBytes(),
            record.found().stream().map(Found::new).toList(),
            report.results().stream().map(Result::of).toList(),
            record.statements().stream().map(Sent::new).toList()));
  }
}
