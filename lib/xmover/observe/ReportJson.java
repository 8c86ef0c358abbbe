package xmover.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import xmover.Xmover;
import xmover.reset.Cure;
import xmover.reset.FewerCopies;
import xmover.reset.GateVerdict;
import xmover.reset.ResetFailure;
import xmover.reset.ResetJob;
import xmover.reset.TableResult;
import xmover.reset.Treatment;
import xmover.table.Bytes;
import xmover.table.TableRef;

/** A report for programs: one JSON object; sizes in bytes, times in milliseconds or ISO 8601. */
final class ReportJson {
  private ReportJson() {}

  static ObjectNode of(RunRecord record) {
    var report = record.report();
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("run_id", record.run().runId())
            .put("xmover_version", Xmover.VERSION)
            .put("started_by", record.run().user() + "@" + record.run().host());
    json.set("cluster", record.cluster().map(AnalysisJson::cluster).orElse(null));
    json.put("error", record.error().orElse(null))
        .put("started", JsonLines.timestamp(report.started()))
        .put("ended", JsonLines.timestamp(report.ended()))
        .put("elapsed_ms", report.took().toMillis())
        .put("exit_code", record.exitCode())
        .put("succeeded", report.completed())
        .put("not_cured", report.notCured().size())
        .put("failed", report.failed())
        .put("beyond_limit", report.beyondLimit());
    ResultFields.fewer(
        json,
        report.results().stream()
            .map(TableResult::fewer)
            .reduce(FewerCopies.NEVER, FewerCopies::plus));
    json.put("spared_tables", report.spared().size())
        .put("spared_bytes", report.sparedBytes().value());
    ArrayNode found = json.putArray("found");
    record
        .found()
        .forEach(
            finding -> {
              ObjectNode table = AnalysisJson.table(finding);
              ArrayNode shards = table.putArray("shards");
              finding.shards().forEach(shard -> shards.add(AnalysisJson.shard(shard)));
              found.add(table);
            });
    ArrayNode results = json.putArray("results");
    report.results().forEach(result -> results.add(result(result)));
    ArrayNode statements = json.putArray("statements");
    record.statements().forEach(sent -> statements.add(statement(sent)));
    return json;
  }

  private static ObjectNode result(TableResult result) {
    ObjectNode json = AnalysisJson.named(result.finding().table());
    json.put("result", RunSummary.result(result))
        .put("bytes_before", result.finding().largestTranslog().value());
    result
        .after()
        .ifPresent(
            after ->
                json.put("replicas_after", after.replicas())
                    .put(
                        "bytes_after",
                        after.largestReplicaTranslog().map(Bytes::value).orElse(null)));
    ResultFields.fewer(json, result.fewer());
    result.job().ifPresent(job -> job(json, job));
    result.treatment().ifPresent(treatment -> treatment(json.putObject("treatment"), treatment));
    result.cure().ifPresent(cure -> cure(json.putObject("cure"), cure));
    ArrayNode gates = json.putArray("gates");
    result.gates().forEach(verdict -> gates.add(gate(verdict)));
    ArrayNode next = json.putArray("next_steps");
    Advice.all(result).forEach(next::add);
    return json;
  }

  private static void job(ObjectNode json, ResetJob job) {
    json.put("original_replicas", job.original() == null ? null : job.original().text())
        .put("state", job.state().name())
        .put("restore", job.restore() == null ? null : word(job.restore()))
        .put("at_zero_ms", job.times().atRisk().toMillis())
        .put("wait_ms", job.times().waited().toMillis())
        .put("elapsed_ms", job.times().total().toMillis())
        .put("looks", job.looks())
        .put("cause", job.cause().map(ResetFailure::cause).map(ReportJson::word).orElse(null))
        .put("error", job.cause().map(ResetFailure::message).orElse(null));
  }

  private static void treatment(ObjectNode json, Treatment treatment) {
    json.put("remedy", word(treatment.remedy()))
        .put("applied", treatment.applied())
        .put("told", treatment.told());
  }

  private static void cure(ObjectNode json, Cure cure) {
    json.put("state", word(cure.state()))
        .put("reason", cure.reason())
        .put("recovery_ms", cure.took().toMillis())
        .put("worst_replica_bytes", cure.worstReplica().map(Bytes::value).orElse(null));
  }

  static ObjectNode gate(GateVerdict verdict) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("gate", verdict.gate())
        .put("answer", word(verdict.answer()))
        .put("reason", verdict.reason())
        .put("remedy", verdict.remedy());
  }

  private static ObjectNode statement(SqlTrail.Sent sent) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("answered", JsonLines.timestamp(sent.answered()))
        .put("took_ms", sent.took().toMillis())
        .put("table", sent.table().map(TableRef::toString).orElse(null))
        .put("sql", sent.sql())
        .put("outcome", sent.outcome());
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
