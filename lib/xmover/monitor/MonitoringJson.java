package xmover.monitor;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.detect.ClusterIdentity;
import xmover.detect.CopyState;
import xmover.json.AnalysisJson;
import xmover.json.Json;
import xmover.print.CopiesText;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;
import xmover.table.Verdict.Action;

/**
 * A cluster under watch for programs: all but tables and events, and each table. What nobody can
 * tell of a table is null: of one look no speed, of a table that stays no time.
 */
public record MonitoringJson(
    String kind,
    Instant now,
    Duration every,
    Optional<ClusterIdentity> cluster,
    Optional<String> note,
    Optional<Instant> looked,
    Optional<String> trouble,
    Map<String, Long> counts) {
  /** What both kinds of tables have; {@code name} is what people call it. */
  private record Watched(
      String name,
      @JsonInclude Optional<Bytes> qualifiesAbove,
      @JsonInclude Optional<String> heal,
      @JsonInclude Optional<Growth> growth) {
    Watched(WatchedTable table) {
      this(table.table().toString(), table.qualifiesAbove(), table.heal(), table.growth());
    }
  }

  /**
   * A table that was found, as {@code detect --output json} has it, with its problematic shards.
   */
  private record Found(
      @JsonUnwrapped AnalysisJson.Table finding,
      List<Diagnosis.Kind> why,
      List<AnalysisJson.Shard> shards,
      @JsonUnwrapped Watched watched) {
    Found(Finding finding, WatchedTable table) {
      this(
          new AnalysisJson.Table(finding),
          finding.diagnoses().stream().map(Diagnosis::kind).distinct().toList(),
          AnalysisJson.Shard.of(finding.shards()),
          new Watched(table));
    }
  }

  /** A table that was named, with all its copies. */
  private record Named(
      @JsonUnwrapped AnalysisJson.Named named,
      @JsonInclude Optional<ReplicaSetting> numberOfReplicas,
      @JsonUnwrapped Watched watched,
      @JsonInclude Optional<Bytes> maxUncommitted,
      @JsonInclude Optional<Double> percentOfThreshold,
      List<Copy> shards) {
    Named(WatchedTable table) {
      this(
          new AnalysisJson.Named(table.table()),
          table.state().relation().replicas(),
          new Watched(table),
          table.worst(),
          table.percentOfThreshold(),
          table.copies().stream().map(Copy::new).toList());
    }
  }

  private record Copy(
      long shard,
      boolean primary,
      String state,
      @JsonInclude Optional<String> node,
      @JsonInclude Optional<Bytes> uncommitted,
      @JsonInclude Optional<Long> numDocs,
      @JsonUnwrapped AnalysisJson.SequenceNumbers seen,
      String why,
      long leases,
      @JsonInclude Optional<String> recovery,
      double percent) {
    Copy(CopyState copy) {
      this(
          copy.id(),
          copy.primary(),
          copy.state(),
          copy.node(),
          copy.uncommitted(),
          copy.documents(),
          AnalysisJson.SequenceNumbers.of(copy.checkpoints()),
          CopiesText.why(copy),
          copy.leases(),
          copy.recovery().map(Object::toString),
          copy.percent());
    }
  }

  /** All but tables and events. */
  public static ObjectNode head(Monitoring.Snapshot snapshot) {
    Map<String, Long> counts = new LinkedHashMap<>();
    counts.put("all", (long) snapshot.tables().size());
    for (Action action : Action.values()) {
      counts.put(Json.word(action), count(snapshot, Optional.of(action)));
    }
    counts.put("named", count(snapshot, Optional.empty()));
    return Json.of(
        new MonitoringJson(
            "monitor",
            snapshot.now(),
            snapshot.every(),
            snapshot.sight().map(ClusterState::cluster),
            snapshot.sight().flatMap(ClusterState::note),
            snapshot.looked(),
            snapshot.failure().or(snapshot::trouble),
            counts));
  }

  private static long count(Monitoring.Snapshot snapshot, Optional<Action> action) {
    return snapshot.tables().stream().filter(table -> table.action().equals(action)).count();
  }

  /** One table. */
  public static ObjectNode table(WatchedTable table) {
    return Json.of(
        table
            .finding()
            .<Object>map(finding -> new Found(finding, table))
            .orElseGet(() -> new Named(table)));
  }
}
