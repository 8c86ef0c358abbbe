package xmover.cli;

import cratesim.Faults;
import cratesim.Scenario;
import cratesim.SimulatedCluster;
import cratesim.StatementLog;
import cratesim.wire.NodeIdentity;
import cratesim.wire.SimulatedServer;
import cratesim.wire.Tls;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import xmover.cluster.InvalidSettings;
import xmover.environment.Environment;

/** Starts simulated clusters on their real wires, on this machine and in real time. */
final class Simulation {
  private Simulation() {}

  /**
   * Starts one.
   *
   * @param scenario a name, or the path of a file
   * @param pgPort 0 for any
   * @param httpPort 0 for any
   */
  static Future<SimulatedServer> start(
      Environment environment,
      Vertx vertx,
      String scenario,
      int pgPort,
      int httpPort,
      @Nullable Tls tls) {
    Scenario loaded = load(environment, scenario);
    var node =
        new NodeIdentity(
            String.valueOf(loaded.clusterName()), loaded.nodes().get(0), loaded.version());
    return SimulatedServer.start(
        vertx,
        new SimulatedCluster(loaded, environment.clock()),
        new SimulatedServer.Settings(node, pgPort, httpPort, tls),
        new Faults(),
        new StatementLog(environment.clock()));
  }

  private static Scenario load(Environment environment, String scenario) {
    try {
      return Scenario.load(scenario, environment.folder());
    } catch (IllegalArgumentException unknown) {
      throw new InvalidSettings(String.valueOf(unknown.getMessage()));
    }
  }
}
