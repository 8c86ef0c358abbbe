package cratesim.scenario;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.SettableClock;
import cratesim.SimulatedCluster;
import cratesim.SimulatedCopies;
import cratesim.model.ByteSize;
import cratesim.model.ReplicaRange;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScenarioTest {
  private static final String PROBLEMATIC =
      "SELECT table_schema || '.' || table_name || coalesce(partition_ident, '') FROM (SELECT"
          + " schema_name AS table_schema, table_name, partition_ident,"
          + " max(translog_stats['uncommitted_size']) AS worst FROM sys.shards WHERE NOT"
          + " \"primary\" GROUP BY schema_name, table_name, partition_ident) x WHERE worst >"
          + " 536870912 ORDER BY 1";

  @Test
  void drill_has_a_table_of_every_kind() {
    assertEquals(
        List.of(
            "Mixed.CamelCase",
            "blob.pics",
            "curvo.bottleFieldData08732dpg6go3cdpi60o30c1g1hinaejnclpn883r65ug",
            "curvo.bottleFieldData08732dpg6orj8d9m60o30c1g00",
            "doc.bulk",
            "doc.events",
            "doc.frozen",
            "doc.metrics",
            "doc.orders",
            "doc.payments",
            "doc.sessions"),
        cluster("drill").column(PROBLEMATIC));
    assertEquals(
        List.of("0", "0-1", "1", "1-all", "2", "3"),
        cluster("drill")
            .column(
                "SELECT DISTINCT number_of_replicas FROM information_schema.tables"
                    + " WHERE number_of_replicas IS NOT NULL ORDER BY 1"));
    assertEquals(
        List.of("inventory"),
        cluster("drill")
            .column("SELECT table_name FROM sys.shards WHERE routing_state = 'UNASSIGNED'"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"drill", "quiet", "large?tables=10000"})
  void there_is_room_on_the_disks_for_what_is_on_them(String scenario) {
    for (List<Object> disk :
        cluster(scenario)
            .rows("SELECT fs['total']['used'], fs['total']['size'], name FROM sys.nodes")) {
      long percent = (long) disk.get(0) * 100 / (long) disk.get(1);
      assertTrue(percent >= 1 && percent <= 80, disk + " " + percent);
    }
  }

  @Test
  void quiet_has_nothing_problematic() {
    assertEquals(List.of(), cluster("quiet").column(PROBLEMATIC));
  }

  @Test
  void refused_has_a_problematic_table_for_every_reason() {
    var refused = cluster("refused");
    List<Object> problematic = new ArrayList<>(refused.column(PROBLEMATIC));
    assertEquals(11, problematic.size());
    problematic.remove("doc.huge"); // would pass the high watermark
    String shards = "SELECT DISTINCT schema_name || '.' || table_name FROM sys.shards WHERE ";
    String tables =
        "SELECT table_schema || '.' || table_name FROM information_schema.tables WHERE ";
    for (String reason :
        List.of(
            tables + "version['created'] < '5.5'",
            tables + "settings['blocks']['read_only']",
            tables + "settings['blocks']['read_only_allow_delete']",
            tables + "settings['routing']['allocation']['enable'] <> 'all'",
            tables + "settings['write']['wait_for_active_shards'] <> '1'",
            shards + "\"primary\" AND routing_state = 'RELOCATING'",
            shards + "routing_state = 'INITIALIZING'",
            shards + "routing_state = 'UNASSIGNED'",
            "SELECT unnest(tables) FROM sys.snapshots WHERE state = 'IN_PROGRESS'",
            "SELECT 'doc.busy' FROM sys.jobs WHERE stmt LIKE '%doc.busy%' AND username ="
                + " 'alice'")) {
      List<Object> one = refused.column(reason);
      assertEquals(1, one.size(), reason);
      assertTrue(problematic.removeAll(one), reason);
    }
    assertEquals(List.of(), problematic);
  }

  @Test
  void refused_has_no_room_for_its_huge_table_on_any_disk_but_its_own() {
    List<List<Object>> disks =
        cluster("refused")
            .rows("SELECT fs['total']['available'], fs['total']['size'] FROM sys.nodes");
    assertEquals(4, disks.size());
    for (List<Object> disk : disks) {
      assertTrue((long) disk.get(0) < (420L << 30) + (long) disk.get(1) / 10, disk.toString());
    }
  }

  @Test
  void stubborn_has_four_problematic_tables() {
    assertEquals(
        List.of("doc.curable", "doc.incurable", "doc.pairs", "doc.unflushed"),
        cluster("stubborn").column(PROBLEMATIC));
  }

  @Test
  void large_makes_as_many_tables_as_asked_a_tenth_of_them_problematic() {
    var large = cluster("large?tables=50");
    assertEquals(500L, large.cell("SELECT count(*) FROM sys.shards"));
    assertEquals(5, large.column(PROBLEMATIC).size());
    assertEquals(25, cluster("large?tables=50&share=0.5").column(PROBLEMATIC).size());
  }

  @Test
  void the_same_seed_makes_the_same_cluster() {
    String sizes = "SELECT size FROM sys.shards";
    assertEquals(cluster("drill").column(sizes), cluster("drill").column(sizes));
    assertTrue(!cluster("drill").column(sizes).equals(cluster("drill?seed=8").column(sizes)));
  }

  @Test
  void an_unknown_scenario_is_told_with_the_known_ones() {
    var error = assertThrows(IllegalArgumentException.class, () -> Scenario.load("dril"));
    assertEquals(
        "there is no scenario 'dril': known are demo, drill, large, quiet, refused, stubborn, or"
            + " give the path of a .json file",
        error.getMessage());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"drill?tables=5", "drill?nope=1", "large?tables=x", "drill?version=6", "no/file"})
  void a_wrong_option_is_refused(String address) {
    assertThrows(IllegalArgumentException.class, () -> Scenario.load(address));
  }

  @ParameterizedTest
  @CsvSource({"55, 55", "100kb, 102400", "1.5gb, 1610612736", "2GB, 2147483648", "10b, 10"})
  void sizes_are_written_as_in_settings(String text, long bytes) {
    assertEquals(bytes, ByteSize.of(text));
  }

  @ParameterizedTest
  @CsvSource({"0,3,0", "1,3,1", "5,3,5", "0-1,3,1", "0-1,1,0", "1-all,3,2", "0-all,1,0", "1-3,3,2"})
  void a_range_of_replicas_follows_the_nodes(String setting, int nodes, int replicas) {
    assertEquals(replicas, ReplicaRange.replicas(setting, nodes));
  }

  private static SimulatedCopies cluster(String scenario) {
    return new SimulatedCopies(new SimulatedCluster(Scenario.load(scenario), new SettableClock()));
  }
}
