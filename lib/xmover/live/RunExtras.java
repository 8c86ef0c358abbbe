package xmover.live;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.detect.ClusterIdentity;
import xmover.reset.CopyReading;
import xmover.reset.NodeReading;
import xmover.reset.PastReset;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * What a run shows beside its tables: how it went over time, the nodes, earlier runs. Its caller
 * sees to it that one thread at a time is in it.
 */
final class RunExtras {
  private final OverTime overTime = new OverTime();
  private final KnownNodes nodes = new KnownNodes();
  private final Map<TableRef, Long> uncommitted = new HashMap<>();
  private Optional<Bytes> limit = Optional.empty();
  private Optional<List<PastReset>> past = Optional.empty();
  private long sum;

  /**
   * All of it at one instant.
   *
   * @param limit how many bytes may have one copy at a time; empty where there is no limit
   * @param past what was healed so far, oldest first; empty while nobody knows
   */
  record Sight(
      Optional<Bytes> limit,
      List<OverTime.Point> points,
      KnownNodes.Sight nodes,
      Optional<List<PastReset>> past) {}

  Sight sight() {
    return new Sight(limit, overTime.points(), nodes.sight(), past);
  }

  void connected(ClusterIdentity cluster) {
    nodes.called(cluster.nodes());
  }

  void limited(Bytes most) {
    limit = Optional.of(most);
  }

  void remembered(List<PastReset> all) {
    past = Optional.of(List.copyOf(all));
  }

  void chosen(List<Finding> tables) {
    tables.forEach(table -> worst(table.table(), table.largestTranslog()));
  }

  void nodes(List<NodeReading> all, Instant now) {
    nodes.seen(all, now);
  }

  /** What a look saw of a table of this run. */
  void copies(TableRef table, List<CopyReading> copies) {
    nodes.seen(table, copies);
    copies.stream()
        .filter(copy -> !copy.primary())
        .flatMap(copy -> copy.uncommitted().stream())
        .max(Bytes::compareTo)
        .ifPresent(bytes -> worst(table, bytes));
  }

  void transition(ResetJob to) {
    if (to.state() == ResetState.MONITORING_LEASES) {
      nodes.dropped(to.table());
    }
  }

  void ended(TableResult result, Optional<Bytes> after) {
    nodes.ended(result.finding().table());
    after.ifPresent(bytes -> worst(result.finding().table(), bytes));
  }

  void over(RunReport report) {
    report.results().forEach(result -> nodes.ended(result.finding().table()));
  }

  private void worst(TableRef table, Bytes bytes) {
    Long before = uncommitted.put(table, bytes.value());
    sum += bytes.value() - (before == null ? 0 : before);
  }

  /** So much has one copy from now on. */
  void exposed(Bytes bytes, Instant now) {
    if (!uncommitted.isEmpty()) {
      overTime.seen(now, bytes.value(), sum);
    }
  }
}
