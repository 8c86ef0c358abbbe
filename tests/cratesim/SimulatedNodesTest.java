package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nodes of the simulated cluster that freeze, die and come back. */
class SimulatedNodesTest {
  private static final String HEALTH = "SELECT health FROM sys.cluster_health";

  private final SettableClock clock = new SettableClock();
  private final SimulatedCluster cluster = new SimulatedCluster(Scenario.load("recorded"), clock);
  private final SimulatedCopies crate = new SimulatedCopies(cluster);

  @Test
  void a_primary_without_another_copy_is_missing_until_its_node_is_back() {
    Object node = crate.cell("SELECT node['name'] FROM sys.shards WHERE table_name = 'zero'");
    cluster.kill((String) node);
    assertEquals(
        List.of(Arrays.asList("UNASSIGNED", false, null)),
        crate.rows(
            "SELECT routing_state, \"primary\", retention_leases['leases']['id'] FROM sys.shards"
                + " WHERE table_name = 'zero'"));
    assertEquals("RED", crate.cell(HEALTH));
    assertEquals(2, crate.rows("SELECT 1 FROM sys.nodes").size());

    clock.pass(Duration.ofMinutes(5));
    assertEquals("RED", crate.cell(HEALTH));
    cluster.revive((String) node);
    clock.pass(Duration.ofSeconds(10));
    assertEquals("GREEN", crate.cell(HEALTH));
    assertEquals(List.of(1), crate.leases("zero"));
  }

  @Test
  void a_replica_takes_over_and_another_node_gets_the_missing_copy() {
    cluster.kill("data-hot-1");
    assertEquals(List.of(2, 2, 2, 2), crate.leases("metrics"));
    assertEquals("YELLOW", crate.cell(HEALTH));
    clock.pass(Duration.ofSeconds(10));
    assertEquals("GREEN", crate.cell(HEALTH));
    assertEquals(
        List.of(List.of("1-all", 4L)),
        crate.rows(
            "SELECT t.number_of_replicas, count(*) FROM information_schema.tables t"
                + " JOIN sys.shards s ON s.table_name = t.table_name"
                + " WHERE t.table_name = 'rng' GROUP BY t.number_of_replicas"));
  }

  @Test
  void shards_cannot_be_read_while_a_node_is_frozen_but_health_can() {
    Object node = crate.cell("SELECT node['name'] FROM sys.shards WHERE table_name = 'zero'");
    cluster.freeze((String) node);
    SqlError error = crate.refused("SELECT 1 FROM sys.shards");
    assertEquals(5005, error.code());
    assertEquals(500, error.httpStatus(), "a server's failure, worth another try");
    assertEquals("GREEN", crate.cell(HEALTH));
    clock.pass(Duration.ofSeconds(31));
    assertEquals(2, crate.rows("SELECT 1 FROM sys.nodes").size());
    assertEquals(
        List.of("zero"), crate.column("SELECT table_name FROM sys.health WHERE health = 'RED'"));
  }
}
