package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.Transport;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.PreflightSql;
import xmover.cluster.sql.Sql;
import xmover.cluster.sql.UuidColumn;
import xmover.detect.CrateVersion;
import xmover.detect.Readiness;
import xmover.table.Bytes;
import xmover.table.IndexUuid;
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
    assertEquals(tables.cluster.nodes(), execute(cluster, PreflightSql.nodeVersions()).size());
    assertNotNull(execute(cluster, PreflightSql.recoverySpeed()).get(0).text("max_bytes_per_sec"));
    execute(cluster, PreflightSql.newestSnapshots())
        .forEach(row -> assertNotNull(row.number("age")));
    assertEquals(List.of(), execute(cluster, DetectionSql.replicas(new Bytes(Long.MAX_VALUE))));
    String rebalance = execute(cluster, Sql.rebalance()).get(0).text("rebalance");
    assertEquals(rebalance, execute(cluster, DetectionSql.identity()).get(0).text("rebalance"));
    RealCluster.get(cluster.close());
  }

  @ParameterizedTest
  @EnumSource
  void the_setting_comes_with_which_cluster_and_index_it_is_of(Transport transport) {
    Cluster cluster = open(transport);
    String id = execute(cluster, DetectionSql.identity()).get(0).text("id");
    for (TableRef target : tables.targets()) {
      Row alone = execute(cluster, Sql.settingAlone(target)).get(0);
      assertNull(alone.text("index_uuid"), target.toString());
      for (UuidColumn column : columns(cluster)) {
        Row read = execute(cluster, Sql.setting(target, column)).get(0);
        assertEquals(id, read.text("cluster_id"), target.toString());
        assertTrue(IndexUuid.in(read.text("index_uuid")).isPresent(), target.toString());
        for (String same : List.of("number_of_replicas", "cluster_id")) {
          assertEquals(alone.text(same), read.text(same), target.toString());
        }
        assertEquals(alone.number("primaries"), read.number("primaries"), target.toString());
        assertEquals(
            alone.object("partition_values"), read.object("partition_values"), target.toString());
        assertFalse(read.flag("closed"), target.toString());
      }
    }
    assertEquals(
        List.of(),
        execute(cluster, Sql.setting(TableRef.of(tables.schema, "nope"), columns(cluster).get(0))));
    RealCluster.get(cluster.close());
  }

  @ParameterizedTest
  @EnumSource
  void an_index_has_one_uuid_wherever_it_is_read_and_is_found_by_it(Transport transport) {
    Cluster cluster = open(transport);
    tables.settle();
    Set<IndexUuid> all = new HashSet<>();
    for (TableRef target : tables.targets()) {
      Set<IndexUuid> read = new HashSet<>();
      for (UuidColumn column : columns(cluster)) {
        read.add(uuid(execute(cluster, Sql.setting(target, column)).get(0)));
        execute(cluster, Sql.leases(target, column)).forEach(row -> read.add(uuid(row)));
      }
      assertEquals(1, read.size(), target.toString());
      IndexUuid uuid = read.iterator().next();
      assertTrue(all.add(uuid), target.toString());
      for (UuidColumn column : columns(cluster)) {
        List<Row> shards = execute(cluster, Sql.named(uuid, column));
        assertFalse(shards.isEmpty(), target.toString());
        for (Row shard : shards) {
          assertEquals(target.schema(), shard.text("schema_name"));
          assertEquals(target.name(), shard.text("table_name"));
          assertEquals(target.partitionIdent(), shard.text("partition_ident"));
          assertEquals(uuid, uuid(shard));
        }
      }
    }
    RealCluster.get(cluster.close());
  }

  @ParameterizedTest
  @EnumSource
  void leases_come_with_what_would_make_them_say_nothing(Transport transport) {
    Cluster cluster = open(transport);
    String id = execute(cluster, DetectionSql.identity()).get(0).text("id");
    for (TableRef target : tables.targets()) {
      String setting = execute(cluster, Sql.settingAlone(target)).get(0).text("number_of_replicas");
      List<Row> primaries = execute(cluster, Sql.leases(target, columns(cluster).get(0)));
      assertFalse(primaries.isEmpty(), target.toString());
      for (Row primary : primaries) {
        assertEquals(setting, primary.text("number_of_replicas"), target.toString());
        assertEquals(id, primary.text("cluster_id"), target.toString());
        assertFalse(primary.flag("closed"), target.toString());
      }
    }
    RealCluster.get(cluster.close());
  }

  @ParameterizedTest
  @EnumSource
  void a_cluster_that_shows_its_tables_is_ready_and_says_so(Transport transport) {
    Cluster cluster = open(transport);
    Row ready = execute(cluster, DetectionSql.readiness()).get(0);
    assertEquals(execute(cluster, DetectionSql.identity()).get(0).text("id"), ready.text("id"));
    assertEquals(tables.cluster.nodes(), ready.number("nodes"));
    assertTrue(ready.number("tables") >= 4, "its own tables at least");
    assertTrue(Row.entries(ready.value("gateway")).containsKey("expected_data_nodes"));
    CrateVersion version = version(cluster);
    assertEquals(Optional.empty(), RealCluster.get(Readiness.of(cluster, version)).waitsFor());
    if (version.tellsClusterHealth()) {
      assertEquals(1, execute(cluster, DetectionSql.clusterState()).size());
      List<Row> nodes = execute(cluster, PreflightSql.nodesAndHealth());
      assertEquals(tables.cluster.nodes(), nodes.size());
      nodes.forEach(node -> assertNotNull(node.text("health")));
    }
    RealCluster.get(cluster.close());
  }

  private static CrateVersion version(Cluster cluster) {
    return CrateVersion.oldest(execute(cluster, DetectionSql.identity()).get(0).texts("versions"));
  }

  /** The columns this CrateDB has; the one that would be asked first. */
  private static List<UuidColumn> columns(Cluster cluster) {
    UuidColumn known = version(cluster).uuidColumn();
    return known == UuidColumn.PATH ? List.of(known) : List.of(known, UuidColumn.PATH);
  }

  private static IndexUuid uuid(Row row) {
    return IndexUuid.in(row.text("index_uuid")).orElseThrow();
  }
}
