package cratesim.wire;

import static cratesim.wire.RunningServer.failure;
import static cratesim.wire.RunningServer.get;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import io.vertx.pgclient.PgConnection;
import java.time.InstantSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Two clusters of one scenario: each behind ports of its own, or both behind one address. */
class TwoClustersTest {
  private final RunningServer one = server();
  private final RunningServer other = server();
  private Relay relay;

  @BeforeEach
  void relay() throws Exception {
    relay = new Relay(one.pgPort());
  }

  @AfterEach
  void stop() throws Exception {
    relay.close();
    one.close();
    other.close();
  }

  private static RunningServer server() {
    return new RunningServer(new SimulatedCluster(Scenario.load("drill"), InstantSource.system()));
  }

  private PgConnection connect() {
    return get(PgConnection.connect(one.vertx, one.pgOptions().setPort(relay.port())));
  }

  private static String id(PgConnection connection) {
    var rows = get(connection.query("SELECT id FROM sys.cluster").execute());
    return rows.iterator().next().getString(0);
  }

  @Test
  void each_has_an_id_of_its_own() {
    assertNotEquals(id(one.connect()), id(other.connect()));
  }

  @Test
  void one_address_is_answered_by_one_and_then_by_the_other() {
    String first = id(one.connect());
    var existing = connect();
    relay.leadTo(other.pgPort());
    assertEquals(first, id(existing));
    assertEquals(id(other.connect()), id(connect()));
  }

  @Test
  void the_first_may_be_gone_by_then() {
    var existing = connect();
    relay.cut();
    failure(existing.query("SELECT 1").execute());
    relay.leadTo(other.pgPort());
    relay.mend();
    assertEquals(id(other.connect()), id(connect()));
  }
}
