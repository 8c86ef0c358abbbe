package xmover.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import xmover.cluster.InvalidSettings;
import xmover.environment.Environment;
import xmover.sim.Faults;
import xmover.sim.Scenario;
import xmover.sim.SimulatedCluster;
import xmover.sim.StatementLog;
import xmover.sim.wire.NodeIdentity;
import xmover.sim.wire.SimulatedServer;
import xmover.sim.wire.Tls;

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
