package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a scenario says of sick tables, and of those that become sick in its course. */
class SickTablesOfAScenarioTest {
  private static final String HOLES =
      "SELECT id, node['name'] FROM sys.shards WHERE table_name = '%s'"
          + " AND seq_no_stats['local_checkpoint'] < seq_no_stats['max_seq_no']"
          + " AND NOT \"primary\" ORDER BY 1, 2";
  private static final String BIG =
      "SELECT id, count(*) FROM sys.shards WHERE table_name = '%s'"
          + " AND translog_stats['uncommitted_size'] > 1000000000 GROUP BY id ORDER BY id";

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;

  @Test
  void every_copy_of_a_sick_shard_keeps_its_translog_and_both_replicas_have_the_hole() {
    var crate = tables("\"replicas\": \"2\", \"sick\": {\"translog\": \"2gb\", \"shards\": 2}");
    assertEquals(
        List.of(List.of(0, "b"), List.of(0, "c"), List.of(1, "a"), List.of(1, "b")),
        crate.rows(HOLES.formatted("t")));
    crate.run("OPTIMIZE TABLE t WITH (flush = true, max_num_segments = 100)");
    assertEquals(List.of(List.of(0, 3L), List.of(1, 3L)), crate.rows(BIG.formatted("t")));
  }

  @Test
  void where_one_replica_has_the_hole_the_other_keeps_all_of_it_too() {
    var crate = tables("\"replicas\": \"2\", \"sick\": {\"translog\": \"2gb\", \"replicas\": 1}");
    assertEquals(
        List.of(List.of(0, "b"), List.of(1, "a"), List.of(2, "c")),
        crate.rows(HOLES.formatted("t")));
    assertEquals(3, crate.rows(BIG.formatted("t")).size());
  }

  @Test
  void a_partition_may_be_sick_in_another_way_than_its_table() {
    var crate =
        tables(
            "\"replicas\": \"1\", \"sick\": {\"translog\": \"2gb\", \"shards\": 1},"
                + " \"partitioned_by\": [\"p\"], \"partitions\": [{\"values\": [1]},"
                + " {\"values\": [2], \"sick\": {\"translog\": \"0\"}},"
                + " {\"values\": [3], \"sick\": {\"translog\": \"3gb\"}}]");
    assertEquals(
        List.of(List.of(1, 2L), List.of(3, 6L)),
        crate.rows(
            "SELECT p.\"values\"['p'], count(*) FROM information_schema.table_partitions p"
                + " JOIN sys.shards s ON s.partition_ident = p.partition_ident"
                + " WHERE s.translog_stats['uncommitted_size'] > 1000000000"
                + " GROUP BY p.\"values\"['p'] ORDER BY 1"));
  }

  @Test
  void a_row_that_is_refused_in_the_course_of_a_scenario_makes_a_hole() {
    var written = new WrittenScenario(folder, clock);
    var crate =
        written.cluster(
            "\"tables\": [{\"name\": \"doc.t\", \"shards\": 1, \"replicas\": \"1\", \"documents\":"
                + " 1000, \"growth\": \"1mb\", \"columns\": \"id TEXT PRIMARY KEY, s TEXT\"}],"
                + " \"events\": [{\"at\": 5, \"execute\": \"INSERT INTO t (id, s) VALUES ('x',"
                + " repeat('y', 40000))\"}]");
    clock.pass(Duration.ofSeconds(4));
    assertEquals(List.of(), crate.rows(HOLES.formatted("t")));
    clock.pass(Duration.ofSeconds(2));
    assertEquals(List.of(List.of(0, "b")), crate.rows(HOLES.formatted("t")));
    clock.pass(Duration.ofHours(1));
    assertEquals(List.of(List.of(0, 2L)), crate.rows(BIG.formatted("t")));
    assertEquals(
        List.of("id", "s"),
        crate.column(
            "SELECT column_name FROM information_schema.columns WHERE table_name = 't'"
                + " ORDER BY ordinal_position"));
  }

  private SimulatedCopies tables(String keys) {
    return new WrittenScenario(folder, clock)
        .cluster(
            "\"tables\": [{\"name\": \"doc.t\", \"shards\": 3, \"documents\": 20000000, "
                + keys
                + "}]");
  }
}
