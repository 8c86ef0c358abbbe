package xmover.gates;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import xmover.detect.CopyState;
import xmover.detect.allocation.AllocationSettings;
import xmover.detect.allocation.ClusterNode;
import xmover.gates.view.ClusterView;
import xmover.gates.view.ForeignStatement;
import xmover.gates.view.HealthReading;
import xmover.gates.view.HealthView;
import xmover.gates.view.NewestSnapshots;
import xmover.gates.view.NodeView;
import xmover.gates.view.Reading;
import xmover.gates.view.SafetySettings;
import xmover.gates.view.ShardCounts;
import xmover.gates.view.TableView;
import xmover.gates.view.View;
import xmover.gates.view.Watermark;
import xmover.gates.view.Watermarks;
import xmover.reset.GateVerdict;
import xmover.reset.PastReset;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

/**
 * All that a gate sees, of a healthy table on a healthy cluster; a test spoils what it is about.
 */
final class Sight {
  static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
  static final TableRef TABLE = TableRef.of("doc", "t");
  static final long GB = 1L << 30;

  /** What detection found: two shards, the replica of the first on n2. */
  List<ShardCopy> problematic = List.of(problematic(0, "n2"));

  Relation detected = relation("1", "1", false, false, "6.3.7");
  Reading<Relation> relation = Reading.of(detected);
  Reading<AllocationSettings> allocation = own(Map.of("enable", "all"));
  Map<String, Long> reserved = new HashMap<>();
  Reading<List<PastReset>> earlier = Reading.of(List.of());
  Reading<List<CopyState>> copies =
      Reading.of(
          List.of(
              copy(0, true, "STARTED", "n1"),
              copy(0, false, "STARTED", "n2"),
              copy(1, true, "STARTED", "n2"),
              copy(1, false, "STARTED", "n3")));
  Reading<List<ForeignStatement>> statements = Reading.of(List.of());
  List<HealthReading> health = new ArrayList<>(List.of(good(-2), good(-1), good(0)));
  Reading<List<NodeView>> nodes = Reading.of(List.of(node("n1"), node("n2"), node("n3")));
  Settings settings = new Settings();
  Optional<String> settingsFailure = Optional.empty();
  boolean touched;
  boolean stirred;
  Reading<NewestSnapshots.Ages> newest = Reading.of(new NewestSnapshots.Ages(Map.of()));
  Reading<List<String>> snapshots = Reading.of(List.of());
  Reading<ShardCounts> shards =
      Reading.of(new ShardCounts(40, Map.of("n1", 14L, "n2", 13L, "n3", 13L)));

  /** The settings of the cluster, each to be spoiled. */
  static final class Settings {
    Map<String, Object> allocation = new HashMap<>(Map.of("enable", "all"));
    Optional<Long> maxShardsPerNode = Optional.of(1000L);
    Optional<Boolean> diskThreshold = Optional.of(true);
    Optional<Watermarks> watermarks = watermarks("85%", "90%", "95%");
    Optional<Long> expectedDataNodes = Optional.of(3L);
    boolean jobsTold = true;
    boolean seesEveryTable = true;
    boolean seesEveryJob = true;

    SafetySettings seen() {
      return new SafetySettings(
          "ops",
          AllocationSettings.ofCluster(allocation),
          maxShardsPerNode,
          diskThreshold,
          watermarks,
          expectedDataNodes,
          jobsTold,
          seesEveryTable,
          seesEveryJob);
    }
  }

  Finding finding() {
    var translog = Optional.of(new Bytes(3 * GB));
    var totals = new ShardTotals(2, 2, 1, translog, translog, new Bytes(20 * GB), 0);
    return new Finding(detected, totals, problematic, Verdict.reset("worst replica at 600 %"));
  }

  View view() {
    Reading<SafetySettings> seen =
        settingsFailure
            .<Reading<SafetySettings>>map(Reading::unreadable)
            .orElseGet(() -> Reading.of(settings.seen()));
    return new View(
        new HealthView(NOW, health, Set.of("n1", "n2", "n3")),
        new ClusterView(nodes, seen, snapshots, shards),
        new TableView(relation, allocation, copies, statements, touched, stirred),
        reserved,
        newest,
        earlier);
  }

  GateVerdict judgedBy(SafetyGate gate) {
    return gate.judge(finding(), view());
  }

  static Optional<Watermarks> watermarks(String low, String high, String flood) {
    return Optional.of(
        new Watermarks(
            Watermark.of(low).orElseThrow(),
            Watermark.of(high).orElseThrow(),
            Watermark.of(flood).orElseThrow()));
  }

  static Relation relation(
      String replicas, String activeShards, boolean readOnly, boolean metadata, String created) {
    return new Relation(
        TABLE,
        Optional.of(new ReplicaSetting(replicas)),
        Optional.of(new Bytes(GB / 2)),
        false,
        readOnly,
        metadata,
        activeShards,
        true,
        created.isEmpty() ? Optional.empty() : Optional.of(created));
  }

  static CopyState copy(long shard, boolean primary, String state, String node) {
    return copy(shard, primary, state, node, 10 * GB);
  }

  /**
   * @param size 0 where it is not told
   */
  static CopyState copy(long shard, boolean primary, String state, String node, long size) {
    return copy(shard, primary, state, node, false, size, "DONE", "peer recovery");
  }

  static CopyState moving(long shard, boolean primary, String node) {
    return copy(shard, primary, "STARTED", node, true, GB, "DONE");
  }

  static CopyState recovering(long shard, String node) {
    return copy(shard, false, "STARTED", node, false, GB, "TRANSLOG");
  }

  static CopyState leased(long shard, String node, String... sources) {
    return copy(shard, true, "STARTED", node, false, GB, "DONE", sources);
  }

  private static CopyState copy(
      long shard,
      boolean primary,
      String state,
      String node,
      boolean moving,
      long size,
      String stage,
      String... sources) {
    return new CopyState(
        TABLE,
        shard,
        primary,
        state,
        node.isEmpty() ? Optional.empty() : Optional.of(node),
        Optional.empty(),
        Optional.empty(),
        moving,
        size == 0 ? Optional.empty() : Optional.of(new Bytes(size)),
        Optional.empty(),
        List.of(sources),
        Optional.of(new CopyState.Recovery(stage, Optional.of(100.0))));
  }

  static ShardCopy problematic(long shard, String node) {
    var size = new Bytes(10 * GB);
    return new ShardCopy(
        TABLE,
        shard,
        false,
        "STARTED",
        node,
        size,
        size,
        size,
        7,
        Optional.empty(),
        Optional.empty(),
        Diagnosis.NONE);
  }

  /** A node that holds data, its disk of 1000 GB used to the half. */
  static NodeView node(String name) {
    return node(name, "6.3.7", 1000 * GB, 500 * GB);
  }

  static NodeView node(String name, String version, long size, long available) {
    return new NodeView(
        known(name, version, Map.of()),
        Optional.of(new NodeView.Disk(size, available)),
        Optional.of(Set.of("data", "master_eligible")));
  }

  static ClusterNode known(String name, String version, Map<String, String> attributes) {
    return new ClusterNode(name, "id-" + name, version, name + ".local", name + "-ip", attributes);
  }

  static Reading<AllocationSettings> own(Map<String, Object> shown) {
    return Reading.of(AllocationSettings.ofTable(shown));
  }

  /** A node that does not answer: CrateDB tells its name and nothing else. */
  static NodeView frozen(String name) {
    return new NodeView(known(name, "", Map.of()), Optional.empty(), Optional.of(Set.of("data")));
  }

  static HealthReading good(int seconds) {
    return reading(seconds, "GREEN", Set.of("n1", "n2", "n3"));
  }

  static HealthReading reading(int seconds, String colour, Set<String> nodes) {
    return new HealthReading(
        NOW.plus(Duration.ofSeconds(seconds)),
        colour,
        colour.equals("RED") ? 1 : 0,
        nodes,
        Set.of(),
        "");
  }
}
