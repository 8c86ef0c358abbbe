package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlAnswer;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import cratesim.scenario.Scenario;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** SELECT in the simulated cluster means what it means in CrateDB. */
class SimulatedSqlTest {
  private final SimulatedCluster cluster =
      new SimulatedCluster(Scenario.load("recorded"), new SettableClock());
  private final SimulatedCopies crate = new SimulatedCopies(cluster);

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {
        "1 + 2 - 4                                    ; -1",
        "1 - (2 + 4)                                  ; -5",
        "'it''s' || ' ' || 1                          ; it's 1",
        "NOT FALSE AND TRUE                           ; true",
        "1 IN (2, 1) AND 2 = 3                        ; false",
        "NULL = NULL                                  ;",
        "NULL IS NULL                                 ; true",
        "NULL AND FALSE                               ; false",
        "NULL OR TRUE                                 ; true",
        "1 NOT IN (2, NULL)                           ;",
        "'Abc' LIKE 'A_c'                             ; true",
        "'Abc' ILIKE 'a%'                             ; true",
        "'a.c' LIKE 'abc'                             ; false",
        "5 = ANY(SELECT 5)                            ; true",
        "'12'::bigint + 1                             ; 13",
        "'t'::boolean                                 ; true",
        "coalesce(NULL, 'x')                          ; x",
        "array_length(ARRAY(SELECT 5), 1)             ; 1",
        "array_length(ARRAY(SELECT 5 WHERE FALSE), 1) ;",
        "current_user                                 ; crate",
        "(SELECT 5)                                   ; 5",
        "(SELECT name FROM sys.users WHERE FALSE)     ;"
      })
  void expressions_have_the_value_they_have_in_cratedb(String expression, String expected) {
    Object value = crate.cell("SELECT " + expression);
    assertEquals(expected, value == null ? null : value.toString());
  }

  @Test
  void parameters_may_be_numbered_or_question_marks() {
    assertEquals(List.of(List.of(2, 1)), crate.rows("SELECT $2, $1", 1, 2));
    assertEquals(List.of(List.of(1, 2)), crate.rows("SELECT ?, ?", 1, 2));
    assertEquals(
        8L,
        crate.cell(
            "SELECT count(*) FROM sys.shards WHERE table_name = ANY($1)", List.of("metrics")));
  }

  @Test
  void groups_are_counted_filtered_and_sorted() {
    assertEquals(
        List.of(List.of("bottleFieldData", 8L, 4L), List.of("metrics", 8L, 4L)),
        crate.rows(
            "SELECT table_name t, count(*), count(*) FILTER (WHERE NOT \"primary\")"
                + " FROM sys.shards GROUP BY table_name ORDER BY 2 DESC, t LIMIT 2"));
    assertEquals(List.of(List.of(0L)), crate.rows("SELECT count(*) FROM sys.snapshots"));
    assertEquals(List.of(), crate.rows("SELECT id, count(*) FROM sys.snapshots GROUP BY id"));
  }

  @Test
  void a_table_joins_its_shards() {
    assertEquals(
        List.of(List.of("zero", 1L)),
        crate.rows(
            "SELECT t.table_name, count(*) FROM information_schema.tables t"
                + " JOIN sys.shards s ON s.table_name = t.table_name AND s.schema_name ="
                + " t.table_schema WHERE t.number_of_replicas = '0' GROUP BY t.table_name"));
  }

  @Test
  void nulls_sort_last_ascending_and_first_descending() {
    String union = "SELECT 1 AS n UNION ALL SELECT NULL UNION ALL SELECT 2 ORDER BY n";
    assertEquals(Arrays.asList(1L, 2L, null), crate.column(union));
    assertEquals(Arrays.asList(null, 2L, 1L), crate.column(union + " DESC"));
    assertEquals(List.of(1L), crate.column(union + " LIMIT 1"));
  }

  @Test
  void subscripts_reach_into_objects_and_arrays_of_objects() {
    assertEquals(
        List.of("peer recovery"),
        crate.cell(
            "SELECT retention_leases['leases']['source'] FROM sys.shards"
                + " WHERE table_name = 'zero'"));
    assertEquals(
        List.of(1704067200000L),
        crate.column(
            "SELECT \"values\"['month'] FROM information_schema.table_partitions"
                + " WHERE \"values\"['region'] IS NOT NULL"));
  }

  @Test
  void columns_are_named_and_typed_without_executing() throws Exception {
    var columns =
        cluster.describe(
            "crate",
            "SELECT node['name'], count(*), sum(id) total FROM sys.shards GROUP BY node['name']");
    assertEquals(
        List.of(
            new SqlAnswer.Column("node['name']", ColumnType.TEXT),
            new SqlAnswer.Column("count", ColumnType.BIGINT),
            new SqlAnswer.Column("total", ColumnType.BIGINT)),
        columns);
    assertEquals(List.of(), cluster.describe("crate", "BEGIN"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sys.allocations",
        "sys.cluster",
        "sys.cluster_health",
        "sys.health",
        "sys.jobs",
        "sys.nodes",
        "sys.privileges",
        "sys.roles",
        "sys.shards",
        "sys.snapshots",
        "sys.users",
        "information_schema.columns",
        "information_schema.schemata",
        "information_schema.table_partitions",
        "information_schema.tables"
      })
  void every_system_table_can_be_looked_at_by_its_columns_in_alphabetical_order(String table)
      throws Exception {
    var answer = cluster.execute("crate", "SELECT * FROM " + table, List.of());
    var names = answer.columns().stream().map(SqlAnswer.Column::name).toList();
    assertEquals(names.stream().sorted().toList(), names);
    assertTrue(answer.rows().stream().allMatch(row -> row.size() == names.size()));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "SELECT nope FROM sys.shards                 | 4043 | 42703 | Column nope unknown",
        "SELECT node['nope'] FROM sys.shards         | 4043 | 42703 | Column node['nope'] unknown",
        "SELECT 1 FROM sys.nope                      | 4041 | 42P01 | Relation 'sys.nope' unknown",
        "SELECT 1 FROM doc.nope                      | 4041 | 42P01 | Relation 'doc.nope' unknown",
        "SELECT 1 FROM nope.nope                     | 4045 | 3F000 | Schema 'nope' unknown",
        "SELECT 1 FROM sys.nodes WHERE               | 4000 | 42601 | line 1:30",
        "SELECT 1 1                                  | 4000 | 42601 | line 1:10",
        "SELECT 'open                                | 4000 | 42601 | line 1:8",
        "SELECT nope(1)                              | 4004 | 0A000 | Unknown function:"
            + " nope(bigint)",
        "SELECT name, count(*) FROM sys.nodes        | 4000 | XX000 | must appear in the GROUP BY",
        "COPY t FROM 'x'                             | 4004 | 0A000 | COPY"
      })
  void what_is_wrong_is_told_as_cratedb_does(
      String sql, int code, String sqlState, String message) {
    SqlError error = crate.refused(sql);
    assertEquals(code, error.code());
    assertEquals(sqlState, error.sqlState());
    assertTrue(error.getMessage().contains(message), error.getMessage());
  }

  @Test
  void where_a_long_statement_is_wrong_is_told_by_its_line_and_column() {
    SqlError error = crate.refused("SELECT 1\n-- one\n  FROM sys.nodes\n WHERE 1 1\n LIMIT 1");
    assertTrue(error.getMessage().contains("line 4:10: "), error.getMessage());
  }
}
