package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import cratesim.faults.Fault;
import cratesim.model.SqlError;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cli.Operator.Outcome;
import xmover.table.Hostile;

/** Names and messages of a server that mean harm reach no terminal, and can still be typed. */
class HostileServerTest {
  private static final String FORGED = "x\u001b[2J\n2026-11-26 02:48:27 [INFO] all is well \u202e";
  private static final String STUCK =
      "\"shards\": 1, \"replicas\": \"1\", \"stuck_translog\": \"3gb\"";
  private static final String TABLES =
      """
      {"name": "doc.a\\u001b[31m\\n[INFO]\\u202e", %1$s},
      {"name": "doc.p", %1$s, "partitioned_by": ["r"],
       "partitions": [{"values": ["NULL"]}, {"values": [null]}, {"values": ["x\\ny\\u009b'"]}]}
      """
          .formatted(STUCK);

  @TempDir private Path folder;
  private WiredCluster cluster;

  @BeforeEach
  void start() throws IOException {
    cluster = new WiredCluster(folder, "", TABLES);
  }

  @AfterEach
  void stop() {
    cluster.close();
  }

  private Outcome types(String... words) {
    var all = new ArrayList<>(List.of(words));
    all.addAll(List.of("--connect", cluster.pg()));
    return clean(Operator.types(all.toArray(String[]::new)));
  }

  private static Outcome clean(Outcome outcome) {
    assertEquals(List.of(), Hostile.shownIn(outcome.out()), outcome.out());
    assertEquals(List.of(), Hostile.shownIn(outcome.err().replace("\n\tat ", "")), outcome.err());
    return outcome;
  }

  /** The names of the tables that qualify, as they are printed. */
  private List<String> printed() {
    return types("detect")
        .out()
        .lines()
        .filter(line -> line.endsWith("| reset"))
        .map(line -> line.substring(1, line.indexOf(" |")).strip())
        .toList();
  }

  @Test
  void a_name_that_is_printed_is_a_name_that_can_be_typed() {
    List<String> names = printed();
    assertEquals(4, names.size(), names.toString());
    assertTrue(names.contains("doc.p[r=NULL]"), names.toString());
    assertTrue(names.contains("doc.p[r='NULL']"), names.toString());
    for (String name : names) {
      Outcome plan = types("reset", "--dry-run", name);
      assertEquals(0, plan.exitCode(), plan.err());
      assertEquals(
          1, plan.out().lines().filter(l -> l.startsWith(name + ": ")).count(), plan.out());
      assertEquals(0, types("monitor", name).exitCode());
    }
  }

  @Test
  void the_analysis_is_clean_in_every_form() throws IOException {
    Outcome csv = types("problematic-translogs", "--output", "csv");
    var rows = CSVFormat.RFC4180.parse(new StringReader(csv.out())).getRecords();
    assertEquals(1 + 4, rows.size(), csv.out());
    var json = types("problematic-translogs", "--output", "json").json();
    assertTrue(json.findValuesAsText("table").contains("a\u001b[31m\n[INFO]\u202e"));
    assertEquals(0, types("status").exitCode());
  }

  @Test
  void sql_to_type_spells_a_value_out_and_gives_way_to_a_command_where_it_can_not() {
    String sql = types("problematic-translogs", "--execute").out();
    assertTrue(
        sql.contains(
            "\nALTER TABLE \"doc\".\"p\" PARTITION (\"r\" = E'x\\ny\\u009b''') SET"
                + " (\"number_of_replicas\" = '0');"),
        sql);
    assertTrue(sql.contains("\n--   xmover reset 'doc.a\\u001b\\u005b31m\\n"), sql);
    assertTrue(sql.lines().noneMatch(line -> line.startsWith("[INFO]")), sql);
  }

  @Test
  void a_partition_with_an_unprintable_value_is_healed_by_the_sql_to_type() {
    List<String> before = printed();
    TypedSql.statements(types("problematic-translogs", "--execute").out()).stream()
        .filter(statement -> statement.contains("E'x") && statement.contains("SET ("))
        .forEach(cluster::execute);
    List<String> after = printed();
    assertEquals(before.size() - 1, after.size(), after.toString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"detect", "test-connection", "status", "restore"})
  void what_a_server_refuses_with_is_one_line(String command) {
    cluster.faults.set(
        Fault.on("", new Fault.Fail(new SqlError(400, 4000, "XX000", "SQLParse[" + FORGED + "]"))));
    for (String url : List.of(cluster.pg(), cluster.http())) {
      Outcome plain = clean(Operator.types(command, "--connect", url));
      assertEquals(1, plain.exitCode());
      assertEquals(1, plain.err().lines().count(), plain.err());
      assertTrue(plain.err().startsWith("xmover: "), plain.err());
      Outcome traced = clean(Operator.types(command, "--debug", "--connect", url));
      assertTrue(traced.err().contains("\tat "), traced.err());
      assertTrue(
          traced.err().lines().allMatch(line -> line.matches("(xmover|\\tat|[\\w.]+|Caused by).*")),
          traced.err());
      assertTrue(traced.err().lines().noneMatch(line -> line.startsWith("2026")), traced.err());
    }
  }

  @Test
  void what_was_typed_wrong_is_one_line_of_json_that_parses() throws IOException {
    Outcome outcome = types("restore", "--log-format", "json", "--" + FORGED);
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    String error = new ObjectMapper().readTree(outcome.err()).path("error").asText();
    assertTrue(error.contains("\u001b[2J\n2026"), error);
  }

  @Test
  void what_was_typed_wrong_is_told_in_one_line() {
    Outcome outcome = types("detect", "--table", FORGED);
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    outcome = types("restore", FORGED);
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    outcome = types("detect", "--output", FORGED);
    assertEquals(2, outcome.err().lines().count(), outcome.err());
  }
}
