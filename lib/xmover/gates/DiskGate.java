package xmover.gates;

import java.util.List;
import java.util.Optional;
import xmover.detect.CopyState;
import xmover.gates.view.ClusterView;
import xmover.gates.view.DiskRoom;
import xmover.gates.view.NodeView;
import xmover.gates.view.Reading;
import xmover.gates.view.View;
import xmover.gates.view.Watermark;
import xmover.gates.view.Watermarks;
import xmover.reset.GateVerdict;
import xmover.table.Finding;

/** Refuses when the disks could not take the replicas back after the restore. */
record DiskGate() implements SafetyGate {
  static final String NAME = "disk";
  private static final String ROOM = "free or add disk space, or raise the watermarks";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.cluster()
        .settings()
        .then(s -> Reading.told(s.diskThreshold(), "disk.threshold_enabled"))
        .judge(
            NAME,
            enabled ->
                enabled
                    ? judge(view)
                    : GateVerdict.open(NAME, "disk.threshold_enabled is false: not limited"));
  }

  private static GateVerdict judge(View view) {
    ClusterView cluster = view.cluster();
    return cluster
        .settings()
        .then(s -> Reading.told(s.watermarks(), "disk.watermark.low, high and flood_stage"))
        .judge(NAME, cluster.dataNodes(), (watermarks, nodes) -> judge(view, watermarks, nodes));
  }

  private static GateVerdict judge(View view, Watermarks watermarks, List<NodeView> nodes) {
    return flooded(nodes, watermarks.flood())
        .map(DiskGate::shut)
        .or(() -> untold(nodes).map(DiskGate::unread))
        .orElseGet(
            () ->
                view.table()
                    .copies()
                    .judge(
                        NAME,
                        copies ->
                            placed(new DiskRoom(nodes, watermarks, view.reserved()), copies)));
  }

  private static GateVerdict placed(DiskRoom room, List<CopyState> copies) {
    return room.lacking(copies)
        .map(DiskGate::shut)
        .or(() -> DiskRoom.untold(copies).map(DiskGate::unread))
        .orElseGet(() -> GateVerdict.open(NAME, room.told()));
  }

  private static GateVerdict shut(String reason) {
    return GateVerdict.shut(NAME, reason, ROOM);
  }

  private static GateVerdict unread(String reason) {
    return GateVerdict.unread(NAME, reason, Reading.LOOK);
  }

  private static Optional<String> flooded(List<NodeView> nodes, Watermark flood) {
    return nodes.stream()
        .filter(n -> n.disk().filter(d -> !flood.allows(d.available(), d.size())).isPresent())
        .findFirst()
        .map(n -> "%s is in flood stage (%s)".formatted(n.name(), flood));
  }

  private static Optional<String> untold(List<NodeView> nodes) {
    return nodes.stream()
        .filter(node -> node.disk().isEmpty())
        .findFirst()
        .map(node -> node.name() + " does not tell its disk, or what can't be true of one");
  }
}
