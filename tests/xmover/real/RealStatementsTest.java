package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.DetectionSql;
import xmover.cluster.Row;
import xmover.cluster.Sql;
import xmover.cluster.Statement;
import xmover.cluster.Transport;
import xmover.table.Bytes;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** A real CrateDB accepts every statement for the most awkward names, and changes what is named. */
@NeedsCrateDb
class RealStatementsTest {
  private static OwnTables tables;

  @BeforeAll
  static void create() {
    tables = new OwnTables();
    tables.create();
  }

  @AfterAll
  static void drop() {
    tables.close();
  }

  private static List<Row> execute(Cluster cluster, Statement statement) {
    return RealCluster.get(cluster.execute(statement));
  }

  private static Cluster open(Transport transport) {
    return tables.cluster.open(tables.cluster.settings(transport));
  }

  @ParameterizedTest
  @EnumSource
  void replicas_of_the_table_or_partition_named_change_and_no_others(Transport transport) {
    Cluster cluster = open(transport);
    for (TableRef target : tables.targets()) {
      for (String setting : List.of("0", "0-all", "1", "0-1")) {
        var expected = tables.replicas();
        expected.put(target.name() + "|" + target.partitionIdent(), setting);
        execute(cluster, Sql.setReplicas(target, new ReplicaSetting(setting)));
        assertEquals(expected, tables.replicas(), target.toString());
        Row read = execute(cluster, Sql.settingAlone(target)).get(0);
        assertEquals(setting, read.text("number_of_replicas"), target.toString());
      }
    }
    RealCluster.get(cluster.close());
  }

  @ParameterizedTest
  @EnumSource
  void leases_of_the_table_or_partition_named_are_synced_and_read(Transport transport) {
    Cluster cluster = open(transport);
    for (TableRef target : tables.targets()) {
      execute(cluster, Sql.syncLeases(target));
      List<Row> primaries = execute(cluster, Sql.leases(target));
      Long expected = execute(cluster, Sql.settingAlone(target)).get(0).number("primaries");
      assertEquals(expected, primaries.size(), target.toString());
    }
    RealCluster.get(cluster.close());
  }

  @ParameterizedTest
  @EnumSource
  void a_replica_of_the_table_or_partition_named_is_cancelled(Transport transport) {
    assumeTrue(tables.cluster.nodes() > 1, "replicas need a second node");
    Cluster cluster = open(transport);
    tables.settle();
    for (TableRef target : tables.targets()) {
      if (!target.isBlob()) {
        Row replica = tables.replica(target);
        execute(
            cluster, Sql.cancelReplica(target, replica.number("id"), replica.text("node_name")));
      }
    }
    tables.settle();
    RealCluster.get(cluster.close());
  }

  @ParameterizedTest
  @EnumSource
  void what_is_asked_of_the_cluster_is_answered(Transport transport) {
    Cluster cluster = open(transport);
    assertEquals(1, execute(cluster, Sql.ping()).size());
    assertEquals(1, execute(cluster, DetectionSql.identity()).size());
    assertEquals(1, execute(cluster, DetectionSql.visibility()).size());
    assertEquals(
        List.of(), execute(cluster, DetectionSql.problematicReplicas(new Bytes(Long.MAX_VALUE))));
    String rebalance = execute(cluster, Sql.rebalance()).get(0).text("rebalance");
    assertEquals(rebalance, execute(cluster, DetectionSql.identity()).get(0).text("rebalance"));
    RealCluster.get(cluster.close());
  }
}
