package xmover.journal;

import static xmover.journal.table.InCluster.get;

import cratesim.SimulatedCluster;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import cratesim.scenario.Scenario;
import cratesim.wire.NodeIdentity;
import cratesim.wire.SimulatedServer;
import io.vertx.core.Vertx;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import xmover.cluster.Cluster;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.SslMode;
import xmover.cluster.connection.Timeouts;
import xmover.cluster.connection.Transport;
import xmover.cluster.wire.Clusters;
import xmover.environment.SteppedTimers;
import xmover.environment.Timers;
import xmover.journal.table.HistoryContract;
import xmover.journal.table.HoldContract;
import xmover.journal.table.JournalContract;
import xmover.journal.table.LockContract;

/** The journal and the lock over both wires of the simulated cluster. */
class SimulatedJournalTest implements JournalContract, LockContract, HoldContract, HistoryContract {
  private static final InstantSource CLOCK =
      InstantSource.fixed(Instant.parse("2024-01-15T10:30:00Z"));

  private final Vertx vertx = Vertx.vertx();
  private final SimulatedServer server =
      get(
          SimulatedServer.start(
              vertx,
              new SimulatedCluster(Scenario.load("drill"), CLOCK),
              SimulatedServer.Settings.anyPort(new NodeIdentity("drill", "data-hot-1", "6.3.7")),
              new Faults(),
              new StatementLog(CLOCK)));
  private final Map<Transport, Cluster> clusters = new EnumMap<>(Transport.class);

  @Override
  public Cluster open(Transport transport) {
    return clusters.computeIfAbsent(transport, t -> Clusters.open(vertx, settings(t)));
  }

  private ConnectionSettings settings(Transport transport) {
    int port = transport == Transport.HTTP ? server.httpPort() : server.pgPort();
    return new ConnectionSettings(
        transport,
        List.of(new HostPort("localhost", port)),
        "doc",
        Credentials.of("crate"),
        SslMode.DISABLE,
        Optional.empty(),
        Timeouts.DEFAULT,
        4,
        false);
  }

  @Override
  public Timers timers() {
    return new SteppedTimers();
  }

  @Override
  public String schema() {
    return "Xmover's{own}";
  }

  @AfterAll
  void stop() {
    get(server.close());
    get(vertx.close());
  }
}
