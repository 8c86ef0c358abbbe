package xmover.json;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.detect.ClusterIdentity;
import xmover.reset.RebalanceHold;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** For programs: what was begun and not ended, and the cluster's truth beside it. */
public record UnfinishedJson(
    Optional<ClusterIdentity> cluster,
    @Nullable String runAtWork,
    Optional<String> clusterUnread,
    List<Entry> unfinished,
    List<TableRef> unexplained,
    List<TableRef> replicasNotReported,
    Optional<Held> rebalancingHeld) {
  private record Held(String original, String run) {}

  /** Which run it was, beside what it left. */
  public record RunOf(String run, String user, String host) {
    public RunOf(RunIdentity run) {
      this(run.runId(), run.user(), run.host());
    }
  }

  private record Entry(
      @JsonUnwrapped AnalysisJson.Named named,
      Optional<Boolean> atZero,
      TableRef name,
      ResetState state,
      ReplicaSetting numberOfReplicas,
      String clusterSays,
      Instant since,
      @JsonUnwrapped RunOf run) {
    static Entry of(JournalEntry entry, Unfinished unfinished) {
      return new Entry(
          new AnalysisJson.Named(entry.table()),
          unfinished.unread().isEmpty()
              ? Optional.of(unfinished.isAtZero(entry))
              : Optional.empty(),
          entry.table(),
          entry.state(),
          entry.original(),
          unfinished.truth(entry),
          entry.since(),
          new RunOf(entry.run()));
    }
  }

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
    return Json.of(
        new UnfinishedJson(
            cluster,
            holder.orElse(null),
            unfinished.unread(),
            unfinished.entries().stream().map(entry -> Entry.of(entry, unfinished)).toList(),
            unfinished.unexplained(),
            unfinished.neverStarted(),
            held.map(hold -> new Held(hold.original(), hold.run().runId()))));
  }
}
