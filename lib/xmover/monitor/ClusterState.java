package xmover.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.CopyList;
import xmover.detect.Early;
import xmover.detect.Thresholds;
import xmover.table.GivenUp;
import xmover.table.TableState;

/**
 * What one look at a cluster showed.
 *
 * @param at when that was; this time does not jump
 * @param note what it could not show; empty when it could all
 * @param tables worst first, or in the order they were named
 * @param givenUp copies without a node that CrateDB does not try to build any more
 * @param early what will be problematic; empty where tables were named
 * @param rooms the disks of the nodes; none where they could not be read
 */
public record ClusterState(
    Instant at,
    ClusterIdentity cluster,
    Optional<String> note,
    List<WatchedTable> tables,
    List<GivenUp> givenUp,
    Optional<Early> early,
    List<NodeRoom> rooms) {
  public ClusterState {
    tables = List.copyOf(tables);
    givenUp = List.copyOf(givenUp);
    rooms = List.copyOf(rooms);
  }

  /** Its problematic tables. */
  public static ClusterState of(Instant at, Analysis analysis, List<NodeRoom> rooms) {
    return new ClusterState(
        at,
        analysis.cluster(),
        analysis.hidden().note(analysis.cluster().user()),
        analysis.findings().stream()
            .map(finding -> WatchedTable.found(finding, analysis.thresholds()))
            .toList(),
        analysis.givenUp(),
        Optional.of(analysis.early()),
        rooms);
  }

  /**
   * These tables, with every copy.
   *
   * @param thresholds from where on they would be healed
   */
  public static ClusterState of(
      Instant at,
      ClusterIdentity cluster,
      List<TableState> named,
      CopyList copies,
      Thresholds thresholds,
      List<NodeRoom> rooms) {
    return new ClusterState(
        at,
        cluster,
        Optional.empty(),
        named.stream()
            .map(state -> WatchedTable.named(state, copies.copies(), cluster, thresholds))
            .toList(),
        copies.givenUp(),
        Optional.empty(),
        rooms);
  }

  ClusterState with(List<WatchedTable> known) {
    return new ClusterState(at, cluster, note, known, givenUp, early, rooms);
  }
}
