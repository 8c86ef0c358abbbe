package xmover.observe;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import xmover.detect.ClusterIdentity;
import xmover.reset.JournalEntry;
import xmover.reset.RebalanceHold;
import xmover.reset.Unfinished;
import xmover.table.TableRef;

/** For programs: what was begun and not ended, and the cluster's truth beside it. */
public final class UnfinishedJson {
  private UnfinishedJson() {}

  /**
   * The whole of it.
   *
   * @param cluster empty where it can't be reached
   * @param holder the run that is at work; empty when none is
   * @param held rebalancing that a run has switched off
   */
  public static ObjectNode of(
      Optional<ClusterIdentity> cluster,
      Optional<String> holder,
      Unfinished unfinished,
      Optional<RebalanceHold> held) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    cluster.ifPresent(known -> json.set("cluster", AnalysisJson.cluster(known)));
    json.put("run_at_work", holder.orElse(null));
    unfinished.unread().ifPresent(reason -> json.put("cluster_unread", reason));
    ArrayNode entries = json.putArray("unfinished");
    unfinished.entries().forEach(entry -> entries.add(entry(entry, unfinished)));
    names(json.putArray("unexplained"), unfinished.unexplained());
    names(json.putArray("replicas_not_reported"), unfinished.neverStarted());
    held.ifPresent(
        hold ->
            json.putObject("rebalancing_held")
                .put("original", hold.original())
                .put("run", hold.run().runId()));
    return json;
  }

  private static ObjectNode entry(JournalEntry entry, Unfinished unfinished) {
    ObjectNode json = AnalysisJson.named(entry.table());
    if (unfinished.unread().isEmpty()) {
      json.put("at_zero", unfinished.isAtZero(entry));
    }
    return json.put("name", entry.table().toString())
        .put("state", entry.state().name())
        .put("number_of_replicas", entry.original().text())
        .put("cluster_says", unfinished.truth(entry))
        .put("since", JsonLines.timestamp(entry.since()))
        .put("run", entry.run().runId())
        .put("user", entry.run().user())
        .put("host", entry.run().host());
  }

  private static void names(ArrayNode json, List<TableRef> tables) {
    tables.forEach(table -> json.add(table.toString()));
  }
}
