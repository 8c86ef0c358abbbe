package xmover.benchmark;

import cratesim.SimulatedCluster;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import cratesim.scenario.Scenario;
import cratesim.wire.NodeIdentity;
import cratesim.wire.SimulatedServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import java.util.List;

/** A simulated cluster on its real wires that counts what arrives. */
public final class Simulator {
  private final SimulatedServer server;
  private final StatementLog log;

  private Simulator(SimulatedServer server, StatementLog log) {
    this.server = server;
    this.log = log;
  }

  /** Starts one in real time on any ports. */
  public static Future<Simulator> start(Vertx vertx, Scenario scenario) {
    var node = new NodeIdentity("simulated", scenario.nodes().get(0), scenario.version());
    var log = new StatementLog(InstantSource.system());
    return SimulatedServer.start(
            vertx,
            new SimulatedCluster(scenario, InstantSource.system()),
            SimulatedServer.Settings.anyPort(node),
            new Faults(),
            log)
        .map(server -> new Simulator(server, log));
  }

  public String pgUrl() {
    return "postgresql://crate@127.0.0.1:%d/doc?sslmode=disable".formatted(server.pgPort());
  }

  public String httpUrl() {
    return "http://127.0.0.1:" + server.httpPort();
  }

  /** All that arrived so far, oldest first. */
  public List<StatementLog.Arrival> statements() {
    return log.arrivals();
  }
}
