package xmover.monitor;

import java.math.BigDecimal;
import java.math.MathContext;
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
  private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1024L * 1024);

  public WatchedTable {
    copies = List.copyOf(copies);
  }

  static WatchedTable found(Finding finding, Thresholds thresholds) {
    return new WatchedTable(
        new TableState(finding.relation(), finding.totals(), finding.uuid()),
        Optional.of(finding),
        List.of(),
        thresholds.qualifiesAbove(finding.relation()),
        finding.verdict().action() == Action.RESET
            ? Optional.of(heal(finding.table(), thresholds))
            : Optional.empty(),
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
        qualifies ? Optional.of(heal(table, thresholds)) : Optional.empty(),
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

  /**
   * What heals it, as it is typed in a shell. {@code heal --table} takes patterns of tables without
   * partitions; what is not told by one is named to {@code reset}, which asks before it does
   * something.
   */
  private static String heal(TableRef table, Thresholds thresholds) {
    boolean usual = thresholds.equals(Thresholds.DEFAULT);
    if (table.partition().isPresent() || !table.fullName().matches("[\\w.$-]+")) {
      // It has the usual thresholds alone.
      return "xmover reset %s --remedy auto%s".formatted(table.argument(), usual ? "" : " --force");
    }
    return "xmover heal --table %s%s".formatted(table.argument(), usual ? "" : typed(thresholds));
  }

  private static String typed(Thresholds thresholds) {
    BigDecimal size =
        BigDecimal.valueOf(thresholds.size().value()).divide(MEGABYTE, MathContext.DECIMAL64);
    return " --sizeMB %s --percentage %s"
        .formatted(size.stripTrailingZeros().toPlainString(), thresholds.percentage());
  }
}
