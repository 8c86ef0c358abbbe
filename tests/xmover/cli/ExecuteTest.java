package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.Sql;
import xmover.environment.SteppedTimers;

/** The SQL that `--execute` prints is complete: whoever types it, in order, heals the tables. */
class ExecuteTest {
  private static final Duration RECOVERY = Duration.ofSeconds(10);

  @TempDir private Path folder;
  private final SteppedTimers time = new SteppedTimers();
  private WiredCluster drill;

  @BeforeEach
  void start() throws IOException {
    drill = WiredCluster.withUsers(folder, time);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private String printed(String... options) {
    var typed = new ArrayList<>(List.of("problematic-translogs", "--execute"));
    typed.addAll(List.of("--connect", drill.pg()));
    typed.addAll(List.of(options));
    var outcome = Operator.types(typed.toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome.err());
    return outcome.out();
  }

  private void execute(String statement) {
    drill.execute(statement);
    time.advance(RECOVERY);
  }

  /** The number_of_replicas of every table and partition. */
  private Map<String, String> replicas() {
    var replicas = new TreeMap<String, String>();
    for (var row : drill.execute(DetectionSql.relations())) {
      replicas.put(
          row.text("table_schema") + "." + row.text("table_name") + row.text("partition_ident"),
          row.text("number_of_replicas"));
    }
    return replicas;
  }

  @Test
  void every_statement_is_accepted_and_at_the_end_nothing_is_left_to_reset() {
    var before = replicas();
    var statements = TypedSql.statements(printed());
    statements.forEach(this::execute);
    assertEquals(before, replicas());
    assertEquals(List.of(), TypedSql.statements(printed()));
  }

  @Test
  void printing_changes_nothing() {
    var before = replicas();
    printed();
    assertEquals(before, replicas());
    assertEquals(List.of(), drill.log.matching("^\\s*(alter|set|optimize)"));
  }

  @Test
  void each_table_has_a_cancel_per_shard_then_zero_the_leases_and_its_own_setting() {
    assertEquals(
        List.of(
            "ALTER TABLE \"doc\".\"sessions\" REROUTE CANCEL SHARD # ON # WITH (allow_primary ="
                + " false)",
            "ALTER TABLE \"doc\".\"sessions\" REROUTE CANCEL SHARD # ON # WITH (allow_primary ="
                + " false)",
            "ALTER TABLE \"doc\".\"sessions\" SET (\"number_of_replicas\" = '0')",
            "OPTIMIZE TABLE \"doc\".\"sessions\" WITH (flush = false, max_num_segments = 10000)",
            "SELECT id, state, routing_state,",
            "ALTER TABLE \"doc\".\"sessions\" SET (\"number_of_replicas\" = '1-all')"),
        TypedSql.statements(printed("--table", "sessions")).stream()
            .filter(statement -> !statement.contains("rebalance") && !isFirstLook(statement))
            .map(s -> s.replaceFirst("SHARD \\d ON 'data-hot-\\d'", "SHARD # ON #"))
            .map(s -> s.replaceFirst("(?s) node\\['name'].*", ""))
            .toList());
  }

  private static boolean isFirstLook(String statement) {
    return Stream.of("SELECT id, name FROM", "SELECT health, ", "SELECT repository, ")
        .anyMatch(statement::startsWith);
  }

  @Test
  void psql_stops_at_the_first_error_and_what_must_be_checked_comes_first() {
    String sql = printed("--table", "events");
    assertTrue(sql.lines().limit(2).anyMatch("\\set ON_ERROR_STOP on"::equals), sql);
    assertTrue(TypedSql.statements(sql).stream().limit(3).allMatch(ExecuteTest::isFirstLook), sql);
    assertTrue(sql.contains("The cluster is id '"), sql);
  }

  @Test
  void rebalancing_stops_first_and_comes_back_as_it_was() {
    execute("SET GLOBAL PERSISTENT \"cluster.routing.rebalance.enable\" = 'primaries'");
    var statements = TypedSql.statements(printed("--table", "events"));
    assertEquals(
        "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'none'",
        statements.stream().filter(s -> !s.startsWith("SELECT")).findFirst().orElseThrow());
    statements.forEach(this::execute);
    assertEquals("primaries", drill.execute(Sql.rebalance()).get(0).text("rebalance"));
  }

  @Test
  void what_is_left_alone_stands_there_as_a_comment() {
    String sql = printed("--table", "frozen,archive");
    for (String table : List.of(" doc.frozen: ", " doc.archive: ")) {
      assertEquals(
          1, sql.lines().filter(l -> l.startsWith("-- ") && l.contains(table)).count(), sql);
    }
    assertEquals(List.of(), TypedSql.statements(sql));
  }

  @Test
  void a_partition_is_named_by_its_typed_values() {
    String sql = printed("--schema", "curvo");
    assertTrue(sql.contains("PARTITION (\"month\" = 1706745600000, \"region\" = NULL)"), sql);
    assertTrue(
        sql.contains("PARTITION (\"month\" = 1704067200000, \"region\" = 'eu:west {1}')"), sql);
    assertFalse(sql.contains("1709251200000"), sql);
  }
}
