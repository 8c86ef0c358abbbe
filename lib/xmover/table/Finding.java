package xmover.table;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * A table or partition with an oversized uncommitted translog, and what is to become of it.
 *
 * @param shards its problematic copies, worst first
 * @param uuid empty where nobody asked for it, or no copy of it is on a node
 */
public record Finding(
    Relation relation,
    ShardTotals totals,
    List<ShardCopy> shards,
    Verdict verdict,
    Optional<IndexUuid> uuid) {
  /**
   * What qualifies first, then the highest percentage, then the largest translog, then the name.
   */
  public static final Comparator<Finding> WORST_FIRST =
      Comparator.comparing((Finding f) -> f.verdict().action())
          .thenComparing(f -> f.percentOfThreshold().orElse(0.0), Comparator.reverseOrder())
          .thenComparing(Finding::largestTranslog, Comparator.reverseOrder())
          .thenComparing(f -> f.table().toString());

  public Finding {
    shards = List.copyOf(shards);
  }

  /** One of which its name is all that tells it from others. */
  public Finding(Relation relation, ShardTotals totals, List<ShardCopy> shards, Verdict verdict) {
    this(relation, totals, shards, verdict, Optional.empty());
  }

  /** The same table under the name that it has by now. */
  public Finding called(TableRef name) {
    return name.isCalled(table())
        ? this
        : new Finding(relation.called(name), totals, shards, verdict, uuid);
  }

  /** Whether it is healed by moving or rebuilding copies alone, and never reset. */
  public boolean isEarly() {
    return verdict.action() == Verdict.Action.EARLY;
  }

  public TableRef table() {
    return relation.table();
  }

  /** The worst replica's uncommitted translog; of a table without replicas, the worst primary's. */
  public Bytes largestTranslog() {
    return totals.largestReplicaTranslog().or(totals::largestPrimaryTranslog).orElse(Bytes.ZERO);
  }

  /** {@link #largestTranslog} as a percentage of the table's own flush threshold, where known. */
  public Optional<Double> percentOfThreshold() {
    return relation.flushThreshold().map(threshold -> largestTranslog().percentOf(threshold));
  }

  /** Why its problematic copies keep their translog, one each; empty when nobody looked at them. */
  public List<Diagnosis> diagnoses() {
    return shards.stream().map(ShardCopy::diagnosis).toList();
  }

  /** The nodes that hold a problematic copy, sorted. */
  public List<String> nodes() {
    return shards.stream().map(ShardCopy::node).distinct().sorted().toList();
  }
}
