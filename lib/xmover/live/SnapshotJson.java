package xmover.live;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.json.AnalysisJson;
import xmover.json.Json;
import xmover.log.EventLine;
import xmover.print.Advice;
import xmover.report.ReportJson.RunTotals;
import xmover.reset.Cure;
import xmover.reset.RecoveryReading;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
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

  private record Head(
      String kind,
      @JsonUnwrapped RunSnapshot run,
      Risked risk,
      Map<String, Integer> counts,
      Optional<RunTotals> report) {}

  private record Risked(String text, @JsonUnwrapped Risk risk) {}

  /** All but tables and events. */
  public static ObjectNode head(RunSnapshot snapshot) {
    return Json.of(
        new Head(
            "run",
            snapshot,
            new Risked(snapshot.risk().text(snapshot.now()), snapshot.risk()),
            counts(snapshot.counts()),
            snapshot.report().map(RunTotals::new)));
  }

  private static Map<String, Integer> counts(RunCounts counts) {
    var all = new LinkedHashMap<String, Integer>();
    all.put("all", counts.all());
    all.put("ended", counts.ended());
    all.put("at_zero", counts.atZero());
    counts.stages().forEach((stage, number) -> all.put(Json.word(stage), number));
    return all;
  }

  private record Table(
      @JsonUnwrapped AnalysisJson.Named named,
      @JsonUnwrapped TableProgress progress,
      Bytes primaryBytes,
      String reason,
      Optional<ReplicaSetting> numberOfReplicas,
      @JsonUnwrapped @Nullable Zero zero,
      Optional<Recovery> recovery,
      Optional<Boolean> recovered,
      @JsonInclude(JsonInclude.Include.NON_EMPTY) List<Shard> shards,
      Optional<Integer> moreShards,
      Optional<String> error,
      Optional<String> cure,
      Optional<List<String>> nextSteps) {}

  /** Its time at zero replicas. */
  private record Zero(Instant zeroSince, Optional<Duration> atZero, Optional<Duration> limit) {}

  private record Recovery(@JsonUnwrapped RecoveryReading reading, Optional<Bytes> bytes) {}

  private record Shard(
      long shard, boolean primary, String node, String state, Bytes uncommitted, Why diagnosis) {
    private record Why(Diagnosis.Kind kind, String text) {}

    Shard(ShardCopy copy) {
      this(
          copy.id(),
          copy.primary(),
          copy.node(),
          copy.state(),
          copy.uncommitted(),
          new Why(copy.diagnosis().kind(), copy.diagnosis().text()));
    }
  }

  /** One table; {@code name} is what people call it, the rest of its name is for programs. */
  public static ObjectNode table(TableProgress table, Optional<ResetPolicy> policy) {
    Finding finding = table.finding();
    List<ShardCopy> shards = finding.shards();
    return Json.of(
        new Table(
            new AnalysisJson.Named(table.table()),
            table,
            finding.totals().primaryBytes(),
            finding.verdict().reason(),
            table.job().map(ResetJob::original).or(finding.relation()::replicas),
            zero(table, policy),
            table.recovery().map(seen -> new Recovery(seen, table.toCopy())),
            Optional.of(true).filter(told -> table.isRecovered()),
            shards.stream().limit(SHARDS).map(Shard::new).toList(),
            Optional.of(shards.size() - SHARDS).filter(more -> more > 0),
            error(table),
            table.result().flatMap(TableResult::cure).map(Cure::reason),
            table.result().map(Advice::all)));
  }

  private static @Nullable Zero zero(TableProgress table, Optional<ResetPolicy> policy) {
    return table
        .job()
        .map(job -> job.times().zeroSince())
        .map(
            zero ->
                new Zero(
                    zero,
                    Optional.of(Duration.between(zero, table.since()))
                        .filter(over -> !table.isAtZero()),
                    policy.map(table::limit)))
        .orElse(null);
  }

  private static Optional<String> error(TableProgress table) {
    return table
        .result()
        .map(TableResult::notStarted)
        .filter(why -> !why.isEmpty())
        .or(() -> table.job().flatMap(ResetJob::cause).map(ResetFailure::message));
  }

  /** One event. */
  public static ObjectNode event(EventLine event) {
    return Json.of(event);
  }
}
