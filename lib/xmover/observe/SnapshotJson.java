package xmover.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import xmover.reset.CopyStep;
import xmover.reset.GateVerdict;
import xmover.reset.ResetJob;
import xmover.reset.ResetPolicy;
import xmover.reset.RunReport;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;

/**
 * A snapshot for programs, in three parts: what is told of the run, of a table and of an event.
 * Sizes in bytes, times in milliseconds or ISO 8601; what is not known is left out.
 */
public final class SnapshotJson {
  /** As many problematic copies of a table are told, the worst first. */
  private static final int SHARDS = 20;

  private SnapshotJson() {}

  /** All but tables and events. */
  public static ObjectNode head(RunSnapshot snapshot) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", "run").put("now", time(snapshot.now()));
    json.putObject("run")
        .put("id", snapshot.run().runId())
        .put("user", snapshot.run().user())
        .put("host", snapshot.run().host())
        .put("started", time(snapshot.run().started()));
    snapshot.cluster().ifPresent(cluster -> json.set("cluster", AnalysisJson.cluster(cluster)));
    json.put("breaker", snapshot.breaker()).put("worked_ms", snapshot.working().toMillis());
    risk(json.putObject("risk"), snapshot.risk(), snapshot.now());
    snapshot.paused().ifPresent(since -> json.put("paused", time(since)));
    snapshot.stopping().ifPresent(reason -> json.put("stopping", reason));
    snapshot.trouble().ifPresent(reason -> json.put("trouble", reason));
    snapshot.remaining().ifPresent(rest -> json.put("remaining_ms", rest.toMillis()));
    counts(json.putObject("counts"), snapshot.counts());
    snapshot.exitCode().ifPresent(code -> json.put("exit_code", code));
    snapshot.report().ifPresent(report -> report(json.putObject("report"), report));
    return json;
  }

  private static void risk(ObjectNode json, Risk risk, Instant now) {
    json.put("level", word(risk.level()))
        .put("text", risk.text(now))
        .put("tables", risk.tables())
        .put("at_zero", risk.atZero())
        .put("bytes", risk.bytes().value());
    risk.longest()
        .ifPresent(
            table -> {
              var longest = json.putObject("longest");
              longest.put("table", table.table().toString()).put("since", time(table.since()));
              table.limit().ifPresent(limit -> longest.put("limit_ms", limit.toMillis()));
            });
    risk.nextLook().ifPresent(at -> json.put("next_look", time(at)));
    risk.failing().ifPresent(table -> failing(json.putObject("failing"), table));
  }

  private static void failing(ObjectNode json, Risk.Failing table) {
    json.put("table", table.table().toString())
        .put("since", time(table.since()))
        .put("reason", table.reason())
        .put("attempt", table.attempt())
        .put("others", table.others());
    table.again().ifPresent(at -> json.put("again", time(at)));
    table.statement().ifPresent(statement -> json.put("statement", statement));
  }

  private static void counts(ObjectNode json, RunCounts counts) {
    json.put("all", counts.all()).put("ended", counts.ended()).put("at_zero", counts.atZero());
    counts.stages().forEach((stage, number) -> json.put(word(stage), number));
  }

  private static void report(ObjectNode json, RunReport report) {
    json.put("started", time(report.started()))
        .put("ended", time(report.ended()))
        .put("elapsed_ms", report.took().toMillis())
        .put("succeeded", report.completed())
        .put("failed", report.failed())
        .put("not_cured", report.notCured().size())
        .put("critical", report.critical().size())
        .put("beyond_limit", report.beyondLimit());
  }

  /** One table; {@code name} is what people call it, the rest of its name is for programs. */
  public static ObjectNode table(TableProgress table, Optional<ResetPolicy> policy) {
    ObjectNode json = AnalysisJson.named(table.table());
    json.put("name", table.table().toString())
        .put("stage", word(table.stage()))
        .put("state", table.state().name())
        .put("since", time(table.since()))
        .put("at_zero", table.isAtZero())
        .put("bytes_before", table.translogBefore().value())
        .put("primary_bytes", table.finding().totals().primaryBytes().value())
        .put("reason", table.finding().verdict().reason());
    setting(table).ifPresent(setting -> json.put("number_of_replicas", setting));
    table.job().ifPresent(job -> zero(json, table, job, policy));
    table.waiting().ifPresent(wait -> waiting(json, wait));
    table.leases().ifPresent(leases -> leases(json.putObject("leases"), leases));
    table.failing().ifPresent(failed -> failing(json.putObject("failing"), failed));
    recovery(json, table);
    table.treating().ifPresent(remedy -> json.put("treating", word(remedy)));
    table.step().ifPresent(step -> step(json.putObject("step"), step));
    shards(json, table.finding());
    gates(json, table);
    result(json, table);
    return json;
  }

  private static Optional<String> setting(TableProgress table) {
    return table
        .job()
        .map(ResetJob::original)
        .or(() -> table.finding().relation().replicas())
        .map(ReplicaSetting::text);
  }

  private static void zero(
      ObjectNode json, TableProgress table, ResetJob job, Optional<ResetPolicy> policy) {
    Instant zero = job.times().zeroSince();
    if (zero != null) {
      json.put("zero_since", time(zero));
      if (!table.isAtZero()) {
        json.put("at_zero_ms", Duration.between(zero, table.since()).toMillis());
      }
      policy.ifPresent(p -> json.put("limit_ms", table.limit(p).toMillis()));
    }
    job.cause().ifPresent(cause -> json.put("error", cause.message()));
  }

  private static void waiting(ObjectNode json, LeaseWait wait) {
    json.putObject("waiting")
        .put("attempt", wait.attempt())
        .put("attempts", wait.attempts())
        .put("next_look", time(wait.nextLook()))
        .put("for", wait.waitingFor());
  }

  private static void failing(ObjectNode json, FailedRestore failed) {
    json.put("attempt", failed.attempt())
        .put("again", time(failed.again()))
        .put("reason", failed.reason());
  }

  private static void leases(ObjectNode json, LeaseCount leases) {
    json.put("now", leases.now())
        .put("expected", leases.expected())
        .put("most", leases.most())
        .put("cleared", leases.cleared());
  }

  private static void recovery(ObjectNode json, TableProgress table) {
    table
        .recovery()
        .ifPresent(
            seen -> {
              ObjectNode recovery = json.putObject("recovery");
              recovery
                  .put("copies", seen.copies())
                  .put("started", seen.started())
                  .put("percent", seen.percent());
              table.toCopy().ifPresent(bytes -> recovery.put("bytes", bytes.value()));
            });
    if (table.isRecovered()) {
      json.put("recovered", true);
    }
  }

  private static void step(ObjectNode json, CopyStep step) {
    json.put("remedy", word(step.remedy())).put("shard", step.shard()).put("from", step.node());
    step.to().ifPresent(node -> json.put("to", node));
    step.size().ifPresent(size -> json.put("bytes", size.value()));
  }

  private static void shards(ObjectNode json, Finding finding) {
    if (finding.shards().isEmpty()) {
      return;
    }
    ArrayNode shards = json.putArray("shards");
    for (ShardCopy shard : finding.shards().subList(0, Math.min(SHARDS, finding.shards().size()))) {
      shards
          .addObject()
          .put("shard", shard.id())
          .put("primary", shard.primary())
          .put("node", shard.node())
          .put("state", shard.state())
          .put("uncommitted_bytes", shard.uncommitted().value())
          .putObject("diagnosis")
          .put("kind", DiagnosisJson.kind(shard.diagnosis()))
          .put("text", shard.diagnosis().text());
    }
    int left = finding.shards().size() - shards.size();
    if (left > 0) {
      json.put("more_shards", left);
    }
  }

  private static void gates(ObjectNode json, TableProgress table) {
    if (!table.gates().isEmpty()) {
      ArrayNode gates = json.putArray("gates");
      for (GateVerdict verdict : table.gates()) {
        gates.add(ReportJson.gate(verdict));
      }
    }
  }

  private static void result(ObjectNode json, TableProgress table) {
    table.word().ifPresent(word -> json.put("result", word));
    table.translogAfter().map(Bytes::value).ifPresent(bytes -> json.put("bytes_after", bytes));
    table
        .result()
        .ifPresent(
            result -> {
              if (!result.notStarted().isEmpty()) {
                json.put("error", result.notStarted());
              }
              result.cure().ifPresent(cure -> json.put("cure", cure.reason()));
              ArrayNode next = json.putArray("next_steps");
              Advice.all(result).forEach(next::add);
            });
  }

  /** One event. */
  public static ObjectNode event(EventLine event) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("number", event.number())
            .put("at", time(event.at()))
            .put("severity", word(event.severity()))
            .put("text", event.text());
    event.table().ifPresent(table -> json.put("table", table.toString()));
    return json.put("of_table", event.ofTable());
  }

  private static String time(Instant time) {
    return JsonLines.timestamp(time);
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}
