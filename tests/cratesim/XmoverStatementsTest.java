package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xmover.cluster.Statement;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.Sql;
import xmover.table.Bytes;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** The simulated cluster answers every statement that XMover itself sends. */
class XmoverStatementsTest {
  private static final TableRef METRICS = TableRef.of("doc", "metrics");

  private final SimulatedCluster cluster =
      new SimulatedCluster(Scenario.load("drill"), new SettableClock());

  @Test
  void identity_and_visibility_are_one_row() throws Exception {
    var identity = answer(DetectionSql.identity());
    assertEquals("drill", identity.rows().get(0).get(1));
    assertEquals(List.of("6.3.7"), identity.rows().get(0).get(4));
    assertEquals(List.of(List.of(List.of(), 13L)), answer(DetectionSql.visibility()).rows());
  }

  @Test
  void every_table_and_partition_has_settings_and_totals() throws Exception {
    assertEquals(16, answer(DetectionSql.relations()).rowCount());
    assertEquals(15, answer(DetectionSql.shardTotals(new Bytes(512L << 20))).rowCount());
  }

  @Test
  void problematic_replicas_come_worst_first() throws Exception {
    var rows = answer(DetectionSql.replicas(new Bytes(512L << 20))).rows();
    assertEquals(21, rows.size());
    assertEquals("metrics", rows.get(0).get(1));
  }

  @Test
  void the_parameters_of_a_prepared_statement_have_types() throws Exception {
    assertEquals(
        List.of(SqlAnswer.ColumnType.BIGINT),
        cluster.parameterTypes(DetectionSql.replicas(new Bytes(1)).text()));
    assertEquals(
        List.of(SqlAnswer.ColumnType.TEXT_ARRAY, SqlAnswer.ColumnType.INTEGER),
        cluster.parameterTypes(
            "SELECT id FROM sys.shards WHERE table_name = ANY($1) AND id = $2 LIMIT 1"));
  }

  @Test
  void a_table_is_reset_and_its_leases_are_seen_to_clear() throws Exception {
    answer(Sql.setRebalance("none"));
    answer(Sql.setReplicas(METRICS, ReplicaSetting.ZERO));
    assertEquals(2, leases(METRICS));
    answer(Sql.syncLeases(METRICS));
    assertEquals(1, leases(METRICS));
    answer(Sql.setReplicas(METRICS, new ReplicaSetting("1")));
    assertEquals(List.of(List.of("none")), answer(Sql.rebalance()).rows());
  }

  @Test
  void one_partition_changes_and_its_neighbours_do_not() throws Exception {
    Map<String, Object> values = new HashMap<>();
    values.put("month", 1706745600000L);
    values.put("region", null);
    var partition =
        TableRef.of("curvo", "bottleFieldData")
            .partition(new PartitionValues("08732dpg6orj8d9m60o30c1g00", values));
    answer(Sql.setReplicas(partition, ReplicaSetting.ZERO));
    var crate = new SimulatedCopies(cluster);
    assertEquals(
        List.of("1", "0", "0-1"),
        crate.column(
            "SELECT number_of_replicas FROM information_schema.table_partitions"
                + " ORDER BY \"values\"['month']"));
    assertEquals(1, leases(partition) - 1);
    assertEquals(
        "0-1",
        crate.cell(
            "SELECT number_of_replicas FROM information_schema.tables"
                + " WHERE table_schema = 'curvo'"));
  }

  @Test
  void a_replica_can_be_cancelled_where_it_is() throws Exception {
    Object node =
        new SimulatedCopies(cluster)
            .cell(
                "SELECT node['name'] FROM sys.shards"
                    + " WHERE table_name = 'metrics' AND id = 0 AND NOT \"primary\"");
    assertEquals(1, answer(Sql.cancelReplica(METRICS, 0, (String) node)).rowCount());
  }

  /** How many leases the first primary holds. */
  private int leases(TableRef table) throws Exception {
    Object sources = answer(Sql.leases(table)).rows().get(0).get(4);
    return ((List<?>) sources).size();
  }

  private SqlAnswer answer(Statement statement) throws SqlError {
    return cluster.execute("crate", statement.text(), statement.parameters());
  }
}
