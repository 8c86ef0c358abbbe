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

  /** What is to become of it. What forbids a reset is told before what makes it unnecessary. */
  Verdict judge(Relation relation, ShardTotals totals) {
    return forbidden(relation)
        .map(Verdict::skip)
        .orElseGet(() -> judgePercentage(relation, totals));
  }

  /** Why a table can't be reset, whatever its translogs; empty when it can. */
  public static Optional<String> forbidden(Relation relation) {
    if (relation.replicas().isEmpty()) {
      return Optional.of("its number_of_replicas is unknown");
    }
    if (isZero(relation)) {
      return Optional.of("number_of_replicas is already 0: no replica to reset");
    }
    if (relation.closed()) {
      return Optional.of(
          "closed; reopen it first: ALTER TABLE " + relation.table().sqlName() + " OPEN");
    }
    if (relation.readOnly()) {
      return Optional.of("read-only (blocks.read_only or read_only_allow_delete is set)");
    }
    if (relation.metadataBlocked()) {
      return Optional.of("its settings can't be changed (blocks.metadata is set)");
    }
    if (waitsForReplicas(relation)) {
      return Optional.of(
          "write.wait_for_active_shards = "
              + relation.waitForActiveShards()
              + " forbids 0 replicas; set it to 1 first");
    }
    if (!relation.alterable()) {
      return Optional.of("not enough privilege: the user needs DDL on it");
    }
    return Optional.empty();
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

  /** CrateDB refuses 0 replicas when writes wait for a second copy; {@code all} adapts. */
  private static boolean waitsForReplicas(Relation relation) {
    String copies = relation.waitForActiveShards();
    return copies.chars().allMatch(Character::isDigit)
        && !copies.isEmpty()
        && Integer.parseInt(copies) >= 2;
  }
}
