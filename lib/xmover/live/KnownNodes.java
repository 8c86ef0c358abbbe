package xmover.live;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import xmover.reset.CopyReading;
import xmover.reset.NodeReading;
import xmover.table.TableRef;

/**
 * The nodes, and the copies of the tables under way on them, as the last looks of a run saw them.
 */
final class KnownNodes {
  private final Map<TableRef, List<CopyReading>> copies = new LinkedHashMap<>();
  private List<String> names = List.of();
  private List<NodeReading> nodes = List.of();
  private Optional<Instant> looked = Optional.empty();

  /**
   * What is known at one instant.
   *
   * @param names of all nodes
   * @param nodes with their disks, as they were at the last look; empty before the first
   * @param looked when that was
   */
  record Sight(
      List<String> names,
      List<NodeReading> nodes,
      Optional<Instant> looked,
      Map<TableRef, List<CopyReading>> copies) {}

  void called(List<String> all) {
    names = List.copyOf(all);
  }

  void seen(List<NodeReading> all, Instant now) {
    nodes = List.copyOf(all);
    looked = Optional.of(now);
  }

  void seen(TableRef table, List<CopyReading> all) {
    copies.put(table, List.copyOf(all));
  }

  /** Its replicas are dropped: what was seen of them is no longer so. */
  void dropped(TableRef table) {
    copies.computeIfPresent(
        table, (ref, seen) -> seen.stream().filter(CopyReading::primary).toList());
  }

  /** It is under way no longer. */
  void ended(TableRef table) {
    copies.remove(table);
  }

  Sight sight() {
    return new Sight(names, nodes, looked, new LinkedHashMap<>(copies));
  }
}
