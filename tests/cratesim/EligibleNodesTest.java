package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Replicas stay UNASSIGNED where CrateDB's deciders leave no node for them, and say why. */
class EligibleNodesTest {
  /** The primary is on a, the replica on b. */
  private static final String TABLE =
      "\"tables\": [{\"name\": \"doc.t\", \"shards\": 1, \"replicas\": \"1\"}]";

  private static final String CLUSTER = "cluster.routing.allocation.";
  private static final String TWO_ZONES =
      "\"attributes\": {\"a\": {\"zone\": \"x\"}, \"b\": {\"zone\": \"x\"}, \"c\": {\"zone\":"
          + " \"y\"}}";

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;
  private WrittenScenario written;

  @BeforeEach
  void inTheFolder() {
    written = new WrittenScenario(folder, clock);
  }

  private void reset(SimulatedCopies crate) {
    crate.run("ALTER TABLE t SET (number_of_replicas = 0)");
    crate.run("ALTER TABLE t SET (number_of_replicas = 1)");
    clock.pass(Duration.ofMinutes(1));
  }

  private static List<Object> places(SimulatedCopies crate) {
    return crate.column("SELECT node['name'] FROM sys.shards ORDER BY \"primary\" DESC");
  }

  private static String why(SimulatedCopies crate) {
    return crate
        .column(
            "SELECT decisions['explanations'] FROM sys.allocations"
                + " WHERE current_state = 'UNASSIGNED'")
        .toString();
  }

  private static List<Object> nowhere() {
    return Arrays.asList("a", null);
  }

  @ParameterizedTest
  @CsvSource({"6.2.9, 6.3.7, c", "5.10.12, 6.3.0, c", "5.10.12, 7.0.0, c", "6.2.9, 6.2.9, none"})
  void a_replica_is_built_on_no_older_version_than_its_primary_has(
      String b, String c, String place) {
    var crate =
        written.cluster(TABLE, "\"versions\": {\"b\": \"" + b + "\", \"c\": \"" + c + "\"}");
    assertEquals(List.of("a", "b"), places(crate), "as before the upgrade of a");
    assertEquals(
        List.of("6.3.7", b, c),
        crate.column("SELECT version['number'] FROM sys.nodes ORDER BY name"));
    reset(crate);
    assertEquals(place.equals("none") ? nowhere() : List.of("a", place), places(crate));
    if (place.equals("none")) {
      assertTrue(
          why(crate)
              .contains(
                  "cannot allocate replica shard to a node with version [6.2.9] since this is"
                      + " older than the primary version [6.3.7]"),
          why(crate));
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "exclude._name | b,c    | node matches cluster setting ["
            + CLUSTER
            + "exclude] filters [_name:\"b OR c\"]",
        "exclude._name | *      | node matches cluster setting ["
            + CLUSTER
            + "exclude] filters [_name:\"*\"]",
        "include._name | a, z*  | node does not match cluster setting ["
            + CLUSTER
            + "include] filters [_name:\"a OR z*\"]",
        "require._name | a      | node does not match cluster setting ["
            + CLUSTER
            + "require] filters [_name:\"a\"]",
        "require._ip   | 10.0.0.1 | node does not match cluster setting ["
            + CLUSTER
            + "require] filters [_ip:\"10.0.0.1\"]"
      })
  void the_cluster_says_which_nodes_may_take_copies(String filter, String value, String why) {
    var crate = written.cluster(TABLE);
    crate.run("SET GLOBAL TRANSIENT \"" + CLUSTER + filter + "\" = '" + value + "'");
    String[] keys = filter.split("\\.", -1);
    String shown =
        "SELECT settings['cluster']['routing']['allocation']['%s']['%s'] FROM sys.cluster";
    assertEquals(value, crate.cell(shown.formatted(keys[0], keys[1])));
    reset(crate);
    assertEquals(nowhere(), places(crate));
    assertTrue(why(crate).contains(why), why(crate));
    crate.run("RESET GLOBAL \"" + CLUSTER + filter + "\"");
    clock.pass(Duration.ofSeconds(3));
    assertEquals("STARTED", crate.states("t").get(1));
  }

  @Test
  void the_clusters_filters_name_nodes_by_four_keys_only() {
    var crate = written.cluster(TABLE);
    assertEquals(
        Map.of("_host", "", "_id", "", "_ip", "", "_name", ""),
        crate.cell(
            "SELECT settings['cluster']['routing']['allocation']['exclude'] FROM sys.cluster"));
    assertEquals(4000, crate.refused("SET GLOBAL \"" + CLUSTER + "exclude.zone\" = 'x'").code());
  }

  @ParameterizedTest
  @CsvSource({
    "exclude.zone, y, b",
    "exclude._name, b, c",
    "include.zone, y, c",
    "require.zone, y, c",
    "include.rack, 1, none",
    "exclude.rack, 1, b"
  })
  void a_table_may_name_any_attribute(String filter, String value, String place) {
    var crate = written.cluster(TABLE, TWO_ZONES);
    assertEquals(
        List.of("x", "x", "y"),
        crate.column("SELECT attributes['zone'] FROM sys.nodes ORDER BY name"));
    crate.run("ALTER TABLE t SET (\"routing.allocation." + filter + "\" = '" + value + "')");
    reset(crate);
    assertEquals(place.equals("none") ? nowhere() : List.of("a", place), places(crate));
    String[] keys = filter.split("\\.", -1);
    String shown =
        "SELECT settings['routing']['allocation']['%s'] FROM information_schema.tables"
            + " WHERE table_name = 't'";
    assertEquals(Map.of(keys[1], value), crate.cell(shown.formatted(keys[0])));
    crate.run("ALTER TABLE t RESET (\"routing.allocation." + filter + "\")");
    assertEquals(Map.of(), crate.cell(shown.formatted(keys[0])));
  }

  @Test
  void where_a_table_names_nodes_the_clusters_filters_do_not_count() {
    var crate = written.cluster(TABLE);
    crate.run("SET GLOBAL \"" + CLUSTER + "exclude._name\" = 'b,c'");
    crate.run("ALTER TABLE t SET (\"routing.allocation.exclude._name\" = 'b')");
    reset(crate);
    assertEquals(List.of("a", "c"), places(crate));
  }

  @Test
  void a_range_follows_the_nodes_that_may_take_copies() {
    var crate = written.cluster(TABLE);
    crate.run("ALTER TABLE t SET (number_of_replicas = '0-all')");
    clock.pass(Duration.ofSeconds(3));
    assertEquals(3, crate.states("t").size());
    crate.run("SET GLOBAL \"" + CLUSTER + "exclude._name\" = 'c'");
    assertEquals(2, crate.states("t").size());
  }

  @ParameterizedTest
  @CsvSource({
    "ALTER TABLE t SET (\"routing.allocation.total_shards_per_node\" = 1)",
    "SET GLOBAL \"cluster.routing.allocation.total_shards_per_node\" = 1"
  })
  void a_node_may_have_no_more_copies_than_a_limit_says(String statement) {
    var crate = written.cluster(TABLE.replace("\"shards\": 1", "\"shards\": 2"));
    crate.run(statement);
    reset(crate);
    assertEquals(1L, places(crate).stream().filter(Objects::isNull).count());
    assertTrue(why(crate).contains("too many shards [1] allocated to this node"), why(crate));
    assertEquals(4000, crate.refused(statement.replace("= 1", "= -2")).code());
  }

  @Test
  void copies_are_spread_over_the_values_of_an_attribute() {
    var crate = written.cluster(TABLE, TWO_ZONES);
    crate.run("SET GLOBAL \"" + CLUSTER + "awareness.attributes\" = 'zone'");
    assertEquals(
        List.of("zone"),
        crate.cell(
            "SELECT settings['cluster']['routing']['allocation']['awareness']['attributes']"
                + " FROM sys.cluster"));
    reset(crate);
    assertEquals(List.of("a", "c"), places(crate), "never both in zone x");
    crate.run("ALTER TABLE t SET (\"routing.allocation.exclude._name\" = 'c')");
    reset(crate);
    assertEquals(nowhere(), places(crate));
    assertTrue(why(crate).contains("there are too many copies of the shard"), why(crate));
  }

  @Test
  void a_node_without_the_attribute_takes_nothing() {
    var crate = written.cluster(TABLE, "\"attributes\": {\"a\": {\"zone\": \"x\"}}");
    crate.run("SET GLOBAL \"" + CLUSTER + "awareness.attributes\" = 'zone, rack'");
    reset(crate);
    assertEquals(nowhere(), places(crate));
    assertTrue(
        why(crate)
            .contains(
                "node does not contain the awareness attribute [zone]; required attributes cluster"
                    + " setting [cluster.routing.allocation.awareness.attributes=zone, rack]"),
        why(crate));
  }

  @Test
  void a_scenario_names_nodes_that_exist() {
    var error =
        assertThrows(
            IllegalArgumentException.class,
            () -> written.load(TABLE, "\"versions\": {\"z\": \"6.4.0\"}"));
    assertTrue(error.getMessage().contains("versions names a node 'z'"), error.getMessage());
  }
}
