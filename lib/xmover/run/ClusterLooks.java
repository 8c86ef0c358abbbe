package xmover.run;

import io.vertx.core.Future;
import java.util.List;
import java.util.function.UnaryOperator;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.monitor.ClusterState;
import xmover.table.TableState;

/** Looks at a cluster for those who watch it: at what is problematic, or at tables by name. */
public record ClusterLooks(Connection connection, Detection detection) {
  /** At its problematic tables. */
  public Future<ClusterState> atProblems(Thresholds thresholds, TableFilter filter) {
    return detection
        .analyse(thresholds, filter)
        .compose(
            seen ->
                NodeRooms.of(connection, seen.cluster())
                    .map(rooms -> ClusterState.of(connection.timers().now(), seen, rooms)));
  }

  /**
   * At tables with every copy.
   *
   * @param chosen which of all tables
   * @param thresholds from where on they would be healed
   */
  public Future<ClusterState> at(UnaryOperator<List<TableState>> chosen, Thresholds thresholds) {
    return detection
        .identity()
        .compose(
            cluster ->
                detection.states().map(chosen).compose(tables -> at(cluster, tables, thresholds)));
  }

  private Future<ClusterState> at(
      ClusterIdentity cluster, List<TableState> tables, Thresholds thresholds) {
    return detection
        .watched(tables.stream().map(TableState::table).toList())
        .compose(
            copies ->
                NodeRooms.of(connection, cluster)
                    .map(
                        rooms ->
                            ClusterState.of(
                                connection.timers().now(),
                                cluster,
                                tables,
                                copies,
                                thresholds,
                                rooms)));
  }
}
