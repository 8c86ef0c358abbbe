package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sick copy that is cancelled: it is built on the same node, by the operations it misses. */
class RebuiltByReplayingTest {
  private static final String RECOVERY =
      "SELECT recovery['stage'], recovery['type'], recovery['size']['recovered'],"
          + " recovery['files']['recovered'] FROM sys.shards"
          + " WHERE table_name = 'big' AND node['name'] = '%s'";

  @TempDir Path folder;

  @Test
  void it_comes_back_on_its_node_without_a_hole_and_without_a_file_copied() {
    var big = new SickScenario(folder, SickScenario.sick(""), "");
    big.crate.run(SickScenario.CANCEL);
    assertEquals("YELLOW", big.health());
    assertEquals(87_700L, big.rows().get(0).global(), "nothing lags behind any more");
    big.pass(1);
    assertEquals(
        List.of(List.of("TRANSLOG", "PEER", 0L, 0)), big.crate.rows(RECOVERY.formatted("b")));
    big.pass(1);
    assertEquals(List.of("a", "b"), big.nodes());
    assertEquals(
        new SickRow("replica", "STARTED", 87_701, 87_700L, 87_700L, 87_700L, 0L),
        big.rows().get(1));
    assertEquals(List.of(List.of("DONE", "PEER", 0L, 0)), big.crate.rows(RECOVERY.formatted("b")));
  }

  @Test
  void every_copy_comes_back_where_its_files_are() {
    var big =
        new SickScenario(
            folder,
            SickScenario.sick("")
                + ", \"partitioned_by\": [\"p\"], \"partitions\": ["
                + IntStream.rangeClosed(1, 9)
                    .mapToObj(p -> "{\"values\": [" + p + "]}")
                    .collect(Collectors.joining(", "))
                + "]",
            "");
    String places =
        "SELECT s.node['name'] FROM information_schema.table_partitions p JOIN sys.shards s"
            + " ON s.partition_ident = p.partition_ident WHERE NOT s.\"primary\""
            + " ORDER BY p.\"values\"['p']";
    List<Object> before = big.crate.column(places);
    for (int i = 0; i < before.size(); i++) {
      big.crate.run(
          "ALTER TABLE big PARTITION (p = %d) REROUTE CANCEL SHARD 0 ON '%s'"
              .formatted(i + 1, before.get(i)));
    }
    big.pass(2);
    assertEquals(before, big.crate.column(places));
  }

  @Test
  void its_primary_keeps_what_it_has_until_a_flush() {
    var big = new SickScenario(folder, SickScenario.sick(""), "");
    big.crate.run(SickScenario.CANCEL);
    big.pass(2);
    assertEquals(57_601L, big.rows().get(0).waiting());
    big.crate.run(SickScenario.FLUSH);
    assertEquals(List.of(55L, 55L), big.uncommitted());
  }

  @Test
  void another_sick_copy_still_holds_back_what_is_forgotten() {
    var big = new SickScenario(folder, SickScenario.sick(""), "", "2");
    big.crate.run(SickScenario.CANCEL);
    big.pass(2);
    big.crate.run(SickScenario.FLUSH);
    assertEquals(List.of(false, false, true), big.rows().stream().map(SickRow::hasHole).toList());
    big.crate.run(SickScenario.CANCEL.replace("'b'", "'c'"));
    big.pass(2);
    big.crate.run(SickScenario.FLUSH);
    assertEquals(List.of(55L, 55L, 55L), big.uncommitted());
  }

  @Test
  void a_copy_that_is_built_elsewhere_copies_files_and_shows_how_far_it_is() {
    var big = new SickScenario(folder, SickScenario.sick(""), ", \"recovery_speed\": \"32mb\"");
    big.crate.run("ALTER TABLE big SET (number_of_replicas = 2)");
    big.pass(17.5);
    assertEquals(
        List.of(List.of("INDEX", "PEER", 512L << 20, 1)),
        big.crate.rows(RECOVERY.formatted("c")).stream()
            .map(row -> List.of(row.get(0), row.get(1), mebibytes(row.get(2)) << 20, row.get(3)))
            .toList());
    big.pass(17.5);
    assertEquals(57_601L, big.rows().get(2).waiting(), "a sick copy is still there");
    assertEquals(List.of(false, true, false), big.rows().stream().map(SickRow::hasHole).toList());
  }

  private static long mebibytes(Object bytes) {
    return Math.round((long) bytes / 1048576.0 / 64) * 64;
  }

  @Test
  void a_cancelled_primary_is_followed_by_a_replica_that_fills_the_gaps_of_all() {
    var big = new SickScenario(folder, SickScenario.sick(""), "", "2");
    big.crate.run("ALTER TABLE big REROUTE CANCEL SHARD 0 ON 'a' WITH (allow_primary = true)");
    assertEquals("YELLOW", big.health());
    assertEquals(
        List.of("primary", "replica", "replica"), big.rows().stream().map(SickRow::role).toList());
    assertEquals(List.of(false, false, false), big.rows().stream().map(SickRow::hasHole).toList());
    big.pass(2);
    assertEquals("GREEN", big.health());
  }
}
