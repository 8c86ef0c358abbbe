package xmover.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import xmover.cli.Operator.Outcome;
import xmover.cluster.Cluster;
import xmover.cluster.Clusters;
import xmover.cluster.ConnectionOptions;
import xmover.cluster.Statement;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;
import xmover.sim.Faults;
import xmover.sim.Scenario;
import xmover.sim.SimulatedCluster;
import xmover.sim.StatementLog;
import xmover.sim.wire.NodeIdentity;
import xmover.sim.wire.SimulatedServer;

/** A simulated cluster on its wires, ten times as fast as it says, and commands against it. */
final class WiredCluster implements AutoCloseable {
  final Faults faults = new Faults();
  final TimeLapse time = new TimeLapse();
  final StatementLog log = new StatementLog(time);
  private final Vertx vertx = Vertx.vertx();
  private final Path folder;
  private final SimulatedCluster crate;
  private final SimulatedServer server;

  /**
   * @param more of the scenario file, ending with a comma
   * @param tables in the words of a scenario file, separated by commas
   */
  WiredCluster(Path folder, String more, String tables) throws IOException {
    this.folder = folder;
    Path file = folder.resolve("scenario.json");
    Files.writeString(
        file,
        """
        {"version": "6.3.7", "seed": 5, "nodes": ["a", "b", "c"], "recovery": 0.1, %s
         "tables": [%s]}
        """
            .formatted(more, tables));
    crate = new SimulatedCluster(Scenario.load(file.toString()), time);
    server =
        get(
            SimulatedServer.start(
                vertx,
                crate,
                SimulatedServer.Settings.anyPort(new NodeIdentity("simulated", "a", "6.3.7")),
                faults,
                log));
  }

  String pg() {
    return "postgresql://crate@127.0.0.1:%s/doc".formatted(server.pgPort());
  }

  String http() {
    return "http://crate@127.0.0.1:%s".formatted(server.httpPort());
  }

  /** Executes what an operator types into a client of the cluster. */
  void execute(String sql) {
    var options = ConnectionOptions.of(pg()).resolve(Map.of(), Files::readString);
    Cluster client = Clusters.open(vertx, options);
    get(client.execute(Statement.write(sql)).eventually(client::close));
  }

  /** {@code xmover problematic-translogs} with these options, to its end. */
  Outcome run(String... options) {
    return types("problematic-translogs", options);
  }

  /** Any command, to its end, with the folder for a home. */
  Outcome types(String command, String... options) {
    return Operator.types(around(), words(command, options));
  }

  /** Starts {@code xmover problematic-translogs} with these options. */
  RunningCommand start(String... options) {
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
    faults.release();
    get(server.close());
    get(vertx.close());
  }
}
