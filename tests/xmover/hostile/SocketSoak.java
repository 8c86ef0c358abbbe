package xmover.hostile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import cratesim.faults.FaultyWire;
import cratesim.scenario.Scenario;
import cratesim.wire.NodeIdentity;
import cratesim.wire.SimulatedServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Collectors;
import xmover.cli.Operator;
import xmover.cluster.Cluster;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Timeouts;
import xmover.cluster.wire.Clusters;
import xmover.detect.Detection;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;

/** Looks and commands over real sockets, to servers in this process that suffer faults. */
final class SocketSoak implements AutoCloseable {
  private static final int LOOKS = 5;
  private static final int FACTOR = 60;

  /** More statements than a round sends. */
  private static final int ARRIVALS = 400;

  /** Of a closed socket until the server has heard of it. */
  private static final Duration LONGEST = Duration.ofSeconds(10);

  private static final Timeouts SHORT =
      new Timeouts(Duration.ofMillis(100), Duration.ofMillis(100), Duration.ofMillis(150));

  private static final String SCENARIO =
      """
      {"version": "6.3.7", "seed": 5, "nodes": ["a", "b", "c"], "recovery": 0.1, "lease_sync": 1,
       "settings": {"cluster.max_shards_per_node": 100000},
       "generated": {"tables": %d, "problematic_share": 0.1, "like": {
         "name": "doc.t", "shards": 1, "replicas": "1", "size": "1gb", "sick": {"translog": "2gb"}}}}
      """;

  private final ServedConnections served = new ServedConnections();
  private final TimeLapse lapse = new TimeLapse(FACTOR);
  private final Instant begin = lapse.instant();
  private final Faults faults = new Faults();
  private final StatementLog log = new StatementLog(lapse);
  private final Vertx servers = Vertx.builder().with(fewThreads()).withMetrics(served).build();
  private final Vertx clients = Vertx.vertx(fewThreads());
  private final Map<Integer, Integer> ends = new TreeMap<>();
  private final SimulatedCluster crate;
  private final Map<String, String> before;
  private final SimulatedServer server;
  private final FaultRate rate;
  private final Path home;
  private int rounds;
  private int looked;

  SocketSoak(Path home, int tables, long seed) {
    this.home = home;
    this.rate = new FaultRate(faults, seed);
    Scenario scenario = scenario(tables);
    crate = new SimulatedCluster(scenario, lapse);
    before = crate.replicas();
    var node = new NodeIdentity("soak", "a", scenario.version());
    server =
        get(
            SimulatedServer.start(
                servers, crate, SimulatedServer.Settings.anyPort(node), faults, log));
    faults.speed(1_000);
  }

  /** All of which a few rounds begin, so that a thread more is one that was left. */
  private static VertxOptions fewThreads() {
    return new VertxOptions().setEventLoopPoolSize(2).setWorkerPoolSize(2);
  }

  private static Scenario scenario(int tables) {
    try {
      return JsonMapper.builder().build().readValue(SCENARIO.formatted(tables), Scenario.class);
    } catch (JsonProcessingException wrong) {
      throw new IllegalArgumentException(wrong);
    }
  }

  /** Looks over one wire, and a command that heals. */
  void round() {
    FaultyWire wire = rounds++ % 2 == 0 ? FaultyWire.PG : FaultyWire.HTTP;
    rate.plan(wire, ARRIVALS);
    ConnectionSettings settings =
        new ConnectionOptions(Optional.of(url(wire)), Optional.empty(), SHORT, 5, false)
            .resolve(Map.of(), file -> "");
    Cluster cluster = Clusters.open(clients, settings);
    for (int i = 0; i < LOOKS; i++) {
      get(look(cluster));
    }
    get(cluster.close());
    types(
        "heal",
        "--remedy",
        "reset",
        "--max-tables",
        "2",
        "--max-wait",
        "60s",
        "--connect",
        url(wire));
    rate.end();
  }

  private Future<Void> look(Cluster cluster) {
    return new Detection(cluster, lapse.timers(clients))
        .analyse(Thresholds.DEFAULT, TableFilter.ALL)
        .onSuccess(seen -> looked++)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private String url(FaultyWire wire) {
    return wire == FaultyWire.PG
        ? "postgresql://crate@127.0.0.1:%s/doc".formatted(server.pgPort())
        : "http://crate@127.0.0.1:" + server.httpPort();
  }

  private void types(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--journal", "j.jsonl", "--connect-timeout", "100ms"));
    all.addAll(List.of("--read-timeout", "100ms", "--alter-timeout", "150ms"));
    var outcome = Operator.types(new TestEnvironment(home).with(lapse), all.toArray(String[]::new));
    ends.merge(outcome.exitCode(), 1, Integer::sum);
  }

  /** The faults are over: what is unfinished is gone on with. */
  void end() {
    rate.end();
    types("resume", "--connect", url(FaultyWire.PG));
  }

  Duration passed() {
    return Duration.between(begin, lapse.instant());
  }

  int statements() {
    return log.arrivals().size();
  }

  /** On the servers' side, when all clients have closed theirs. */
  int openConnections() throws InterruptedException {
    return served.openAfter(0, LONGEST);
  }

  /** The tables that have not the replicas they began with. */
  Map<String, String> changed() {
    return crate.replicas().entrySet().stream()
        .filter(now -> !now.getValue().equals(before.get(now.getKey())))
        .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
  }

  @Override
  public String toString() {
    return "%d statements over %d connections, faults %s; %d of %d looks succeeded; exit codes %s"
        .formatted(statements(), served.came(), rate, looked, rounds * LOOKS, ends);
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(30, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  @Override
  public void close() {
    rate.end();
    get(clients.close());
    get(servers.close());
  }
}
