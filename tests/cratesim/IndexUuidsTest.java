package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.scenario.Scenario;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** By its index uuid a table is known whatever it is called now, and in no other cluster. */
class IndexUuidsTest {
  private static final String TABLES =
      "\"tables\": [{\"name\": \"doc.a\", \"shards\": 2, \"replicas\": \"3\"}, {\"name\":"
          + " \"doc.b\", \"shards\": 1, \"replicas\": \"1\", \"partitioned_by\": [\"p\"],"
          + " \"partitions\": [{\"values\": [1]}, {\"values\": [2]}]}]";
  private static final String UUIDS =
      "SELECT DISTINCT partition_uuid FROM sys.shards WHERE table_name = $1"
          + " AND coalesce(partition_ident, '') = $2";

  @TempDir Path folder;
  private WrittenScenario written;
  private SimulatedCopies crate;

  @BeforeEach
  void start() {
    written = new WrittenScenario(folder, new SettableClock());
    crate = written.cluster(TABLES);
  }

  private String uuid(String table, String partition) {
    List<Object> uuids = crate.column(UUIDS, table, partition);
    assertEquals(1, uuids.size(), table + ": " + uuids);
    return uuids.get(0).toString();
  }

  private Set<Object> uuids(String table) {
    return new HashSet<>(
        crate.column("SELECT partition_uuid FROM sys.shards WHERE table_name = $1", table));
  }

  @Test
  void a_table_and_each_partition_have_their_own() {
    Set<String> uuids =
        new HashSet<>(List.of(uuid("a", ""), uuid("b", "04132"), uuid("b", "04134")));
    assertEquals(3, uuids.size());
    uuids.forEach(uuid -> assertTrue(uuid.matches("[\\w-]{22}"), uuid));
  }

  @Test
  void an_unassigned_copy_has_no_path_but_the_uuid() {
    String copies =
        "SELECT path, partition_uuid FROM sys.shards WHERE table_name = 'a' AND id = 0"
            + " ORDER BY path";
    String uuid = uuid("a", "");
    List<List<Object>> rows = crate.rows(copies);
    assertEquals("/data/a/nodes/0/indices/" + uuid + "/0", rows.get(0).get(0));
    assertEquals(null, rows.get(3).get(0));
    rows.forEach(row -> assertEquals(uuid, row.get(1)));
  }

  @Test
  void a_new_name_changes_nothing_but_the_name() {
    String uuid = uuid("a", "");
    Set<Object> partitions = uuids("b");
    crate.run("ALTER TABLE a RENAME TO c");
    crate.run("ALTER TABLE b RENAME TO d");
    assertEquals(uuid, uuid("c", ""));
    assertEquals(partitions, uuids("d"));
    assertEquals(4041, crate.refused("ALTER TABLE a SET (number_of_replicas = 0)").code());
    assertEquals(
        List.of("04132", "04134"),
        crate.column("SELECT partition_ident FROM information_schema.table_partitions"));
  }

  @Test
  void swapped_tables_exchange_theirs_and_all_they_have() {
    String uuid = uuid("a", "");
    Set<Object> partitions = uuids("b");
    crate.run("ALTER CLUSTER SWAP TABLE a TO b");
    assertEquals(uuid, uuid("b", ""));
    assertEquals(partitions, uuids("a"));
    assertEquals(
        List.of(List.of("a", "1"), List.of("b", "3")),
        crate.rows(
            "SELECT table_name, number_of_replicas FROM information_schema.tables"
                + " WHERE table_schema = 'doc' ORDER BY 1"));
  }

  @Test
  void a_table_that_was_dropped_and_created_again_has_another() {
    String uuid = uuid("a", "");
    crate.run("DROP TABLE a");
    crate.run("CREATE TABLE a (x int)");
    assertNotEquals(uuid, uuid("a", ""));
  }

  @Test
  void no_other_cluster_of_the_same_scenario_has_them_or_its_id() {
    String id = "SELECT id FROM sys.cluster";
    SimulatedCopies other = written.cluster(TABLES);
    assertNotEquals(crate.cell(id), other.cell(id));
    assertNotEquals(uuid("a", ""), other.cell(UUIDS, "a", ""));
  }

  @Test
  void a_scenario_may_say_which_cluster_it_is() {
    String pinned = "\"cluster_id\": \"4ZeyBUbyShW8hW0UOH_Nqg\"";
    SimulatedCopies one = written.cluster(pinned, TABLES);
    SimulatedCopies again = written.cluster(pinned, TABLES);
    assertEquals("4ZeyBUbyShW8hW0UOH_Nqg", one.cell("SELECT id FROM sys.cluster"));
    assertEquals(one.cell(UUIDS, "a", ""), again.cell(UUIDS, "a", ""));
  }

  @Test
  void only_the_path_tells_before_5_10() {
    Scenario old = Scenario.load("recorded?version=5.9.4");
    var before = new SimulatedCopies(new SimulatedCluster(old, new SettableClock()));
    assertEquals(4043, before.refused("SELECT partition_uuid FROM sys.shards").code());
    assertEquals(
        22,
        before
            .cell("SELECT path FROM sys.shards WHERE table_name = 'metrics' AND id = 0")
            .toString()
            .split("/", -1)[6]
            .length());
  }
}
