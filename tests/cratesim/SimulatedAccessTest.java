package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What users of the simulated cluster may see and do. */
class SimulatedAccessTest {
  private static final String ZERO = "ALTER TABLE metrics SET (number_of_replicas = 0)";
  private static final String SHARD_TABLES = "SELECT DISTINCT table_name FROM sys.shards";

  private final SimulatedCluster cluster =
      new SimulatedCluster(Scenario.load("recorded"), new SettableClock());
  private final SimulatedCopies crate = new SimulatedCopies(cluster);

  @Test
  void a_password_is_asked_for_where_there_is_one() {
    assertTrue(cluster.needsPassword("reader"));
    assertTrue(cluster.authenticates("reader", "secret"));
    assertFalse(cluster.authenticates("reader", "guess"));
    assertFalse(cluster.needsPassword("crate"));
    assertTrue(cluster.authenticates("crate", ""));
    assertFalse(cluster.authenticates("nobody", ""));
  }

  @Test
  void without_dql_on_sys_the_schema_does_not_exist() {
    SqlError error = crate.refused("blind", "SELECT 1 FROM sys.shards");
    assertEquals("SchemaUnknownException[Schema 'sys' unknown]", error.getMessage());
    assertEquals("3F000", error.sqlState());
    assertEquals(List.of(), crate.as("blind", "SELECT 1 FROM information_schema.tables"));
  }

  @Test
  void shards_and_tables_are_those_the_user_holds_a_privilege_on() {
    assertEquals(List.of(List.of("metrics")), crate.as("reader", SHARD_TABLES));
    assertEquals(
        List.of(List.of("metrics")),
        crate.as(
            "reader",
            "SELECT table_name FROM information_schema.tables WHERE table_schema <> 'sys'"));
    assertEquals(7, crate.rows(SHARD_TABLES).size());
  }

  @Test
  void changing_a_table_needs_ddl_on_it() {
    assertEquals(
        "MissingPrivilegeException[Missing 'DDL' privilege for user 'reader']",
        crate.refused("reader", ZERO).getMessage());
    assertEquals(
        "SchemaUnknownException[Schema 'doc' unknown]", crate.refused("blind", ZERO).getMessage());
    assertEquals(
        "RelationUnknown[Relation 'doc.rng' unknown]",
        crate.refused("keeper", "OPTIMIZE TABLE rng").getMessage());
    crate.as("keeper", ZERO);
    assertEquals(4L, crate.cell("SELECT count(*) FROM sys.shards WHERE table_name = 'metrics'"));
  }

  @Test
  void changing_the_cluster_needs_al() {
    assertEquals(
        "MissingPrivilegeException[Missing 'AL' privilege for user 'keeper']",
        crate
            .refused("keeper", "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'none'")
            .getMessage());
  }
}
