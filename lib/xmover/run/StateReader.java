package xmover.run;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.ClusterView;
import xmover.gates.view.NodeView;
import xmover.gates.view.NodeView.Disk;
import xmover.gates.view.Watermark;
import xmover.gates.view.Watermarks;
import xmover.monitor.ClusterState;
import xmover.monitor.NodeRoom;
import xmover.table.Bytes;
import xmover.table.TableState;

/** Reads the state of a cluster for a monitor: of what is problematic, or of tables by name. */
public record StateReader(Connection connection, Detection detection) {
  /** Its problematic tables. */
  public Future<ClusterState> problems(Thresholds thresholds, TableFilter filter) {
    return detection
        .analyse(thresholds, filter)
        .compose(
            seen ->
                nodeRooms(seen.cluster())
                    .map(rooms -> ClusterState.of(connection.timers().now(), seen, rooms)));
  }

  /**
   * Tables with every copy.
   *
   * @param chosen which of all tables
   * @param thresholds from where on they would be healed
   */
  public Future<ClusterState> tables(
      UnaryOperator<List<TableState>> chosen, Thresholds thresholds) {
    return detection
        .identity()
        .compose(
            cluster ->
                detection
                    .states()
                    .map(chosen)
                    .compose(tables -> read(cluster, tables, thresholds)));
  }

  private Future<ClusterState> read(
      ClusterIdentity cluster, List<TableState> tables, Thresholds thresholds) {
    return detection
        .watched(tables.stream().map(TableState::table).toList())
        .compose(
            copies ->
                nodeRooms(cluster)
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

  /** The disks of the nodes by the watermarks in force; none where they can't be read. */
  private Future<List<NodeRoom>> nodeRooms(ClusterIdentity cluster) {
    return new ClusterReader(connection.cluster(), connection.timers(), cluster.versions())
        .places()
        .map(StateReader::rooms)
        .otherwise(List.of());
  }

  private static List<NodeRoom> rooms(ClusterView seen) {
    return seen.settings()
        .value()
        .filter(settings -> settings.diskThreshold().orElse(false))
        .flatMap(settings -> settings.watermarks())
        .flatMap(marks -> seen.nodes().value().map(nodes -> rooms(nodes, marks)))
        .orElse(List.of());
  }

  private static List<NodeRoom> rooms(List<NodeView> nodes, Watermarks marks) {
    return nodes.stream()
        .flatMap(
            node -> node.disk().flatMap(disk -> room(node.node().name(), disk, marks)).stream())
        .toList();
  }

  /** The next one it will reach; none once it is beyond them all. */
  private static Optional<NodeRoom> room(String node, Disk disk, Watermarks marks) {
    return Stream.of(
            room(node, disk, "low", marks.low()),
            room(node, disk, "high", marks.high()),
            room(node, disk, "flood-stage", marks.flood()))
        .filter(room -> room.left().value() > 0)
        .findFirst();
  }

  private static NodeRoom room(String node, Disk disk, String name, Watermark mark) {
    return new NodeRoom(
        node,
        new Bytes(disk.available()),
        new Bytes(mark.left(disk.available(), disk.size())),
        "%s watermark (%s)".formatted(name, mark));
  }
}
