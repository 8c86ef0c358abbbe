package xmover.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Early;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.Finding;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.TableRef;

/**
 * An analysis for programs: one JSON object, sizes as raw bytes, names exactly as CrateDB has them.
 */
public final class AnalysisJson {
  private AnalysisJson() {}

  /** The object `--output json` prints. */
  public static ObjectNode of(Analysis analysis) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.set("cluster", cluster(analysis.cluster()));
    ArrayNode tables = json.putArray("tables");
    analysis.findings().forEach(finding -> tables.add(table(finding)));
    ArrayNode shards = json.putArray("shards");
    analysis.shards().forEach(shard -> shards.add(shard(shard)));
    json.set("early", early(analysis.early()));
    ArrayNode givenUp = json.putArray("given_up");
    analysis.givenUp().forEach(copy -> givenUp.add(GivenUpText.put(copy, named(copy.table()))));
    json.set("hidden", hidden(analysis));
    json.set("long_texts", analysis.longTexts().map(LongTextsJson::of).orElse(null));
    return json;
  }

  static ObjectNode cluster(ClusterIdentity cluster) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("id", cluster.id()).put("name", cluster.name());
    cluster.versions().forEach(json.putArray("versions")::add);
    cluster.nodes().forEach(json.putArray("nodes")::add);
    return json.put("user", cluster.user()).put("superuser", cluster.superuser());
  }

  static ObjectNode table(Finding finding) {
    var relation = finding.relation();
    var totals = finding.totals();
    ObjectNode json = named(finding.table());
    json.put("number_of_replicas", relation.replicas().map(ReplicaSetting::text).orElse(null))
        .put("primaries", totals.primaries())
        .put("replicas", totals.replicas())
        .put("problematic_replicas", totals.problematicReplicas())
        .put("max_uncommitted_bytes", finding.largestTranslog().value())
        .put("flush_threshold_bytes", relation.flushThreshold().map(Bytes::value).orElse(null))
        .put("percent_of_threshold", finding.percentOfThreshold().orElse(null))
        .put("primary_bytes", totals.primaryBytes().value());
    return json.put("action", finding.verdict().action().name().toLowerCase(Locale.ROOT))
        .put("reason", finding.verdict().reason());
  }

  static ObjectNode shard(ShardCopy shard) {
    Optional<Checkpoints> seen = shard.checkpoints();
    ObjectNode json = named(shard.table());
    json.put("shard", shard.id())
        .put("primary", shard.primary())
        .put("state", shard.state())
        .put("node", shard.node())
        .put("size_bytes", shard.size().value())
        .put("translog_bytes", shard.translog().value())
        .put("uncommitted_bytes", shard.uncommitted().value())
        .put("uncommitted_operations", shard.uncommittedOperations())
        .put("max_seq_no", seen.map(Checkpoints::maxSeqNo).orElse(null))
        .put("local_checkpoint", seen.map(Checkpoints::local).orElse(null))
        .put("global_checkpoint", seen.map(Checkpoints::global).orElse(null))
        .put("flushes", shard.flushes().orElse(null));
    json.set("diagnosis", DiagnosisJson.of(shard.diagnosis()));
    return json;
  }

  /** What is unknown is null, and no empty list. */
  private static ObjectNode early(Early early) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (early.failure().isPresent()) {
      json.putNull("tables").putNull("shards").putNull("unread");
    } else {
      ArrayNode tables = json.putArray("tables");
      early.tables().forEach(finding -> tables.add(table(finding)));
      ArrayNode shards = json.putArray("shards");
      early.copies().forEach(shard -> shards.add(shard(shard)));
      ArrayNode unread = json.putArray("unread");
      early.unread().forEach(shard -> unread.add(shard(shard)));
    }
    return json.put("note", early.note().orElse(null));
  }

  private static ObjectNode hidden(Analysis analysis) {
    var hidden = analysis.hidden();
    return JsonNodeFactory.instance
        .objectNode()
        .put("every_table_visible", hidden.everyTableVisible())
        .put("visible_tables", hidden.visibleTables())
        .put("unreported_shard_copies", hidden.unreportedCopies())
        .put("note", hidden.note(analysis.cluster().user()).orElse(null));
  }

  static ObjectNode named(TableRef table) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("schema", table.schema()).put("table", table.name());
    json.set("partition", table.partition().map(AnalysisJson::partition).orElse(null));
    return json.put("partition_ident", table.partitionIdent());
  }

  private static ObjectNode partition(PartitionValues partition) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    for (Map.Entry<String, Object> value : partition.values().entrySet()) {
      json.putPOJO(value.getKey(), value.getValue());
    }
    return json;
  }
}
