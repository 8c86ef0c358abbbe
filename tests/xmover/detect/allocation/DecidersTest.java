package xmover.detect.allocation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.detect.CopyState;
import xmover.table.PartitionValues;
import xmover.table.TableRef;

/**
 * CrateDB's deciders on values. The settings are as 6.4.3 shows them; what it did with the replicas
 * of a real table after each of them is what is expected here.
 */
class DecidersTest {
  private static final TableRef TABLE = TableRef.of("doc", "t");

  private final List<ClusterNode> nodes =
      new ArrayList<>(
          List.of(
              node("n1", "6.4.3", "z1", "10.0.0.1"),
              node("n2", "6.4.3", "z0", "10.0.0.2"),
              node("n3", "6.4.3", "z1", "10.0.1.3")));
  private final Map<String, Long> shards = Map.of("n1", 5L, "n2", 4L, "n3", 4L);

  private static ClusterNode node(String name, String version, String zone, String address) {
    return new ClusterNode(
        name, "id-" + name, version, name + ".local", address, Map.of("zone", zone));
  }

  /** A shard for each word, its primary first: {@code n1,n2 n3,n1,-}. */
  private static List<CopyState> copies(String shards) {
    List<CopyState> copies = new ArrayList<>();
    long shard = 0;
    for (String of : shards.split(" ", -1)) {
      boolean primary = true;
      for (String node : of.split(",", -1)) {
        copies.add(copy(shard, primary, node));
        primary = false;
      }
      shard++;
    }
    return copies;
  }

  private static CopyState copy(long shard, boolean primary, String node) {
    return new CopyState(
        TABLE,
        shard,
        primary,
        "STARTED",
        Optional.of(node).filter(n -> !n.equals("-")),
        Optional.empty(),
        Optional.empty(),
        false,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  private Optional<ReplicaPlaces.Homeless> homeless(String cluster, String own, String copies) {
    var deciders =
        new Deciders(
            TABLE,
            AllocationSettings.ofCluster(new JsonObject(cluster).getMap()),
            AllocationSettings.ofTable(new JsonObject(own).getMap()),
            nodes);
    return new ReplicaPlaces(deciders, copies(copies), shards).homeless();
  }

  private static String told(Optional<ReplicaPlaces.Homeless> homeless) {
    return homeless
        .map(
            h ->
                h.objections().values().stream()
                    .map(o -> o.reason() + " (" + o.remedy() + ")")
                    .distinct()
                    .collect(Collectors.joining("; ")))
        .orElse("");
  }

  @ParameterizedTest(name = "{0} {1} {2}: {3}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {} | {} | n1,n2 n2,n3 |
          {"exclude": {"_name": "", "_ip": ""}} | {} | n1,n2,n3 |
          {"exclude": {"_name": "n3"}} | {} | n1,n2 |
          {"exclude": {"_name": "n3"}} | {} | n1,n2,n3 | cluster.routing.allocation.exclude._name = 'n3' (RESET GLOBAL "cluster.routing.allocation.exclude._name")
          {"exclude": {"_name": "n3"}} | {} | n1,n2,- |
          {"exclude": {"_name": "n1,n3"}} | {} | n1,n2 | exclude._name
          {"exclude": {"_name": "n1"}} | {} | n1,n2 |
          {"exclude": {"_name": "n1"}} | {} | n1,n2,n3 | exclude._name
          {"exclude": {"_name": "n*"}} | {} | n1,n2 | exclude._name
          {"exclude": {"_name": "x, n2 ,n*3"}} | {} | n1,n2 | cluster.routing.allocation.exclude._name = 'x,n2,n*3' (RESET GLOBAL "cluster.routing.allocation.exclude._name")
          {"exclude": {"_ip": "10.0.0.*"}} | {} | n1,n2,n3 | exclude._ip
          {"exclude": {"_id": "id-n2", "_host": "n3.local"}} | {} | n1,n2 | RESET GLOBAL "cluster.routing.allocation.exclude._id", "cluster.routing.allocation.exclude._host"
          {"exclude": {"zone": "z0"}} | {} | n1,n2 |
          {"exclude": {"zone": "z*"}} | {} | n1,n2 | exclude.zone
          {"include": {"_name": "n1,n2"}} | {} | n1,n2 |
          {"include": {"_name": "n1,n2"}} | {} | n1,n2,n3 | include._name
          {"include": {"_host": "n1.local,n2.local"}} | {} | n1,n2 | include._host
          {"include": {"_host": "10.0.0.*"}} | {} | n1,n2 |
          {"require": {"_name": "n*", "zone": "z1"}} | {} | n1,n3 |
          {"require": {"_name": "n1,n3"}} | {} | n1,n3 | require._name
          {"require": {"rack": "*"}} | {} | n1,n2 | require.rack
          {} | {"exclude": {"_name": "n2"}} | n1,n2,n3 | its routing.allocation.exclude._name = 'n2' (ALTER TABLE "doc"."t" RESET ("routing.allocation.exclude._name"))
          {"exclude": {"_name": "n2"}} | {"require": {"_name": "n*"}} | n1,n2,n3 |
          {} | {"total_shards_per_node": 1} | n1,n2 n2,n3 n3,n1 | its routing.allocation.total_shards_per_node is 1 (ALTER TABLE "doc"."t" RESET ("routing.allocation.total_shards_per_node"))
          {} | {"total_shards_per_node": 2} | n1,n2 n2,n3 n3,n1 |
          {} | {"total_shards_per_node": -1} | n1,n2 n2,n3 n3,n1 |
          {"total_shards_per_node": 4} | {} | n1,n2 n3,n2 |
          {"total_shards_per_node": 3} | {} | n1,n2 | cluster.routing.allocation.total_shards_per_node is 3 (RESET GLOBAL "cluster.routing.allocation.total_shards_per_node")
          {"awareness": {"attributes": ["zone"], "force": {"": {}}}} | {} | n1,n2,n3 |
          {"awareness": {"attributes": ["zone"], "force": {"": {}}}} | {} | n1,n3 |
          {"awareness": {"attributes": ["zone"], "force": {"": {"zone": {"values": "z0,z1,z2"}}}}} | {} | n1,n2 |
          {"awareness": {"attributes": ["zone"], "force": {"": {"zone": {"values": "z0,z1,z2"}}}}} | {} | n1,n2,n3 | awareness.attributes = 'zone', and enough copies are where node.attr.zone is 'z1'
          {"awareness": {"attributes": ["rack"]}} | {} | n1,n2 | has no node.attr.rack (RESET GLOBAL "cluster.routing.allocation.awareness.attributes")
          """)
  void a_replica_has_a_node_or_the_setting_that_keeps_it_away_is_named(
      String cluster, String own, String copies, String expected) {
    String told = told(homeless(cluster, own, copies));
    if (expected == null) {
      assertEquals("", told);
    } else {
      assertTrue(told.contains(expected), told);
    }
  }

  @ParameterizedTest(name = "primary on {0}, the others on {1}: {2}")
  @CsvSource({
    "6.2.0, 5.10.12, false",
    "6.4.3, 6.3.9, false",
    "6.4.3, 6.4.1, true",
    "5.10.12, 6.2.0, true",
    "6.2.0, '', false"
  })
  void a_replica_is_built_on_no_node_of_an_older_minor_version(
      String primary, String others, boolean built) {
    nodes.set(0, node("n1", primary, "z1", ""));
    nodes.set(1, node("n2", others, "z0", ""));
    nodes.set(2, node("n3", others, "z1", ""));
    assertEquals(built, homeless("{}", "{}", "n1,n2").isEmpty());
  }

  @Test
  void of_a_rolling_upgrade_the_older_and_the_newer_node_are_named() {
    nodes.set(0, node("n1", "6.2.0", "z1", ""));
    nodes.set(1, node("n2", "5.10.12", "z0", ""));
    nodes.set(2, node("n3", "5.10.12", "z1", ""));
    String told = told(homeless("{}", "{}", "n1,n2"));
    assertTrue(told.contains("it runs 5.10.12, older than n1 with the primary"), told);
    assertTrue(told.contains("upgrade n2 to 6.2.0"), told);
  }

  @Test
  void a_partition_names_itself_in_the_statement_that_lifts_a_setting() {
    var partition = TABLE.partition(new PartitionValues("04", Map.of("p", 1)));
    var deciders =
        new Deciders(
            partition,
            AllocationSettings.ofCluster(Map.of()),
            AllocationSettings.ofTable(Map.of("enable", "none")),
            nodes);
    assertEquals(
        "ALTER TABLE \"doc\".\"t\" PARTITION (\"p\" = 1) RESET (\"routing.allocation.enable\")",
        deciders.againstAll().orElseThrow().remedy());
  }

  @Test
  void no_recovery_begins_where_none_may_go_on_at_a_time() {
    var deciders =
        new Deciders(
            TABLE,
            AllocationSettings.ofCluster(Map.of("enable", "all", "node_concurrent_recoveries", 0)),
            AllocationSettings.ofTable(Map.of("enable", "all")),
            nodes);
    assertEquals(
        "RESET GLOBAL \"cluster.routing.allocation.node_concurrent_recoveries\"",
        deciders.againstAll().orElseThrow().remedy());
  }

  @Test
  void settings_of_either_wire_are_read_alike() {
    var awareness = Map.<String, Object>of("attributes", new JsonArray().add("zone").add("rack"));
    var http = AllocationSettings.ofCluster(Map.of("awareness", awareness));
    assertEquals(List.of("zone", "rack"), http.awareness());
    var text = Map.<String, Object>of("attributes", "zone,rack");
    assertEquals(http, AllocationSettings.ofCluster(Map.of("awareness", new JsonObject(text))));
  }
}
