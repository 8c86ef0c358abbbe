package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.gates.Sight.copy;
import static xmover.gates.Sight.frozen;
import static xmover.gates.Sight.good;
import static xmover.gates.Sight.node;
import static xmover.gates.Sight.reading;
import static xmover.gates.Sight.relation;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.detect.CopyState;
import xmover.gates.view.ForeignStatement;
import xmover.gates.view.HealthReading;
import xmover.gates.view.NodeView;
import xmover.gates.view.Reading;
import xmover.gates.view.ShardCounts;
import xmover.reset.GateVerdict.Answer;
import xmover.table.Finding;
import xmover.table.Relation;

/** Each gate as a table: what is seen, what it answers, and the words of its reason. */
class GatesTest {
  private static final String SECRET = "no answer within 45 s";
  private static final String COPIES = "sys.shards could not be read: no answer";

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource({
    "version",
    "health",
    "table",
    "allocation",
    "disk",
    "shardLimit",
    "privilege",
    "activeShards",
    "blocks",
    "snapshot",
    "others"
  })
  void a_gate_answers_what_it_sees(
      SafetyGate gate, String seen, Consumer<Sight> spoil, Answer answer, String reason) {
    var sight = new Sight();
    spoil.accept(sight);
    var verdict = sight.judgedBy(gate);
    assertEquals(answer, verdict.answer(), verdict.toString());
    assertTrue(verdict.reason().contains(reason), verdict.toString());
    assertEquals(gate.name(), verdict.gate());
  }

  static Stream<Arguments> version() {
    var gate = new VersionGate();
    return Stream.of(
        open(gate, "a sound version", s -> {}, "created by CrateDB 6.3.7, runs on 6.3.7"),
        shut(gate, "an old table on 6.3.1", s -> old(s, "5.4.2", "6.3.1"), "destroy its data"),
        shut(gate, "one such node of three", s -> oneNodeOn(s, "6.2.5"), "6.2.5 has that bug"),
        open(gate, "an old table on 6.3.2", s -> old(s, "5.4.2", "6.3.2"), "runs on 6.3.2"),
        open(gate, "a new table on 6.3.1", s -> old(s, "5.5.0", "6.3.1"), "runs on 6.3.1"),
        unread(gate, "a table of no known age", s -> old(s, "", "6.3.1"), "of unknown version"),
        unread(gate, "an old table, a node silent", s -> old(s, "5.4.2", ""), "tells its version"),
        open(gate, "a new table, a node silent", s -> old(s, "6.0.0", ""), "created by"),
        unread(gate, "no nodes", s -> s.nodes = Reading.unreadable("sys.nodes: " + SECRET), SECRET),
        unread(gate, "no settings", s -> s.relation = Reading.unreadable(SECRET), SECRET));
  }

  static Stream<Arguments> health() {
    var gate = new HealthGate();
    Set<String> two = Set.of("n1", "n2");
    Set<String> three = Set.of("n1", "n2", "n3");
    return Stream.of(
        open(gate, "green for three readings", s -> {}, "GREEN with 3 nodes"),
        open(gate, "yellow", s -> s.health.set(2, reading(0, "YELLOW", three)), "YELLOW"),
        shut(gate, "red", s -> s.health.add(reading(0, "RED", three)), "1 primaries are missing"),
        unread(
            gate, "red just before", s -> s.health.set(1, reading(-1, "RED", three)), "only for"),
        unread(gate, "two readings", s -> s.health.remove(0), "only for 2 readings"),
        unread(
            gate,
            "three readings at once",
            s -> s.health = List.of(good(0), good(0), good(0)),
            "only for 3 readings"),
        unread(gate, "none", s -> s.health.clear(), "never read"),
        unread(gate, "old ones", s -> s.health = old(good(-9), good(-8), good(-7)), "7 s ago"),
        shut(gate, "a node gone", s -> s.health.add(reading(0, "YELLOW", two)), "n3 left"),
        unread(gate, "a node frozen", s -> s.health.add(silent("n2")), "n2 does not answer"),
        unread(
            gate, "unreadable", s -> s.health.add(HealthReading.failed(Sight.NOW, SECRET)), SECRET),
        unread(gate, "no health told", s -> s.health.add(reading(0, "", three)), "unknown: ''"),
        shut(
            gate,
            "fewer nodes than expected",
            s -> s.settings.expectedDataNodes = Optional.of(4L),
            "3 data nodes of 4"),
        shut(gate, "a master among three", s -> oneIsMaster(s), "2 data nodes of 3"),
        open(gate, "none expected", s -> s.settings.expectedDataNodes = Optional.of(-1L), "GREEN"),
        unread(
            gate,
            "expectation unknown",
            s -> s.settings.expectedDataNodes = Optional.empty(),
            "tells no gateway.expected_data_nodes"),
        unread(gate, "no nodes", s -> s.nodes = Reading.unreadable(SECRET), SECRET),
        unread(gate, "no settings", s -> s.settingsFailure = Optional.of(SECRET), SECRET));
  }

  static Stream<Arguments> table() {
    var gate = new TableGate();
    var primary = copy(0, true, "STARTED", "n1");
    return Stream.of(
        open(gate, "all started", s -> {}, "4 copies STARTED"),
        shut(
            gate,
            "a primary starts",
            s -> first(s, copy(0, true, "INITIALIZING", "n1")),
            "primary 0 on n1 is INITIALIZING"),
        shut(
            gate,
            "a primary moves",
            s -> first(s, copy(0, true, "RELOCATING", "n1")),
            "RELOCATING"),
        shut(
            gate,
            "a move is planned",
            s -> first(s, Sight.moving(0, true, "n1")),
            "primary 0 on n1 is RELOCATING"),
        shut(
            gate,
            "a primary is lost",
            s -> first(s, copy(0, true, "UNASSIGNED", "")),
            "primary 0 is UNASSIGNED"),
        shut(
            gate,
            "no row is a primary's",
            s -> first(s, copy(0, false, "UNASSIGNED", "")),
            "primary 0 is UNASSIGNED"),
        shut(
            gate,
            "a replica recovers",
            s -> replica(s, copy(0, false, "INITIALIZING", "n2")),
            "replica 0 on n2 is INITIALIZING"),
        shut(
            gate,
            "a recovery goes on",
            s -> replica(s, Sight.recovering(0, "n2")),
            "recovery at TRANSLOG"),
        shut(
            gate,
            "a replica is missing",
            s -> replica(s, copy(0, false, "UNASSIGNED", "")),
            "1 replicas of shard 0"),
        told(
            gate,
            "more copies than nodes",
            s ->
                s.copies =
                    copies(
                        primary,
                        copy(0, false, "STARTED", "n2"),
                        copy(0, false, "STARTED", "n3"),
                        copy(0, false, "UNASSIGNED", ""),
                        copy(1, true, "STARTED", "n2")),
            "1 replicas can never be assigned"),
        shut(
            gate,
            "more copies than nodes and one missing",
            s ->
                s.copies =
                    copies(
                        primary,
                        copy(0, false, "STARTED", "n2"),
                        copy(0, false, "UNASSIGNED", ""),
                        copy(0, false, "UNASSIGNED", ""),
                        copy(1, true, "STARTED", "n2")),
            "2 replicas of shard 0"),
        unread(gate, "a shard out of sight", s -> s.copies = copies(primary), "1 of 2 shards"),
        unread(gate, "nothing seen", s -> s.copies = copies(), "0 of 2 shards"),
        unread(gate, "unreadable", s -> s.copies = Reading.unreadable(COPIES), COPIES),
        unread(gate, "no nodes", s -> s.nodes = Reading.unreadable(SECRET), SECRET));
  }

  static Stream<Arguments> allocation() {
    var gate = new AllocationGate();
    return Stream.of(
        open(gate, "all", s -> {}, "enabled for all"),
        shut(gate, "none", s -> s.settings.allocation.put("enable", "none"), "enable is 'none'"),
        shut(gate, "primaries", s -> s.settings.allocation.put("enable", "primaries"), "primaries"),
        shut(
            gate,
            "new_primaries of the table",
            s -> s.allocation = Sight.own(Map.of("enable", "new_primaries")),
            "its routing"),
        shut(
            gate,
            "fewer nodes than copies",
            s -> s.settings.allocation.put("exclude", Map.of("_name", "n1,n2")),
            "a replica of shard 0 would stay UNASSIGNED (n1: cluster.routing.allocation.exclude"),
        shut(
            gate,
            "older nodes",
            s -> s.nodes = nodes(node("n1"), node("n2", "6.2.9", 9, 5), node("n3", "6.2.9", 9, 5)),
            "n2: it runs 6.2.9, older than n1"),
        shut(
            gate,
            "a limit of the cluster",
            s -> s.settings.allocation.put("total_shards_per_node", 12),
            "total_shards_per_node is 12"),
        open(
            gate,
            "a limit that is far",
            s -> s.settings.allocation.put("total_shards_per_node", 20),
            "each replica has a node"),
        unread(
            gate,
            "a limit, and not every table seen",
            s -> {
              s.settings.allocation.put("total_shards_per_node", 20);
              s.settings.seesEveryTable = false;
            },
            "GRANT AL TO \"ops\""),
        shut(
            gate,
            "its own filter",
            s -> s.allocation = Sight.own(Map.of("enable", "all", "require", Map.of("_ip", "x"))),
            "n2: its routing.allocation.require._ip = 'x'"),
        unread(gate, "copies unreadable", s -> s.copies = Reading.unreadable(COPIES), COPIES),
        unread(gate, "no nodes", s -> s.nodes = Reading.unreadable(SECRET), SECRET),
        unread(gate, "not told", s -> s.settings.allocation.remove("enable"), "tells no cluster"),
        unread(gate, "settings unreadable", s -> s.settingsFailure = Optional.of(SECRET), SECRET),
        unread(gate, "table unreadable", s -> s.allocation = Reading.unreadable(SECRET), SECRET));
  }

  static Stream<Arguments> disk() {
    var gate = new DiskGate();
    return Stream.of(
        open(gate, "half empty disks", s -> {}, "every copy fits below 90% used"),
        shut(gate, "full disks", s -> free(s, 120), "lacks 20.0 GB"),
        open(gate, "full disks, unwatched", s -> unwatched(s), "not limited"),
        open(gate, "the room its own replicas leave", s -> free(s, 150, 141, 141), "every copy"),
        shut(gate, "below the low watermark only before", s -> free(s, 149, 130, 130), "lacks"),
        shut(gate, "a node in flood stage", s -> free(s, 500, 500, 49), "n3 is in flood stage"),
        open(gate, "amounts", s -> amounts(s, "50gb", "20gb", "5gb"), "below 20.0 GB free"),
        shut(gate, "amounts beyond", s -> amounts(s, "600gb", "20gb", "5gb"), "lacks"),
        shut(
            gate,
            "a copy beyond the high one",
            s -> amounts(s, "505gb", "503gb", "5gb"),
            "a copy of shard 0 (10.0 GB)"),
        unread(
            gate,
            "no disk told",
            s -> s.nodes = nodes(node("n1"), node("n2"), frozen("n3")),
            "n3 does not tell"),
        unread(
            gate,
            "a size not told",
            s -> first(s, copy(0, true, "STARTED", "n1", 0)),
            "the size of shard 0 is not told"),
        open(
            gate,
            "a node without data",
            s -> s.nodes = nodes(node("n1"), node("n2"), node("n3"), master()),
            "every copy"),
        shut(
            gate,
            "two nodes of which one is full",
            s ->
                s.nodes =
                    nodes(
                        node("n1"), node("n2", "6.3.7", 1000 * Sight.GB, 100 * Sight.GB), master()),
            "n2, the roomiest, lacks"),
        open(gate, "roles not told, shards are", s -> s.nodes = unknown("n1", "n2", "n3"), "every"),
        unread(gate, "neither roles nor shards", s -> neither(s), SECRET),
        unread(
            gate,
            "watermarks not told",
            s -> s.settings.watermarks = Optional.empty(),
            "watermark"),
        unread(
            gate,
            "threshold not told",
            s -> s.settings.diskThreshold = Optional.empty(),
            "threshold"),
        unread(gate, "settings unreadable", s -> s.settingsFailure = Optional.of(SECRET), SECRET),
        unread(gate, "nodes unreadable", s -> s.nodes = Reading.unreadable(SECRET), SECRET),
        unread(gate, "copies unreadable", s -> s.copies = Reading.unreadable(COPIES), COPIES));
  }

  static Stream<Arguments> shardLimit() {
    var gate = new ShardLimitGate();
    return Stream.of(
        open(gate, "far from it", s -> {}, "40 shards of 3000"),
        open(gate, "at it", s -> s.settings.maxShardsPerNode = Optional.of(14L), "40 shards of 42"),
        shut(
            gate,
            "beyond it",
            s -> s.settings.maxShardsPerNode = Optional.of(13L),
            "40 shards of 39"),
        shut(gate, "a data node less", s -> limitedOnTwo(s), "40 shards of 28"),
        open(gate, "a range beyond it", s -> rangeBeyond(s), "0-1 is not limited"),
        unread(
            gate,
            "limit not told",
            s -> s.settings.maxShardsPerNode = Optional.empty(),
            "max_shards"),
        unread(
            gate,
            "not every table seen",
            s -> s.settings.seesEveryTable = false,
            "what shows them: GRANT AL TO \"ops\""),
        unread(gate, "shards unreadable", s -> s.shards = Reading.unreadable(SECRET), SECRET),
        unread(gate, "settings unreadable", s -> s.settingsFailure = Optional.of(SECRET), SECRET),
        unread(gate, "relation unreadable", s -> s.relation = Reading.unreadable(SECRET), SECRET));
  }

  static Stream<Arguments> activeShards() {
    var gate = new ActiveShardsGate();
    return Stream.of(
        open(gate, "one", s -> {}, "wait for 1"),
        open(gate, "all", s -> now(s, relation("1", "all", false, false, "6.3.7")), "for all"),
        shut(gate, "two", s -> now(s, relation("1", "2", false, false, "6.3.7")), "= 2 forbids"),
        unread(gate, "not told", s -> now(s, relation("1", "", false, false, "6.3.7")), "unknown"),
        unread(gate, "unreadable", s -> s.relation = Reading.unreadable(SECRET), SECRET));
  }

  static Stream<Arguments> privilege() {
    var gate = new PrivilegeGate();
    Relation own = relation("1", "1", false, false, "6.3.7");
    var foreign =
        new Relation(
            own.table(),
            own.replicas(),
            own.flushThreshold(),
            own.closed(),
            own.readOnly(),
            own.metadataBlocked(),
            own.waitForActiveShards(),
            false,
            own.createdVersion());
    return Stream.of(
        open(gate, "own", s -> {}, "ops may alter"),
        shut(gate, "foreign", s -> now(s, foreign), "GRANT DDL ON TABLE"),
        unread(gate, "unreadable", s -> s.relation = Reading.unreadable(SECRET), SECRET));
  }

  static Stream<Arguments> blocks() {
    var gate = new BlocksGate();
    return Stream.of(
        open(gate, "none", s -> {}, "no block"),
        shut(gate, "read-only", s -> now(s, relation("1", "1", true, false, "6.3.7")), "read-only"),
        shut(gate, "metadata", s -> now(s, relation("1", "1", false, true, "6.3.7")), "metadata"),
        unread(gate, "unreadable", s -> s.relation = Reading.unreadable(SECRET), SECRET));
  }

  static Stream<Arguments> snapshot() {
    var gate = new SnapshotGate();
    return Stream.of(
        open(gate, "none", s -> {}, "no snapshot"),
        shut(gate, "one", s -> s.snapshots = Reading.of(List.of("r.nightly")), "r.nightly"),
        unread(gate, "unreadable", s -> s.snapshots = Reading.unreadable(SECRET), SECRET));
  }

  static Stream<Arguments> others() {
    var gate = new OthersGate();
    var alter = new ForeignStatement(true, "bob", "ALTER TABLE t SET (refresh_interval = 5)");
    var ended = new ForeignStatement(false, alter.user(), alter.text());
    var primary = Sight.leased(0, "n1", "peer recovery", "logical_replication:sub");
    return Stream.of(
        open(gate, "nobody", s -> {}, "nobody else"),
        shut(
            gate,
            "other replicas",
            s -> now(s, relation("2", "1", false, false, "6.3.7")),
            "number_of_replicas was 1 and is 2"),
        shut(
            gate,
            "a block",
            s -> now(s, relation("1", "1", true, false, "6.3.7")),
            "blocks.read_only was false and is true"),
        shut(
            gate,
            "dropped and created anew",
            s -> now(s, relation("1", "1", false, false, "6.4.3")),
            "version['created']"),
        unread(gate, "replicas not known any more", s -> now(s, replicasUnknown()), "is unknown"),
        unread(gate, "no copy to be seen", s -> s.copies = copies(), "can be seen"),
        shut(
            gate,
            "a copy moved",
            s -> s.problematic = List.of(Sight.problematic(0, "n3")),
            "no longer on n3"),
        open(gate, "a copy moved by ourselves", s -> moved(s), "nobody"),
        told(
            gate,
            "a copy moved after we reset another table",
            s -> {
              moved(s);
              s.touched = false;
            },
            "no longer on n3, maybe because of what this run changed"),
        shut(
            gate,
            "running",
            s -> s.statements = Reading.of(List.of(ended, alter)),
            "bob: ALTER TABLE t SET"),
        shut(gate, "ended", s -> s.statements = Reading.of(List.of(ended)), "changed it since"),
        told(gate, "leases of a subscriber", s -> first(s, primary), "logical_replication:sub"),
        told(gate, "no job told", s -> s.settings.jobsTold = false, "stats.enabled"),
        told(gate, "no AL", s -> s.settings.seesEveryJob = false, "GRANT AL TO \"ops\""),
        unread(gate, "relation unreadable", s -> s.relation = Reading.unreadable(SECRET), SECRET),
        unread(gate, "copies unreadable", s -> s.copies = Reading.unreadable(COPIES), COPIES),
        unread(gate, "jobs unreadable", s -> s.statements = Reading.unreadable(SECRET), SECRET),
        unread(gate, "settings unreadable", s -> s.settingsFailure = Optional.of(SECRET), SECRET));
  }

  private static Arguments open(
      SafetyGate gate, String seen, Consumer<Sight> spoil, String reason) {
    return Arguments.of(gate, seen, spoil, Answer.OPEN, reason);
  }

  private static Arguments told(
      SafetyGate gate, String seen, Consumer<Sight> spoil, String reason) {
    return Arguments.of(gate, seen, spoil, Answer.TOLD, reason);
  }

  private static Arguments shut(
      SafetyGate gate, String seen, Consumer<Sight> spoil, String reason) {
    return Arguments.of(gate, seen, spoil, Answer.SHUT, reason);
  }

  private static Arguments unread(
      SafetyGate gate, String seen, Consumer<Sight> spoil, String reason) {
    return Arguments.of(gate, seen, spoil, Answer.UNREAD, reason);
  }

  private static void moved(Sight sight) {
    sight.problematic = List.of(Sight.problematic(0, "n3"));
    sight.touched = true;
    sight.stirred = true;
  }

  private static void old(Sight sight, String created, String version) {
    now(sight, relation("1", "1", false, false, created));
    sight.nodes = nodes(node("n1", version, 1000, 500), node("n2", version, 1000, 500), node("n3"));
  }

  private static void oneNodeOn(Sight sight, String version) {
    now(sight, relation("1", "1", false, false, "4.8.1"));
    sight.nodes = nodes(node("n1"), node("n2"), node("n3", version, 1000, 500));
  }

  private static void now(Sight sight, Relation relation) {
    sight.relation = Reading.of(relation);
  }

  private static Relation replicasUnknown() {
    Finding finding = new Sight().finding();
    Relation r = finding.relation();
    return new Relation(
        r.table(),
        Optional.empty(),
        r.flushThreshold(),
        false,
        false,
        false,
        "1",
        true,
        r.createdVersion());
  }

  private static List<HealthReading> old(HealthReading... readings) {
    return List.of(readings);
  }

  private static HealthReading silent(String node) {
    HealthReading good = good(0);
    return new HealthReading(good.at(), "YELLOW", 0, good.nodes(), Set.of(node), "");
  }

  private static NodeView master() {
    return new NodeView(
        node("m1").node(), node("m1").disk(), Optional.of(Set.of("master_eligible")));
  }

  private static void oneIsMaster(Sight sight) {
    sight.nodes = nodes(node("n1"), node("n2"), master());
  }

  private static Reading<List<NodeView>> nodes(NodeView... nodes) {
    return Reading.of(List.of(nodes));
  }

  private static Reading<List<NodeView>> unknown(String... names) {
    return Reading.of(
        Stream.of(names)
            .map(name -> new NodeView(node(name).node(), node(name).disk(), Optional.empty()))
            .toList());
  }

  private static void neither(Sight sight) {
    sight.nodes = unknown("n1", "n2", "n3");
    sight.shards = Reading.unreadable(SECRET);
  }

  private static Reading<List<CopyState>> copies(CopyState... copies) {
    return Reading.of(List.of(copies));
  }

  private static void first(Sight sight, CopyState copy) {
    replace(sight, 0, copy);
  }

  private static void replica(Sight sight, CopyState copy) {
    replace(sight, 1, copy);
  }

  private static void replace(Sight sight, int at, CopyState copy) {
    List<CopyState> copies = new ArrayList<>(sight.copies.value().orElseThrow());
    copies.set(at, copy);
    sight.copies = Reading.of(copies);
  }

  /** Disks of 1000 GB with so many free, one for each node or the same for all. */
  private static void free(Sight sight, long... gigabytes) {
    List<NodeView> nodes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      long free = gigabytes[Math.min(i, gigabytes.length - 1)];
      nodes.add(node("n" + (i + 1), "6.3.7", 1000 * Sight.GB, free * Sight.GB));
    }
    sight.nodes = Reading.of(nodes);
  }

  private static void unwatched(Sight sight) {
    free(sight, 0);
    sight.settings.diskThreshold = Optional.of(false);
  }

  private static void amounts(Sight sight, String low, String high, String flood) {
    sight.settings.watermarks = Sight.watermarks(low, high, flood);
  }

  private static void limitedOnTwo(Sight sight) {
    oneIsMaster(sight);
    sight.settings.maxShardsPerNode = Optional.of(14L);
  }

  private static void rangeBeyond(Sight sight) {
    now(sight, relation("0-1", "1", false, false, "6.3.7"));
    sight.shards = Reading.of(new ShardCounts(9999, Map.of()));
  }
}
