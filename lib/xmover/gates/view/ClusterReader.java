package xmover.gates.view;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.sql.PreflightSql;
import xmover.detect.CrateVersion;
import xmover.detect.allocation.ClusterNode;
import xmover.environment.Timers;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;

/**
 * Looks at what all tables of a cluster have in common; tables that follow closely share a look.
 */
public final class ClusterReader {
  private static final Duration FRESH = Duration.ofSeconds(2);

  /** Counting all shards asks every node: once a minute is enough for a limit of thousands. */
  private static final Duration SHARDS_FRESH = Duration.ofMinutes(1);

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final StatementReader reader;
  private final Timers timers;
  private final RunListener listener;
  private final CachedReading<List<NodeView>> nodes;
  private final CachedReading<SafetySettings> settings;
  private final CachedReading<List<String>> snapshots;
  private final CachedReading<ShardCounts> shards;

  /**
   * @param versions every version that runs in the cluster
   */
  public ClusterReader(Cluster cluster, Timers timers, List<String> versions) {
    this(cluster, timers, versions, RunListener.NONE);
  }

  /**
   * @param versions every version that runs in the cluster
   * @param listener is told the nodes that are seen
   */
  public ClusterReader(
      Cluster cluster, Timers timers, List<String> versions, RunListener listener) {
    this.listener = listener;
    this.reader = new StatementReader(cluster, timers);
    this.timers = timers;
    boolean roles = CrateVersion.oldest(versions).tellsNodeRoles();
    nodes = shared("sys.nodes", PreflightSql.nodes(roles), FRESH, rows -> nodes(rows, roles));
    settings =
        shared(
            "sys.cluster",
            PreflightSql.cluster(),
            FRESH,
            rows -> Reading.of(SafetySettings.of(Row.first(rows, "sys.cluster"))));
    snapshots = shared("sys.snapshots", PreflightSql.snapshots(), FRESH, ClusterReader::snapshots);
    shards = shared("sys.shards", PreflightSql.shards(), SHARDS_FRESH, ClusterReader::shards);
  }

  private <T> CachedReading<T> shared(
      String what, Statement statement, Duration fresh, Function<List<Row>, Reading<T>> rows) {
    return new CachedReading<>(timers, fresh, () -> reader.read(what, statement, PATIENCE, rows));
  }

  /**
   * Looks; what could not be read is told in its place.
   *
   * @param exposes whether a copy is to be dropped, so that snapshots matter and the limit of
   *     shards
   */
  public Future<ClusterView> look(boolean exposes) {
    return look(exposes, exposes);
  }

  /** Looks at the nodes and at how many shards they hold. */
  public Future<ClusterView> counted() {
    return look(false, true);
  }

  /** Looks only at what tells where a copy may go; shards are counted where that matters. */
  public Future<ClusterView> places() {
    return look(false, false);
  }

  private Future<ClusterView> look(boolean taken, boolean counted) {
    var n = nodes.get();
    var c = settings.get();
    Future<Reading<List<String>>> t = taken ? snapshots.get() : Reading.notAsked();
    Future<Reading<ShardCounts>> s =
        counted
            ? shards.get()
            : Future.all(n, c)
                .compose(
                    both ->
                        countsMatter(n.result(), c.result()) ? shards.get() : Reading.notAsked());
    return Future.all(n, c, t, s)
        .onSuccess(all -> tell(n.result(), c.result()))
        .map(all -> new ClusterView(n.result(), c.result(), t.result(), s.result()));
  }

  private void tell(Reading<List<NodeView>> nodes, Reading<SafetySettings> settings) {
    Optional<Watermarks> limits =
        settings
            .value()
            .filter(all -> all.diskThreshold().orElse(true))
            .flatMap(SafetySettings::watermarks);
    nodes
        .value()
        .ifPresent(
            all ->
                listener.on(
                    new RunEvent.NodesSeen(all.stream().map(node -> node.told(limits)).toList())));
  }

  private static boolean countsMatter(
      Reading<List<NodeView>> nodes, Reading<SafetySettings> settings) {
    return settings.value().filter(s -> s.allocation().shardsPerNode().isPresent()).isPresent()
        || nodes
            .value()
            .filter(all -> all.stream().anyMatch(node -> node.roles().isEmpty()))
            .isPresent();
  }

  private static Reading<List<NodeView>> nodes(List<Row> rows, boolean roles) {
    List<NodeView> nodes = rows.stream().map(row -> node(row, roles)).toList();
    Set<String> names = new HashSet<>();
    // CrateDB lets nodes have one name, and tells of a copy nothing but its node's name.
    return nodes.stream()
        .map(NodeView::name)
        .filter(name -> !names.add(name))
        .findFirst()
        .map(name -> Reading.<List<NodeView>>unreadable(ambiguous(name)))
        .orElseGet(() -> Reading.of(nodes));
  }

  private static String ambiguous(String name) {
    return "two nodes are named '%s', so nobody can tell on which of them a copy is: give each its own node.name"
        .formatted(name);
  }

  private static NodeView node(Row row, boolean roles) {
    return new NodeView(
        ClusterNode.of(row),
        NodeView.Disk.of(row.bytes("disk_size"), row.bytes("disk_available")),
        roles ? Optional.of(Set.copyOf(row.texts("roles"))) : Optional.empty());
  }

  private static Reading<List<String>> snapshots(List<Row> rows) {
    return Reading.of(
        rows.stream().map(row -> row.text("repository") + "." + row.text("name")).toList());
  }

  private static Reading<ShardCounts> shards(List<Row> rows) {
    long total = 0;
    Map<String, Long> byNode = new HashMap<>();
    for (Row row : rows) {
      Long count = row.number("shards");
      if (count == null || count < 0) {
        return Reading.unreadable("sys.shards does not tell how many shards there are");
      }
      total += count;
      String node = row.text("node_name");
      if (node != null) {
        byNode.put(node, count);
      }
    }
    return Reading.of(new ShardCounts(total, byNode));
  }
}
