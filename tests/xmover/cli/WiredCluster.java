package xmover.cli;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import cratesim.SimulatedCluster;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import cratesim.wire.NodeIdentity;
import cratesim.wire.SimulatedServer;
import cratesim.wire.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xmover.Repository;
import xmover.cli.Operator.Outcome;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.wire.Clusters;
import xmover.environment.SteppedTimers;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;

/** A simulated cluster on both of its wires, and commands against it, ten times as fast. */
public final class WiredCluster implements AutoCloseable {
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

  public final Faults faults = new Faults();
  public final TimeLapse time;
  public final StatementLog log;
  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final SimulatedCluster crate;
  private final NodeIdentity node;
  private volatile SimulatedServer server;

  /**
   * @param more of the scenario file, ending with a comma
   * @param tables in the words of a scenario file, separated by commas
   */
  public WiredCluster(Path folder, String more, String tables) throws IOException {
    this(folder, more, tables, new TimeLapse());
  }

  /** The same in which time goes by as fast as there. */
  public WiredCluster(Path folder, String more, String tables, TimeLapse time) throws IOException {
    this(
        folder,
        written(
            folder.resolve("scenario.json"),
            """
            {"version": "6.3.7", "seed": 5, "nodes": ["a", "b", "c"], "recovery": 0.1, %s
             "tables": [%s]}
            """
                .formatted(more, tables)),
        time);
  }

  /**
   * @param folder a home for commands
   */
  public WiredCluster(Path folder, Scenario scenario) {
    this(folder, scenario, new TimeLapse());
  }

  private WiredCluster(Path folder, Scenario scenario, TimeLapse time) {
    this(folder, scenario, time, time);
  }

  private WiredCluster(Path folder, Scenario scenario, TimeLapse time, InstantSource clock) {
    this.folder = folder;
    this.time = time;
    log = new StatementLog(clock);
    crate = new SimulatedCluster(scenario, clock);
    node = new NodeIdentity("drill", scenario.nodes().get(0), scenario.version());
    server = listening(SimulatedServer.Settings.anyPort(node));
  }

  /** The scenario drill with users of its own, and a clock that stands still. */
  public static WiredCluster withUsers(Path folder) throws IOException {
    return withUsers(folder, new SteppedTimers());
  }

  /**
   * The same with a clock that a test moves: {@code guard} must give the password {@code s3cret},
   * {@code visitor} sees two tables, {@code stranger} has no privilege.
   */
  public static WiredCluster withUsers(Path folder, InstantSource clock) throws IOException {
    var json = new ObjectMapper();
    Path drill = Repository.root().resolve("config/scenarios/drill.json");
    var scenario = (ObjectNode) json.readTree(Files.readString(drill));
    scenario.set("users", json.readTree(USERS));
    Path file = folder.resolve("drill-with-users.json");
    return new WiredCluster(folder, written(file, scenario.toString()), new TimeLapse(), clock);
  }

  private static Scenario written(Path file, String scenario) throws IOException {
    return Scenario.load(Files.writeString(file, scenario).toString());
  }

  private SimulatedServer listening(SimulatedServer.Settings settings) {
    return get(SimulatedServer.start(vertx, crate, settings, faults, log));
  }

  public String pg() {
    return pg("crate");
  }

  /** Over the PostgreSQL wire as some user. */
  public String pg(String user) {
    return "postgresql://%s@127.0.0.1:%s/doc".formatted(user, port());
  }

  /** On which port it speaks the PostgreSQL wire. */
  public int port() {
    return server.pgPort();
  }

  public String http() {
    return http("crate");
  }

  /** Over HTTP as some user. */
  public String http(String user) {
    return "http://%s@127.0.0.1:%s".formatted(user, server.httpPort());
  }

  public List<String> urls(String user) {
    return List.of(pg(user), http(user));
  }

  /** Executes what an operator types into a client of the cluster. */
  public List<Row> execute(String sql) {
    return execute(Statement.write(sql));
  }

  /** The same of any statement. */
  public List<Row> execute(Statement statement) {
    var options =
        ConnectionOptions.of(pg()).resolve(Map.of(), file -> Files.readString(Path.of(file)));
    Cluster client = Clusters.open(vertx, options);
    return get(client.execute(statement).eventually(client::close));
  }

  /** What a statement answers that comes over no wire, so that nobody counts it. */
  public List<List<Object>> rows(String sql, Object... parameters) throws SqlError {
    return crate.execute("crate", sql, List.of(parameters)).rows();
  }

  /** The setting of each table by the uuid of its index, whatever is shown of it. */
  public Map<String, String> replicas() {
    return crate.replicas();
  }

  /** A node leaves. */
  public void kill(String node) throws SqlError {
    crate.kill(node);
  }

  /** Nobody listens any more, and connections are closed. */
  public void goAway() {
    get(server.close());
  }

  /** It listens again where it did. */
  public void comeBack() {
    server =
        listening(new SimulatedServer.Settings(node, server.pgPort(), server.httpPort(), null));
  }

  /**
   * Closes all connections, and listens again on the same ports.
   *
   * @param tls null for no TLS
   */
  public Future<Void> restart(@Nullable Tls tls) {
    var same = new SimulatedServer.Settings(node, server.pgPort(), server.httpPort(), tls);
    return server
        .close()
        .compose(closed -> again(same, 100))
        .onSuccess(started -> server = started)
        .mapEmpty();
  }

  /** A port may be another test's for a moment. */
  private Future<SimulatedServer> again(SimulatedServer.Settings settings, int attempts) {
    return SimulatedServer.start(vertx, crate, settings, faults, log)
        .recover(
            taken ->
                attempts == 0
                    ? Future.failedFuture(taken)
                    : vertx.timer(50).compose(later -> again(settings, attempts - 1)));
  }

  /** {@code xmover problematic-translogs} with these options, to its end. */
  public Outcome run(String... options) {
    return types("problematic-translogs", options);
  }

  /** Any command, to its end, with the folder for a home. */
  public Outcome types(String command, String... options) {
    return Operator.types(around(), words(command, options));
  }

  /** Starts {@code xmover problematic-translogs} with these options. */
  public RunningCommand start(String... options) {
    return RunningCommand.start(around(), words("problematic-translogs", options));
  }

  private TestEnvironment around() {
    return new TestEnvironment(folder).with(time);
  }

  private String[] words(String command, String... options) {
    return Stream.concat(Stream.of(command, "--connect", pg()), Stream.of(options))
        .toArray(String[]::new);
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
    faults.set();
    faults.release();
    get(vertx.close());
  }
}
