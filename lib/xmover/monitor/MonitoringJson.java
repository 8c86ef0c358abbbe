package xmover.monitor;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Optional;
import xmover.detect.CopyState;
import xmover.json.AnalysisJson;
import xmover.json.Json;
import xmover.print.CopyWords;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;
import xmover.table.Verdict.Action;

/**
 * A cluster under watch for programs: what is told of all, and of a table. A table that was found
 * is told as `detect --output json` does, with its problematic shards and why they are; one that
 * was named with all its copies.
 */
public final class MonitoringJson {
  private MonitoringJson() {}

  /** All but tables and events. */
  public static ObjectNode head(Monitoring.Snapshot snapshot) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("kind", "monitor")
        .put("now", Json.timestamp(snapshot.now()))
        .put("every_ms", snapshot.every().toMillis());
    snapshot
        .sight()
        .ifPresent(
            sight -> {
              json.set("cluster", Json.of(sight.cluster()));
              sight.note().ifPresent(note -> json.put("note", note));
            });
    snapshot.looked().ifPresent(time -> json.put("looked", Json.timestamp(time)));
    snapshot.failure().or(snapshot::trouble).ifPresent(why -> json.put("trouble", why));
    ObjectNode counts = json.putObject("counts").put("all", snapshot.tables().size());
    for (Action action : Action.values()) {
      counts.put(action.name().toLowerCase(Locale.ROOT), tables(snapshot, action));
    }
    counts.put(
        "named", snapshot.tables().stream().filter(table -> table.action().isEmpty()).count());
    return json;
  }

  private static long tables(Monitoring.Snapshot snapshot, Action action) {
    return snapshot.tables().stream()
        .filter(table -> table.action().equals(Optional.of(action)))
        .count();
  }

  /** One table; {@code name} is what people call it. */
  public static ObjectNode table(WatchedTable table) {
    var relation = table.state().relation();
    ObjectNode json =
        table
            .finding()
            .map(MonitoringJson::finding)
            .orElseGet(
                () ->
                    Json.of(new AnalysisJson.Named(relation.table()))
                        .put(
                            "number_of_replicas",
                            relation.replicas().map(ReplicaSetting::text).orElse(null)));
    json.put("name", relation.table().toString())
        .put("qualifies_above_bytes", table.qualifiesAbove().map(Bytes::value).orElse(null))
        .put("heal", table.heal().orElse(null));
    json.set("growth", table.growth().map(MonitoringJson::growth).orElse(null));
    if (table.finding().isEmpty()) {
      json.put("max_uncommitted_bytes", table.worst().map(Bytes::value).orElse(null))
          .put("percent_of_threshold", table.percentOfThreshold().orElse(null));
      ArrayNode shards = json.putArray("shards");
      table.copies().forEach(copy -> shards.add(copy(copy)));
    }
    return json;
  }

  /** What nobody can tell is null: of one look no speed, of a table that stays no time. */
  private static ObjectNode growth(Growth growth) {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put("since", Json.timestamp(growth.since()))
            .put("bytes_per_hour", growth.hourly().map(Bytes::value).orElse(null))
            .put("qualifies_at", growth.qualifies().map(Json::timestamp).orElse(null));
    ObjectNode disk =
        growth
            .disk()
            .map(
                full ->
                    JsonNodeFactory.instance
                        .objectNode()
                        .put("node", full.node())
                        .put("watermark", full.watermark())
                        .put("at", Json.timestamp(full.at())))
            .orElse(null);
    json.set("disk_full", disk);
    return json;
  }

  private static ObjectNode finding(Finding finding) {
    ObjectNode json = Json.of(new AnalysisJson.Table(finding));
    ArrayNode why = json.putArray("why");
    finding.diagnoses().stream().map(d -> Json.word(d.kind())).distinct().forEach(why::add);
    ArrayNode shards = json.putArray("shards");
    finding.shards().forEach(shard -> shards.add(Json.of(new AnalysisJson.Shard(shard))));
    return json;
  }

  private static ObjectNode copy(CopyState copy) {
    return JsonNodeFactory.instance
        .objectNode()
        .put("shard", copy.id())
        .put("primary", copy.primary())
        .put("state", copy.state())
        .put("node", copy.node().orElse(null))
        .put("uncommitted_bytes", copy.uncommitted().map(Bytes::value).orElse(null))
        .put("num_docs", copy.documents().orElse(null))
        .put("max_seq_no", copy.checkpoints().map(Checkpoints::maxSeqNo).orElse(null))
        .put("local_checkpoint", copy.checkpoints().map(Checkpoints::local).orElse(null))
        .put("global_checkpoint", copy.checkpoints().map(Checkpoints::global).orElse(null))
        .put("why", CopyWords.why(copy))
        .put("leases", copy.leases())
        .put("recovery", copy.recovery().map(Object::toString).orElse(null))
        .put("percent", copy.percent());
  }
}
