package xmover.run;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xmover.detect.ClusterIdentity;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.ClusterView;
import xmover.gates.view.NodeView;
import xmover.gates.view.NodeView.Disk;
import xmover.gates.view.Watermark;
import xmover.gates.view.Watermarks;
import xmover.monitor.NodeRoom;
import xmover.table.Bytes;

/** The disks of the nodes for those who only watch. What can't be read is left out. */
final class NodeRooms {
  private NodeRooms() {}

  /** Looks at the nodes and at the watermarks in force: two statements. Never fails. */
  public static Future<List<NodeRoom>> of(Connection connection, ClusterIdentity cluster) {
    return new ClusterReader(connection.cluster(), connection.timers(), cluster.versions())
        .places()
        .map(NodeRooms::of)
        .otherwise(List.of());
  }

  private static List<NodeRoom> of(ClusterView seen) {
    return seen.settings()
        .value()
        .filter(settings -> settings.diskThreshold().orElse(false))
        .flatMap(settings -> settings.watermarks())
        .flatMap(marks -> seen.nodes().value().map(nodes -> of(nodes, marks)))
        .orElse(List.of());
  }

  private static List<NodeRoom> of(List<NodeView> nodes, Watermarks marks) {
    return nodes.stream()
        .flatMap(node -> node.disk().flatMap(disk -> of(node.node().name(), disk, marks)).stream())
        .toList();
  }

  /** The next one it will reach; none once it is beyond them all. */
  private static Optional<NodeRoom> of(String node, Disk disk, Watermarks marks) {
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
