package xmover.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import xmover.cluster.InvalidSettings;
import xmover.sim.Faults;
import xmover.sim.Scenario;
import xmover.sim.SimulatedCluster;
import xmover.sim.StatementLog;
import xmover.sim.wire.NodeIdentity;
import xmover.sim.wire.SimulatedServer;
import xmover.sim.wire.Tls;

/** Starts simulated clusters on their real wires, on this machine and in real time. */
final class Simulation {
  private static final InstantSource CLOCK = InstantSource.system();

  private Simulation() {}

  /**
   * Starts one.
   *
   * @param scenario a name, or the path of a file
   * @param pgPort 0 for any
   * @param httpPort 0 for any
   */
  static Future<SimulatedServer> start(
      Vertx vertx, String scenario, int pgPort, int httpPort, @Nullable Tls tls) {
    Scenario loaded = load(scenario);
    var node =
        new NodeIdentity(
            String.valueOf(loaded.clusterName()), loaded.nodes().get(0), loaded.version());
    return SimulatedServer.start(
        vertx,
        new SimulatedCluster(loaded, CLOCK),
        new SimulatedServer.Settings(node, pgPort, httpPort, tls),
        new Faults(),
        new StatementLog(CLOCK));
  }

  private static Scenario load(String scenario) {
    try {
      return Scenario.load(scenario);
    } catch (IllegalArgumentException unknown) {
      throw new InvalidSettings(String.valueOf(unknown.getMessage()));
    }
  }
}
