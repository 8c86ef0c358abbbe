package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code num_docs} is of a copy's last refresh, and a table that nobody has read for 30 s does not
 * refresh itself: as measured on CrateDB 6.4.3.
 */
class SearchIdleTest {
  private static final String DOCUMENTS =
      "SELECT num_docs FROM sys.shards WHERE table_name = 't' ORDER BY \"primary\" DESC";

  @TempDir Path folder;
  private final SettableClock clock = new SettableClock();
  private SimulatedCopies crate;

  @BeforeEach
  void nobodyReadsIt() {
    var cluster =
        new SimulatedCluster(new WrittenScenario(folder, clock).load("\"tables\": []"), clock);
    crate = new SimulatedCopies(cluster);
    crate.run(
        "CREATE TABLE t (id TEXT PRIMARY KEY) CLUSTERED INTO 1 SHARDS"
            + " WITH (number_of_replicas = 1)");
    clock.pass(Duration.ofSeconds(10));
    crate.run("INSERT INTO t (id) VALUES ('a')");
    assertEquals(List.of(1L, 1L), crate.column(DOCUMENTS), "a new table is not idle yet");
    clock.pass(Duration.ofSeconds(31));
    crate.run("INSERT INTO t (id) VALUES ('b')");
    assertEquals(List.of(1L, 1L), crate.column(DOCUMENTS));
  }

  @Test
  void a_copy_that_was_just_built_shows_more_than_its_primary() {
    String replica =
        "SELECT node['name'] FROM sys.shards WHERE table_name = 't' AND NOT \"primary\"";
    crate.run("ALTER TABLE t REROUTE CANCEL SHARD 0 ON '%s'".formatted(crate.cell(replica)));
    clock.pass(Duration.ofSeconds(10));
    assertEquals(List.of(1L, 2L), crate.column(DOCUMENTS));
  }

  @Test
  void a_flush_a_refresh_and_a_search_show_all() {
    crate.run("OPTIMIZE TABLE t WITH (flush = true, max_num_segments = 10000)");
    assertEquals(List.of(2L, 2L), crate.column(DOCUMENTS));
    crate.run("INSERT INTO t (id) VALUES ('c')");
    crate.run("REFRESH TABLE t");
    assertEquals(List.of(3L, 3L), crate.column(DOCUMENTS));
    crate.run("INSERT INTO t (id) VALUES ('d')");
    assertEquals(List.of(3L, 3L), crate.column(DOCUMENTS));
    crate.column("SELECT id FROM t");
    assertEquals(List.of(4L, 4L), crate.column(DOCUMENTS));
  }
}
