package xmover.cluster;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.get;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import xmover.cluster.sql.Sql;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

class DryRunClusterTest {
  private static final TableRef T = TableRef.of("doc", "t");
  private static final TableRef OTHER = TableRef.of("doc", "other");

  private final FakeCluster real = new FakeCluster();
  private final List<Statement> told = new ArrayList<>();
  private final Cluster dry = new DryRunCluster(real, told::add);

  DryRunClusterTest() {
    for (TableRef table : List.of(T, OTHER)) {
      real.answer(
          Sql.settingAlone(table), List.of(Map.of("number_of_replicas", "2", "primaries", 4)));
    }
    Map<String, Object> shard = new HashMap<>();
    shard.put("id", 0);
    shard.put("lease_sources", new String[] {"peer recovery", "peer recovery"});
    real.answer(Sql.leases(T), List.of(shard));
  }

  @Test
  void writes_are_told_and_not_sent() {
    Statement statement = Sql.setReplicas(T, ReplicaSetting.ZERO);
    assertEquals(List.of(), get(dry.execute(statement)));
    assertEquals(List.of(statement), told);
    assertEquals(List.of(), real.asked());
  }

  @Test
  void reads_are_sent_and_answered_as_they_are() {
    assertEquals("2", replicas(T));
    assertEquals(List.of(Sql.settingAlone(T)), real.asked());
    assertEquals(List.of(), told);
  }

  @Test
  void a_table_told_to_have_no_replicas_reads_so_with_its_leases_cleared() {
    get(dry.execute(Sql.setReplicas(T, ReplicaSetting.ZERO)));
    get(dry.execute(Sql.syncLeases(T)));
    assertEquals("0", replicas(T));
    assertEquals(
        List.of("peer recovery"), get(dry.execute(Sql.leases(T))).get(0).texts("lease_sources"));
    assertEquals("2", replicas(OTHER));
  }

  @Test
  void told_to_be_restored_it_reads_as_it_is() {
    get(dry.execute(Sql.setReplicas(T, ReplicaSetting.ZERO)));
    get(dry.execute(Sql.setReplicas(T, new ReplicaSetting("2"))));
    assertEquals("2", replicas(T));
    assertEquals(2, get(dry.execute(Sql.leases(T))).get(0).texts("lease_sources").size());
  }

  @Test
  void one_partition_says_nothing_of_another() {
    TableRef eu = T.partition(new PartitionValues("04732", Map.of("region", "eu")));
    real.answer(Sql.settingAlone(eu), List.of(Map.of("number_of_replicas", "1", "primaries", 4)));
    get(dry.execute(Sql.setReplicas(eu, ReplicaSetting.ZERO)));
    assertEquals("0", replicas(eu));
    assertEquals("2", replicas(T));
    assertTrue(told.get(0).text().contains("PARTITION"), told.toString());
  }

  private String replicas(TableRef table) {
    return get(dry.execute(Sql.settingAlone(table))).get(0).text("number_of_replicas");
  }
}
