package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A text that is too long for the index is refused, and the replicas never hear of it. */
class RefusedRowMakesAHoleTest {
  private static final String INSERT = "INSERT INTO sick1 (id, s) VALUES ('%s', %s)";
  private static final String TOO_LONG = "repeat('y', 40000)";

  private final SettableClock clock = new SettableClock();
  private SimulatedCluster cluster;
  private SimulatedCopies crate;
  private int rows;

  @BeforeEach
  void anEmptyTable(@TempDir Path folder) {
    cluster =
        new SimulatedCluster(new WrittenScenario(folder, clock).load("\"tables\": []"), clock);
    crate = new SimulatedCopies(cluster);
    crate.run("CREATE TABLE sick1 (id TEXT PRIMARY KEY, s TEXT) CLUSTERED INTO 1 SHARDS");
    clock.pass(Duration.ofSeconds(3));
  }

  @Test
  void the_hole_grows_as_it_did_in_a_real_cluster() {
    insert(204);
    assertEquals(SickRow.recorded("6.0.0-1-healthy"), SickRow.of(cluster, "sick1"));
    for (int i = 0; i < 4; i++) {
      crate.refused(INSERT.formatted("bad", TOO_LONG));
    }
    assertEquals(SickRow.recorded("6.0.0-2-hole-just-made"), SickRow.of(cluster, "sick1"));
    insert(2194);
    assertEquals(SickRow.recorded("6.0.0-3-grown"), SickRow.of(cluster, "sick1"));
    crate.run("OPTIMIZE TABLE sick1 WITH (flush = true, max_num_segments = 100)");
    assertEquals(SickRow.recorded("6.0.0-4-after-optimize-flush"), SickRow.of(cluster, "sick1"));
  }

  @Test
  void the_refusal_has_the_words_of_a_real_one() {
    String recorded = SickRow.recordedError("6.0.0-refused-insert");
    SqlError refused = crate.refused(INSERT.formatted("bad", TOO_LONG));
    // Before 6.4 the number counts the columns of all tables.
    assertEquals(recorded.replace("field=\"277\"", "field=\"2\""), refused.getMessage());
    assertEquals(400, refused.httpStatus());
    assertEquals(4000, refused.code());
  }

  @Test
  void bytes_count_and_not_characters() {
    crate.run(INSERT.formatted("a", "repeat('y', 32766)"));
    crate.refused(INSERT.formatted("b", "repeat('y', 32767)"));
    crate.refused(INSERT.formatted("c", "repeat('é', 16384)"));
    crate.refused("INSERT INTO sick1 (id, s) VALUES (repeat('y', 40000), 'a long key')");
    crate.refused("UPDATE sick1 SET s = repeat('y', 40000) WHERE id = 'a'");
    assertEquals(List.of("a"), crate.column("SELECT id FROM sick1 WHERE id = 'a'"));
    assertEquals(4, SickRow.of(cluster, "sick1").get(0).max());
  }

  @Test
  void of_several_rows_the_others_are_stored_and_the_statement_succeeds() throws SqlError {
    SqlAnswer answer =
        cluster.execute(
            "crate",
            "INSERT INTO sick1 (id, s) VALUES ('a', 'x'), ('b', repeat('y', 40000)), ('c', 'x')",
            List.of());
    assertEquals(2, answer.rowCount());
    assertEquals(
        List.of(
            new SickRow("primary", "STARTED", 2, 2L, 2L, 0L, 3L),
            new SickRow("replica", "STARTED", 2, 2L, 0L, 0L, 2L)),
        SickRow.of(cluster, "sick1"));
  }

  @Test
  void a_flush_right_after_the_refusal_hides_it_at_the_replica() {
    insert(100);
    crate.refused(INSERT.formatted("bad", TOO_LONG));
    crate.run("OPTIMIZE TABLE sick1 WITH (flush = true, max_num_segments = 100)");
    assertEquals(
        List.of(
            new SickRow("primary", "STARTED", 100, 100L, 100L, 99L, 101L),
            new SickRow("replica", "STARTED", 100, 99L, 99L, 99L, 0L)),
        SickRow.of(cluster, "sick1"));
    insert(10);
    assertEquals(
        new SickRow("replica", "STARTED", 110, 110L, 99L, 99L, 10L),
        SickRow.of(cluster, "sick1").get(1));
  }

  private void insert(int count) {
    for (int i = 0; i < count; i++) {
      crate.run(INSERT.formatted("r" + rows++, "'text'"));
    }
  }
}
