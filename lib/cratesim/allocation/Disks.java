package cratesim.allocation;

import cratesim.model.ByteSize;
import cratesim.model.ClusterModel;
import cratesim.model.SimNode;
import cratesim.scenario.Scenario;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The nodes' disks as a scenario gives them. */
public final class Disks {
  private Disks() {}

  public static long size(Scenario scenario, String node) {
    Scenario.Disk disk = Objects.requireNonNull(scenario.disks()).get(node);
    String size = disk == null || disk.size() == null ? scenario.disk() : disk.size();
    return ByteSize.of(Objects.requireNonNull(size));
  }

  public static @Nullable Long shown(Scenario scenario, String node) {
    Scenario.Disk disk = Objects.requireNonNull(scenario.disks()).get(node);
    return disk == null ? null : disk.shown();
  }

  /** To be called when all shards have their places. */
  public static void use(Scenario scenario, ClusterModel cluster) {
    for (Map.Entry<String, Scenario.Disk> disk :
        Objects.requireNonNull(scenario.disks()).entrySet()) {
      String used = disk.getValue().used();
      SimNode node = cluster.node(disk.getKey());
      if (used != null) {
        node.useDisk(bytes(used, node.diskSize()));
      }
    }
  }

  private static long bytes(String used, long size) {
    return used.matches("\\d+(\\.\\d+)?%")
        ? Math.round(size * Double.parseDouble(used.substring(0, used.length() - 1)) / 100)
        : ByteSize.of(used);
  }
}
