package xmover.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xmover.Repository;
import xmover.cluster.Cluster;
import xmover.cluster.Clusters;
import xmover.cluster.ConnectionOptions;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.sim.Faults;
import xmover.sim.Scenario;
import xmover.sim.SimulatedCluster;
import xmover.sim.StatementLog;
import xmover.sim.wire.NodeIdentity;
import xmover.sim.wire.SimulatedServer;

/**
 * The scenario drill on both of its wires, with a clock that stands still and users of its own:
 * {@code guard} must give the password {@code s3cret}, {@code visitor} sees two tables, {@code
 * stranger} has no privilege.
 */
final class Drill implements AutoCloseable {
  private static final String USERS =
      """
      [
        {"name": "guard", "password": "s3cret", "superuser": true},
        {"name": "visitor", "privileges": [
          {"type": "DQL", "on": "SCHEMA", "ident": "sys"},
          {"type": "DDL", "on": "TABLE", "ident": "doc.events"},
          {"type": "DQL", "on": "TABLE", "ident": "doc.metrics"}]},
        {"name": "stranger"}
      ]
      """;

  final Faults faults = new Faults();
  final StatementLog log = new StatementLog(this::now);
  private final Vertx vertx = Vertx.vertx();
  private final SimulatedServer server;
  private volatile Instant now = Instant.parse("2024-01-15T10:30:00Z");

  /** Keeps its scenario in a folder. */
  Drill(Path folder) {
    Scenario scenario = scenario(folder);
    var node = new NodeIdentity("drill", scenario.nodes().get(0), scenario.version());
    server =
        get(
            SimulatedServer.start(
                vertx,
                new SimulatedCluster(scenario, this::now),
                SimulatedServer.Settings.anyPort(node),
                faults,
                log));
  }

  private static Scenario scenario(Path folder) {
    try {
      var json = new ObjectMapper();
      Path drill = Repository.root().resolve("config/scenarios/drill.json");
      var scenario = (ObjectNode) json.readTree(Files.readString(drill));
      scenario.set("users", json.readTree(USERS));
      Path file = folder.resolve("drill-with-users.json");
      Files.writeString(file, scenario.toString());
      return Scenario.load(file.toString());
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Over the PostgreSQL wire as some user. */
  String pg(String user) {
    return "postgresql://%s@127.0.0.1:%s/doc".formatted(user, server.pgPort());
  }

  /** Over HTTP as some user. */
  String http(String user) {
    return "http://%s@127.0.0.1:%s".formatted(user, server.httpPort());
  }

  List<String> urls(String user) {
    return List.of(pg(user), http(user));
  }

  /** Lets time go by for the cluster. */
  void pass(Duration time) {
    now = now.plus(time);
  }

  private Instant now() {
    return now;
  }

  /** Executes a statement over a wire, as the user {@code crate}. */
  List<Row> execute(Statement statement) {
    Cluster cluster =
        Clusters.open(
            vertx, ConnectionOptions.of(pg("crate")).resolve(Map.of(), Files::readString));
    return get(cluster.execute(statement).eventually(cluster::close));
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  @Override
  public void close() {
    faults.release();
    get(server.close());
    get(vertx.close());
  }
}
