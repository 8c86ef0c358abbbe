package xmover.recovery;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import xmover.detect.CopyState;
import xmover.reset.CopyReading;
import xmover.reset.RecoveryReading;
import xmover.table.Bytes;

/**
 * The copies of one table as one look saw them, and what of them is missing.
 *
 * @param nodes how many there are that could hold a copy
 */
record TableCopies(List<CopyState> copies, long nodes) {
  private static final int NAMED = 3;

  TableCopies {
    copies = List.copyOf(copies);
  }

  /** How far the replicas are. */
  RecoveryReading reading() {
    double percent =
        replicas().stream().mapToDouble(CopyState::percent).average().orElse(allWhole() ? 100 : 0);
    return new RecoveryReading(
        copies.size(), copies.stream().filter(CopyState::isWhole).count(), percent);
  }

  /** Each copy for those who watch the run. */
  List<CopyReading> told() {
    return copies.stream().map(CopyReading::of).toList();
  }

  /** The largest uncommitted translog of a replica; empty while none reports one. */
  Optional<Bytes> worstReplica() {
    return CopyState.worstReplica(copies);
  }

  /**
   * The copies that are not whole, but for those that have no node to go to: CrateDB puts no two
   * copies of a shard on one node.
   */
  List<CopyState> missing() {
    return shards().values().stream().flatMap(shard -> missing(shard).stream()).toList();
  }

  /** True when all that is missing waits for a place, and some replica is there. */
  boolean onlyUnassignedMissing() {
    return missing().stream().noneMatch(copy -> copy.node().isPresent())
        && replicas().stream().anyMatch(CopyState::isWhole);
  }

  /** Whole replicas whose translog is above the threshold, or unknown. */
  List<CopyState> uncured(Bytes threshold) {
    return replicas().stream()
        .filter(CopyState::isWhole)
        .filter(copy -> copy.uncommitted().filter(t -> t.compareTo(threshold) <= 0).isEmpty())
        .toList();
  }

  /** True when nothing is missing and every replica tells a translog no larger than that. */
  boolean isHealed(Bytes threshold) {
    return !replicas().isEmpty() && missing().isEmpty() && uncured(threshold).isEmpty();
  }

  /** True when no replica is seen to be above the threshold, and some do not say. */
  boolean isUntold(Bytes threshold) {
    List<CopyState> uncured = uncured(threshold);
    return !uncured.isEmpty() && uncured.stream().allMatch(copy -> copy.uncommitted().isEmpty());
  }

  /** Some copies in words. */
  static String named(List<CopyState> some) {
    return first(some.stream().map(TableCopies::name).toList(), ", ");
  }

  /** The first of some words, and how many more there are. */
  static String first(List<String> words, String between) {
    String first = words.stream().limit(NAMED).collect(Collectors.joining(between));
    return words.size() <= NAMED ? first : first + " and %d more".formatted(words.size() - NAMED);
  }

  private static String name(CopyState copy) {
    String place = copy.node().map(node -> " on " + node).orElse("");
    String how =
        copy.isWhole()
            ? copy.uncommitted().map(t -> t + " uncommitted").orElse("no statistics")
            : copy.node().isEmpty()
                ? copy.state()
                : String.format(Locale.ROOT, "%s %.0f %%", copy.state(), copy.percent());
    return "shard %d%s (%s)".formatted(copy.id(), place, how);
  }

  private boolean allWhole() {
    return copies.stream().allMatch(CopyState::isWhole);
  }

  private List<CopyState> replicas() {
    return copies.stream().filter(copy -> !copy.primary()).toList();
  }

  private Map<Long, List<CopyState>> shards() {
    return copies.stream().collect(Collectors.groupingBy(CopyState::id));
  }

  private List<CopyState> missing(List<CopyState> shard) {
    // An unassigned copy does not say whether it is the primary; without one nothing is forgiven.
    boolean primary = shard.stream().anyMatch(copy -> copy.primary() && copy.isWhole());
    long forgiven = primary ? Math.max(0, shard.size() - nodes) : 0;
    return shard.stream()
        .filter(copy -> !copy.isWhole())
        .sorted(Comparator.comparing(copy -> copy.node().isPresent()))
        .skip(forgiven)
        .toList();
  }
}
