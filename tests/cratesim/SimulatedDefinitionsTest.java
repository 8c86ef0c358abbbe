package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tables that somebody renames, swaps, drops, creates, closes or changes meanwhile. */
class SimulatedDefinitionsTest {
  private static final String TABLES =
      "\"tables\": [{\"name\": \"doc.a\", \"shards\": 2, \"replicas\": \"1\"},"
          + " {\"name\": \"doc.b\", \"shards\": 1, \"replicas\": \"0-1\", \"partitioned_by\":"
          + " [\"p\"], \"partitions\": [{\"values\": [1]}, {\"values\": [2]}]}]";
  private static final String NAMES =
      "SELECT table_name FROM information_schema.tables WHERE table_schema = 'doc' ORDER BY 1";

  private final SettableClock clock = new SettableClock();
  @TempDir Path folder;
  private SimulatedCopies crate;

  @BeforeEach
  void start() {
    crate = new WrittenScenario(folder, clock).cluster(TABLES);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "ALTER TABLE a RENAME TO b        | 4000",
        "ALTER TABLE a RENAME TO x.b      | 4000",
        "ALTER TABLE c RENAME TO d        | 4041",
        "ALTER TABLE nope.c RENAME TO d   | 4045",
        "ALTER CLUSTER SWAP TABLE a TO c  | 4041",
        "ALTER CLUSTER SWAP TABLE c TO a  | 4041",
        "ALTER TABLE c CLOSE              | 4041",
        "CREATE TABLE a (x int)           | 4093",
        "DROP TABLE c                     | 4041"
      })
  void what_does_not_exist_or_exists_already_is_refused(String statement, int code) {
    assertEquals(code, crate.refused(statement).code());
    assertEquals(List.of("a", "b"), crate.column(NAMES));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "blocks.read_only | ALTER TABLE a RENAME TO c       | 4007",
        "blocks.metadata  | ALTER TABLE a RENAME TO c       | 4007",
        "blocks.write     | ALTER TABLE a RENAME TO c       | 4007",
        "blocks.read      | ALTER CLUSTER SWAP TABLE b TO a | 4007",
        "blocks.read_only | ALTER TABLE a ADD COLUMN x int  | 4007",
        "blocks.metadata  | ALTER TABLE a ADD COLUMN x int  | 4007",
        "blocks.metadata  | DROP TABLE a                    | 4007",
        "blocks.read_only | ALTER TABLE a CLOSE             | 4007",
        "blocks.read_only | ALTER TABLE a OPEN              | 4007"
      })
  void a_block_keeps_a_table_as_it_is(String block, String statement, int code) {
    crate.run("ALTER TABLE a SET (\"" + block + "\" = true)");
    assertEquals(code, crate.refused(statement).code());
    crate.run("ALTER TABLE a RESET (\"" + block + "\")");
    crate.run(statement);
  }

  @Test
  void replicas_of_a_renamed_table_are_built_anew() {
    crate.run("ALTER TABLE a RENAME TO c");
    assertEquals(List.of("STARTED", "UNASSIGNED", "STARTED", "UNASSIGNED"), crate.states("c"));
    clock.pass(Duration.ofSeconds(2));
    assertEquals(List.of("STARTED", "STARTED", "STARTED", "STARTED"), crate.states("c"));
  }

  @Test
  void a_swap_may_drop_what_bears_the_first_name_afterwards() {
    crate.run("ALTER CLUSTER SWAP TABLE a TO b WITH (drop_source = true)");
    assertEquals(List.of("b"), crate.column(NAMES));
    assertEquals(List.of(), crate.column("SELECT 1 FROM information_schema.table_partitions"));
  }

  @Test
  void a_swap_with_a_closed_table_is_done_and_answered_by_an_error() {
    crate.run("ALTER TABLE a CLOSE");
    assertEquals(5000, crate.refused("ALTER CLUSTER SWAP TABLE a TO b").code());
    assertEquals(
        List.of(List.of("a", false), List.of("b", true)),
        crate.rows(
            "SELECT table_name, closed FROM information_schema.tables"
                + " WHERE table_schema = 'doc' ORDER BY 1"));
  }

  @Test
  void a_closed_table_says_so_everywhere_and_keeps_the_leases_of_dropped_copies() {
    crate.run("ALTER TABLE a CLOSE");
    crate.run("ALTER TABLE a SET (number_of_replicas = 0)");
    clock.pass(Duration.ofHours(1));
    assertEquals(
        List.of(true, true), crate.column("SELECT closed FROM sys.shards WHERE table_name = 'a'"));
    assertEquals(List.of(2, 2), crate.leases("a"));
    assertEquals(4007, crate.refused("OPTIMIZE TABLE a").code());
    assertEquals(4007, crate.refused("DROP TABLE a").code());
    crate.run("ALTER TABLE a OPEN");
    clock.pass(Duration.ofMinutes(1));
    assertEquals(List.of(1, 1), crate.leases("a"));
  }

  @Test
  void a_partition_is_closed_alone() {
    crate.run("ALTER TABLE b PARTITION (p = 2) CLOSE");
    assertEquals(
        List.of(false, true),
        crate.column(
            "SELECT closed FROM information_schema.table_partitions ORDER BY partition_ident"));
    assertEquals(
        false, crate.cell("SELECT closed FROM information_schema.tables WHERE table_name = 'b'"));
  }

  @Test
  void a_created_table_has_the_shards_and_replicas_asked_for() {
    crate.run(
        "CREATE TABLE c (k text PRIMARY KEY, t timestamp) CLUSTERED BY (k) INTO 3 SHARDS"
            + " WITH (number_of_replicas = '1-all')");
    crate.run("CREATE TABLE d (x int, p int) CLUSTERED INTO 2 SHARDS");
    assertEquals(
        List.of(List.of("c", 3, "1-all"), List.of("d", 2, "0-1")),
        crate.rows(
            "SELECT table_name, number_of_shards, number_of_replicas"
                + " FROM information_schema.tables WHERE table_name IN ('c', 'd') ORDER BY 1"));
    assertEquals(9L, crate.cell("SELECT count(*) FROM sys.shards WHERE table_name = 'c'"));
    assertEquals(4L, crate.cell("SELECT count(*) FROM sys.shards WHERE table_name = 'd'"));
  }

  @Test
  void columns_are_added_to_a_table_with_rows() {
    crate.run("CREATE TABLE c (k text PRIMARY KEY)");
    crate.run("INSERT INTO c (k) VALUES ('one')");
    crate.run("ALTER TABLE c ADD COLUMN x bigint, ADD COLUMN at timestamp");
    crate.run("INSERT INTO c (k, x) VALUES ('two', 2)");
    crate.run("REFRESH TABLE c");
    assertEquals(2L, crate.cell("SELECT x FROM c WHERE k = 'two'"));
    assertEquals(null, crate.cell("SELECT x FROM c WHERE k = 'one'"));
    assertEquals(
        List.of("text", "bigint", "timestamp with time zone"),
        crate.column(
            "SELECT data_type FROM information_schema.columns WHERE table_name = 'c'"
                + " ORDER BY ordinal_position"));
    assertEquals(4000, crate.refused("ALTER TABLE c ADD COLUMN x bigint").code());
  }

  @Test
  void somebody_else_does_all_that_while_time_passes() {
    crate =
        new WrittenScenario(folder, clock)
            .cluster(
                TABLES,
                "\"events\": ["
                    + at(1, "ALTER TABLE a RENAME TO c")
                    + ", "
                    + at(2, "ALTER CLUSTER SWAP TABLE c TO b")
                    + ", "
                    + at(3, "DROP TABLE c")
                    + ", "
                    + at(3, "CREATE TABLE a (x int) WITH (number_of_replicas = 2)")
                    + ", "
                    + at(4, "ALTER TABLE b CLOSE")
                    + ", "
                    + at(5, "ALTER TABLE a SET (number_of_replicas = '0-1')")
                    + "]");
    String tables =
        "SELECT table_name || ' ' || number_of_replicas || ' ' || closed"
            + " FROM information_schema.tables WHERE table_schema = 'doc' ORDER BY 1";
    var seen = new java.util.ArrayList<List<Object>>();
    for (int second = 0; second < 6; second++) {
      seen.add(crate.column(tables));
      clock.pass(Duration.ofSeconds(1));
    }
    assertEquals(
        List.of(
            List.of("a 1 false", "b 0-1 false"),
            List.of("b 0-1 false", "c 1 false"),
            List.of("b 1 false", "c 0-1 false"),
            List.of("a 2 false", "b 1 false"),
            List.of("a 2 false", "b 1 true"),
            List.of("a 0-1 false", "b 1 true")),
        seen);
  }

  private static String at(int second, String statement) {
    return "{\"at\": " + second + ", \"execute\": \"" + statement + "\"}";
  }
}
