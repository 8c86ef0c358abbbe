package xmover.detect;

import java.util.Locale;
import java.util.Optional;
import xmover.table.Bytes;
import xmover.table.Relation;
import xmover.table.ShardTotals;
import xmover.table.Verdict;

/**
 * When a replica is problematic, and when its table qualifies for a reset.
 *
 * @param size a replica is problematic when its uncommitted translog exceeds this
 * @param percentage a table qualifies when its worst replica exceeds this percentage of the table's
 *     own flush threshold
 */
public record Thresholds(Bytes size, int percentage) {
  /** The handbook's: 512 MB and 200 %. */
  public static final Thresholds DEFAULT = new Thresholds(Bytes.megabytes(512), 200);

  public Thresholds {
    if (size.value() == 0) {
      throw new IllegalArgumentException(
          "the size above which a replica is problematic is above 0");
    }
    if (percentage <= 0) {
      throw new IllegalArgumentException("the percentage of the flush threshold is above 0");
    }
  }

  /** True when this table or partition belongs on the list, whatever is to become of it. */
  boolean shows(Relation relation, ShardTotals totals) {
    return totals.problematicReplicas() > 0
        || (isZero(relation)
            && totals.largestPrimaryTranslog().filter(t -> t.compareTo(size) > 0).isPresent());
  }

  /**
   * What is to become of it. What forbids a reset is told before what makes it unnecessary, and
   * that before what a gate will refuse.
   *
   * @param cluster the one they are in
   */
  Verdict judge(Relation relation, ShardTotals totals, ClusterIdentity cluster) {
    return Refusal.whateverItHolds(relation)
        .map(Verdict::skip)
        .orElseGet(() -> refused(judgePercentage(relation, totals), relation, cluster));
  }

  /** The uncommitted translog above which a table qualifies; empty while its own is unknown. */
  public Optional<Bytes> qualifiesAbove(Relation relation) {
    return relation
        .flushThreshold()
        .map(own -> new Bytes(Math.round(own.value() * (percentage / 100.0))))
        .map(share -> share.compareTo(size) > 0 ? share : size);
  }

  /** Whether a run would take on a table that looks like this. */
  public boolean qualifies(Relation relation, ShardTotals totals, ClusterIdentity cluster) {
    return unneeded(relation, totals).isEmpty()
        && judge(relation, totals, cluster).action() == Verdict.Action.RESET;
  }

  /** Why a table that an operator named needs no reset; empty where it is problematic. */
  Optional<String> unneeded(Relation relation, ShardTotals totals) {
    if (totals.largestReplicaTranslog().filter(t -> t.compareTo(size) > 0).isEmpty()) {
      return Optional.of(
          totals
              .largestReplicaTranslog()
              .map(worst -> "its worst replica holds %s, not above %s".formatted(worst, size))
              .orElse("no replica of it tells what it holds"));
    }
    return Optional.of(judgePercentage(relation, totals))
        .filter(verdict -> verdict.action() == Verdict.Action.SKIP)
        .map(Verdict::reason);
  }

  /** What is to become of a table that an operator named, and wants to be reset. */
  Verdict judgeNamed(Relation relation, ShardTotals totals, ClusterIdentity cluster) {
    Verdict verdict =
        unneeded(relation, totals)
            .map(reason -> Verdict.reset("not problematic: " + reason))
            .orElseGet(() -> judgePercentage(relation, totals));
    return refused(verdict, relation, cluster);
  }

  private static Verdict refused(Verdict verdict, Relation relation, ClusterIdentity cluster) {
    return verdict.action() == Verdict.Action.SKIP
        ? verdict
        : Refusal.of(relation, cluster).map(Verdict::refused).orElse(verdict);
  }

  private Verdict judgePercentage(Relation relation, ShardTotals totals) {
    if (relation.flushThreshold().isEmpty()) {
      return Verdict.skip("its flush_threshold_size is unknown");
    }
    Bytes threshold = relation.flushThreshold().get();
    double percent = totals.largestReplicaTranslog().orElse(Bytes.ZERO).percentOf(threshold);
    String worst =
        String.format(
            Locale.ROOT, "worst replica at %.0f %% of its flush threshold %s", percent, threshold);
    return percent > percentage
        ? Verdict.reset(worst)
        : Verdict.skip(worst + ", not above " + percentage + " %");
  }

  private static boolean isZero(Relation relation) {
    return relation.replicas().filter(r -> r.isZero()).isPresent();
  }
}
