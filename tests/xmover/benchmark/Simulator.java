package xmover.benchmark;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.time.InstantSource;
import xmover.sim.Faults;
import xmover.sim.Scenario;
import xmover.sim.SimulatedCluster;
import xmover.sim.StatementLog;
import xmover.sim.wire.NodeIdentity;
import xmover.sim.wire.SimulatedServer;

/** A simulated cluster on its real wires that counts what arrives. */
public final class Simulator {
  private final SimulatedServer server;
  private final StatementLog log;

  private Simulator(SimulatedServer server, StatementLog log) {
    this.server = server;
    this.log = log;
  }

  /** Starts one in real time on any ports. */
  public static Future<Simulator> start(Vertx vertx, String scenario) {
    Scenario loaded = Scenario.load(scenario);
    var node = new NodeIdentity("simulated", loaded.nodes().get(0), loaded.version());
    var log = new StatementLog(InstantSource.system());
    return SimulatedServer.start(
            vertx,
            new SimulatedCluster(loaded, InstantSource.system()),
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

  /** How many statements arrived so far. */
  public int statements() {
    return log.arrivals().size();
  }
}
