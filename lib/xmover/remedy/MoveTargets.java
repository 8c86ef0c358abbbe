package xmover.remedy;

import io.vertx.core.Future;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.detect.CopyState;
import xmover.detect.Holes;
import xmover.detect.allocation.AllocationSettings;
import xmover.detect.allocation.Deciders;
import xmover.detect.allocation.Deciders.Occupancy;
import xmover.gates.view.ClusterReader;
import xmover.gates.view.ClusterView;
import xmover.gates.view.DiskRoom;
import xmover.gates.view.NodeView;
import xmover.gates.view.Reading;
import xmover.gates.view.SafetySettings;
import xmover.gates.view.TableReader;
import xmover.table.Bytes;
import xmover.table.TableRef;

/**
 * Finds the node that a copy is best moved to: one without a copy of the shard, which CrateDB's
 * deciders allow and whose disk has the room; of these the one with the fewest shards of the table.
 */
public final class MoveTargets {
  /** CrateDB's default for {@code node_concurrent_recoveries}. */
  private static final long RECOVERIES = 2;

  private static final String UNTOLD =
      "its disk, the watermarks or the size of the shard are not told";

  private final ClusterReader cluster;
  private final TableReader table;

  public MoveTargets(ClusterReader cluster, TableReader table) {
    this.cluster = cluster;
    this.table = table;
  }

  /**
   * Where a copy may go.
   *
   * @param node empty when no node may take it
   * @param reason why not
   * @param recoveries how many copies a node may build at the same moment
   * @param known false when it could not be read whether one may
   */
  public record Choice(Optional<String> node, String reason, long recoveries, boolean known) {}

  /** Looks and chooses; the copies are all of the table, as they were just seen. */
  public Future<Choice> choose(TableRef name, List<CopyState> copies, long shard, String from) {
    return places(name).map(places -> places.choose(copies, shard, from));
  }

  /** Looks where copies of a table may go. */
  public Future<Places> places(TableRef name) {
    var common = cluster.places();
    var own = table.allocation(name);
    return Future.all(common, own).map(all -> places(common.result(), own.result(), name));
  }

  /** The same for many tables, of which each is asked in the same few statements. */
  public Future<Map<TableRef, Places>> places(Set<TableRef> tables) {
    var common = cluster.places();
    var own = table.allocations(tables);
    return Future.all(common, own)
        .map(
            all ->
                own.result().entrySet().stream()
                    .collect(
                        Collectors.toMap(
                            Map.Entry::getKey,
                            one -> places(common.result(), one.getValue(), one.getKey()))));
  }

  private static Places places(
      ClusterView cluster, Reading<AllocationSettings> own, TableRef name) {
    return (copies, shard, from) -> choose(cluster, own, name, copies, shard, from);
  }

  /** The nodes as they were seen at one moment: any number of choices is made from that. */
  @FunctionalInterface
  public interface Places {
    /**
     * Chooses once more.
     *
     * @param copies all of the table, where they are by then
     */
    Choice choose(List<CopyState> copies, long shard, String from);
  }

  private static Choice choose(
      ClusterView cluster,
      Reading<AllocationSettings> own,
      TableRef name,
      List<CopyState> copies,
      long shard,
      String from) {
    Reading<List<NodeView>> nodes = cluster.possibleDataNodes();
    Reading<SafetySettings> settings = cluster.settings();
    Reading<Map<String, Long>> shards = settings.then(seen -> shardsByNode(seen, cluster));
    return Stream.of(nodes, settings, shards, own)
        .filter(seen -> seen.value().isEmpty())
        .findFirst()
        .map(unread -> new Choice(Optional.empty(), unread.failure(), RECOVERIES, false))
        .orElseGet(
            () ->
                new Search(
                        new Deciders(
                            name,
                            settings.value().orElseThrow().allocation(),
                            own.value().orElseThrow(),
                            nodes.value().orElseThrow().stream().map(NodeView::node).toList()),
                        nodes.value().orElseThrow(),
                        names(cluster.dataNodes()),
                        settings.value().orElseThrow(),
                        copies,
                        shards.value().orElseThrow(),
                        shard,
                        from)
                    .choice());
  }

  private static Set<String> names(Reading<List<NodeView>> nodes) {
    return nodes.value().stream()
        .flatMap(List::stream)
        .map(NodeView::name)
        .collect(Collectors.toSet());
  }

  private static Reading<Map<String, Long>> shardsByNode(
      SafetySettings settings, ClusterView cluster) {
    return settings.allocation().shardsPerNode().isEmpty()
        ? Reading.of(Map.of())
        : cluster.shards().then(counts -> Reading.of(counts.byNode()));
  }

  /**
   * One choice, from what was seen at one moment.
   *
   * @param known the nodes that surely hold data; the others are tried last, and CrateDB refuses
   */
  private record Search(
      Deciders deciders,
      List<NodeView> nodes,
      Set<String> known,
      SafetySettings settings,
      List<CopyState> copies,
      Map<String, Long> all,
      long shard,
      String from) {
    Choice choice() {
      Map<String, String> objections = new LinkedHashMap<>();
      List<NodeView> allowed =
          nodes.stream()
              .filter(node -> !holding().contains(node.name()) && allows(node, objections))
              .toList();
      long recoveries = settings.allocation().concurrentRecoveries().orElse(RECOVERIES);
      return allowed.stream()
          .min(
              Comparator.comparing((NodeView node) -> !known.contains(node.name()))
                  .thenComparing(node -> ofTable().getOrDefault(node.name(), 0L))
                  .thenComparing(node -> -free(node))
                  .thenComparing(NodeView::name))
          .map(node -> new Choice(Optional.of(node.name()), "", recoveries, true))
          .orElseGet(
              () ->
                  new Choice(
                      Optional.empty(),
                      told(objections),
                      recoveries,
                      !objections.containsValue(UNTOLD)));
    }

    private static String told(Map<String, String> objections) {
      return objections.isEmpty()
          ? "every data node has a copy of the shard"
          : objections.entrySet().stream()
              .map(one -> one.getKey() + ": " + one.getValue())
              .collect(Collectors.joining("; "));
    }

    private boolean allows(NodeView node, Map<String, String> objections) {
      Optional<String> objection =
          deciders
              .against(node.node(), occupancy())
              .map(Deciders.Objection::reason)
              .or(() -> noRoom(node));
      objection.ifPresent(reason -> objections.put(node.name(), reason));
      return objection.isEmpty();
    }

    private Set<String> holding() {
      return ofShard().stream().flatMap(copy -> copy.node().stream()).collect(Collectors.toSet());
    }

    private List<CopyState> ofShard() {
      return Holes.ofShard(shard, copies);
    }

    /** Without the copy that leaves. */
    private Occupancy occupancy() {
      Set<String> others = new HashSet<>(holding());
      others.remove(from);
      Optional<String> primary =
          ofShard().stream().filter(CopyState::primary).flatMap(c -> c.node().stream()).findFirst();
      return new Occupancy(ofShard().size(), others, primary, ofTable(), all);
    }

    private Map<String, Long> ofTable() {
      Map<String, Long> counts = new HashMap<>();
      copies.forEach(copy -> copy.node().ifPresent(node -> counts.merge(node, 1L, Long::sum)));
      return counts;
    }

    private static long free(NodeView node) {
      return node.disk().map(NodeView.Disk::available).orElse(0L);
    }

    private Optional<String> noRoom(NodeView node) {
      if (settings.diskThreshold().filter(on -> !on).isPresent()) {
        return Optional.empty();
      }
      Optional<Bytes> size = CopyState.shardSize(copies, shard);
      if (node.disk().isEmpty() || settings.watermarks().isEmpty() || size.isEmpty()) {
        return Optional.of(UNTOLD);
      }
      long missing =
          new DiskRoom(List.of(node), settings.watermarks().get(), Map.of())
              .missing(node.name(), size.get().value());
      return missing <= 0
          ? Optional.empty()
          : Optional.of("it lacks %s to the watermarks of the disk".formatted(new Bytes(missing)));
    }
  }
}
