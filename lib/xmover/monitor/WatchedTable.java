package xmover.monitor;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import xmover.detect.ClusterIdentity;
import xmover.detect.CopyState;
import xmover.detect.Thresholds;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.IndexUuid;
import xmover.table.TableRef;
import xmover.table.TableState;
import xmover.table.Verdict.Action;

/**
 * A table or partition as one look showed it.
 *
 * @param finding why it is shown; empty where it was named
 * @param copies all its shard copies; none where it was not named
 * @param qualifiesAbove the uncommitted translog above which it qualifies; empty while unknown
 * @param heal the command that heals it; empty where none would, or none is needed
 * @param growth empty while one look is all there was of it, and where it tells no translog
 */
public record WatchedTable(
    TableState state,
    Optional<Finding> finding,
    List<CopyState> copies,
    Optional<Bytes> qualifiesAbove,
    Optional<String> heal,
    Optional<Growth> growth) {
  public WatchedTable {
    copies = List.copyOf(copies);
  }

  static WatchedTable found(Finding finding, Thresholds thresholds) {
    return new WatchedTable(
        new TableState(finding.relation(), finding.totals(), finding.uuid()),
        Optional.of(finding),
        List.of(),
        thresholds.qualifiesAbove(finding.relation()),
        HealCommand.of(finding.table(), finding.verdict().action(), thresholds),
        Optional.empty());
  }

  static WatchedTable named(
      TableState state, List<CopyState> all, ClusterIdentity cluster, Thresholds thresholds) {
    var table = state.table();
    boolean qualifies = thresholds.qualifies(state.relation(), state.totals(), cluster);
    return new WatchedTable(
        state,
        Optional.empty(),
        all.stream().filter(copy -> copy.table().equals(table)).toList(),
        thresholds.qualifiesAbove(state.relation()),
        qualifies ? Optional.of(HealCommand.of(table, thresholds)) : Optional.empty(),
        Optional.empty());
  }

  WatchedTable growing(Growth known) {
    return new WatchedTable(state, finding, copies, qualifiesAbove, heal, Optional.of(known));
  }

  public TableRef table() {
    return state.table();
  }

  /** What is to become of it; empty of one that was named and needs nothing. */
  public Optional<Action> action() {
    return finding
        .map(found -> found.verdict().action())
        .or(() -> heal.map(command -> Action.RESET));
  }

  /** Which index it is; empty while no copy of it is on a node. */
  Optional<IndexUuid> uuid() {
    return state.uuid();
  }

  /** The worst replica's uncommitted translog; of a table without replicas, the worst primary's. */
  public Optional<Bytes> worst() {
    return state.totals().largestReplicaTranslog().or(state.totals()::largestPrimaryTranslog);
  }

  /** How much of its own flush threshold that is. */
  public Optional<Double> percentOfThreshold() {
    return worst().flatMap(bytes -> state.relation().flushThreshold().map(bytes::percentOf));
  }

  /**
   * Where its problematic copies are; of a table that was named, where the worst one is. None while
   * nobody tells.
   */
  List<String> nodes() {
    return finding
        .map(Finding::nodes)
        .orElseGet(
            () ->
                copies.stream()
                    .filter(copy -> copy.node().isPresent() && copy.uncommitted().isPresent())
                    .max(
                        Comparator.comparing((CopyState copy) -> !copy.primary())
                            .thenComparing(copy -> copy.uncommitted().orElse(Bytes.ZERO)))
                    .flatMap(CopyState::node)
                    .stream()
                    .toList());
  }
}
