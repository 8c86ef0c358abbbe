package xmover.observe;

import java.util.List;
import java.util.Optional;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.CopyState;
import xmover.detect.Early;
import xmover.table.TableState;

/**
 * What one look at a cluster showed.
 *
 * @param note what it could not show; empty when it could all
 * @param tables worst first, or in the order they were named
 * @param early what will be problematic; empty where tables were named
 */
public record ClusterSight(
    ClusterIdentity cluster,
    Optional<String> note,
    List<WatchedTable> tables,
    Optional<Early> early) {
  public ClusterSight {
    tables = List.copyOf(tables);
  }

  /** Its problematic tables. */
  public static ClusterSight of(Analysis analysis) {
    return new ClusterSight(
        analysis.cluster(),
        analysis.hidden().note(analysis.cluster().user()),
        analysis.findings().stream().map(WatchedTable::found).toList(),
        Optional.of(analysis.early()));
  }

  /** These tables, with every copy. */
  public static ClusterSight of(
      ClusterIdentity cluster, List<TableState> named, List<CopyState> copies) {
    return new ClusterSight(
        cluster,
        Optional.empty(),
        named.stream().map(state -> WatchedTable.named(state, copies)).toList(),
        Optional.empty());
  }
}
