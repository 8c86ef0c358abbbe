package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** The analysis as an operator gets it, from the drill over both of its wires. */
class AnalysisCommandTest {
  private static final String MARCH = "curvo.bottleFieldData {\"month\":1704067200000,\"region\":";
  private static final Map<String, String> DRILL =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry(
                  "doc.events null", "0-1 reset: worst replica at N % of its flush threshold"),
              Map.entry("doc.metrics null", "1 reset: worst replica at N % of its flush threshold"),
              Map.entry(
                  "doc.sessions null", "1-all reset: worst replica at N % of its flush threshold"),
              Map.entry("doc.orders null", "2 reset: worst replica at N % of its flush threshold"),
              Map.entry(
                  "Mixed.CamelCase null", "1 reset: worst replica at N % of its flush threshold"),
              Map.entry("blob.pics null", "1 reset: worst replica at N % of its flush threshold"),
              Map.entry(
                  MARCH + "\"eu:west {1}\"}",
                  "1 reset: worst replica at N % of its flush threshold"),
              Map.entry(
                  "curvo.bottleFieldData {\"month\":1706745600000,\"region\":null}",
                  "0-1 reset: worst replica at N % of its flush threshold"),
              Map.entry(
                  "doc.archive null",
                  "0 skip: number_of_replicas is already 0: no replica to reset"),
              Map.entry(
                  "doc.frozen null",
                  "1 refused: read-only (blocks.read_only or read_only_allow_delete is set)"),
              Map.entry(
                  "doc.payments null",
                  "1 refused: write.wait_for_active_shards = 2 forbids 0 replicas; set it to 1"
                      + " first"),
              Map.entry("doc.bulk null", "1 skip: worst replica at N % of its flush threshold")));

  @TempDir private static Path folder;
  private static WiredCluster drill;

  @BeforeAll
  static void start() throws IOException {
    drill = WiredCluster.withUsers(folder);
  }

  @AfterAll
  static void stop() {
    drill.close();
  }

  @BeforeEach
  void nothing_goes_wrong() {
    drill.faults.set();
  }

  static List<String> urls() {
    return drill.urls("crate");
  }

  @ParameterizedTest
  @MethodSource("urls")
  void each_table_of_the_drill_has_its_action_and_reason(String url) {
    var found = new TreeMap<String, String>();
    for (JsonNode table : tables("--connect", url)) {
      String reason =
          table
              .path("reason")
              .asText()
              .replaceFirst("at \\d+ %( of its flush threshold).*", "at N %$1");
      found.put(
          name(table) + " " + table.path("partition"),
          "%s %s: %s"
              .formatted(
                  table.path("number_of_replicas").asText(),
                  table.path("action").asText(),
                  reason));
    }
    assertEquals(DRILL, found);
  }

  @Test
  void the_embedded_drill_is_the_same_cluster() {
    assertEquals(
        names(tables("--connect", urls().get(0))), names(tables("--connect", "sim:drill")));
  }

  @ParameterizedTest
  @MethodSource("urls")
  void json_has_the_promised_fields_and_no_others(String url) {
    JsonNode json = Operator.types("detect", "--output", "json", "--connect", url).json();
    assertEquals("[cluster, early, given_up, hidden, long_texts, shards, tables]", fields(json));
    for (JsonNode table : json.path("tables")) {
      assertEquals(
          "[action, flush_threshold_bytes, max_uncommitted_bytes, number_of_replicas, partition,"
              + " partition_ident, percent_of_threshold, primaries, primary_bytes,"
              + " problematic_replicas, reason, replicas, schema, table]",
          fields(table));
    }
    for (JsonNode shard : json.path("shards")) {
      assertTrue(shard.path("uncommitted_bytes").asLong() > 512L << 20, shard.toString());
      assertTrue(shard.path("node").asText().startsWith("data-hot-"), shard.toString());
    }
  }

  @Test
  void sizes_in_json_are_raw_numbers_of_the_table_itself() {
    JsonNode bulk = tables("--table", "bulk", "--connect", urls().get(0)).get(0);
    assertEquals(2L << 30, bulk.path("flush_threshold_bytes").asLong());
    assertEquals(2, bulk.path("problematic_replicas").asInt());
    long worst = bulk.path("max_uncommitted_bytes").asLong();
    assertEquals(100.0 * worst / (2L << 30), bulk.path("percent_of_threshold").asDouble(), 0.01);
  }

  @Test
  void worst_comes_first_and_what_is_left_alone_last() {
    var actions = new ArrayList<String>();
    double before = Double.MAX_VALUE;
    for (JsonNode table : tables("--connect", urls().get(0))) {
      String action = table.path("action").asText();
      actions.add(action);
      double percent = table.path("percent_of_threshold").asDouble();
      assertTrue(percent <= before || actions.indexOf(action) == actions.size() - 1);
      before = percent;
    }
    assertEquals(List.of("reset", "refused", "skip"), actions.stream().distinct().toList());
    assertEquals(12, actions.size());
  }

  @Test
  void csv_has_a_header_and_a_row_per_table_or_partition() {
    var outcome = Operator.types("detect", "--output", "csv", "--connect", urls().get(1));
    List<String> lines = outcome.out().lines().toList();
    assertEquals(1 + DRILL.size(), lines.size());
    assertTrue(
        lines
            .get(0)
            .startsWith("schema,table,partition,partition_ident,number_of_replicas,primaries,"));
    assertTrue(outcome.out().contains("Mixed,CamelCase,,,1,2,2,2,"), outcome.out());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void text_names_every_table_and_why_it_is_left_alone() {
    var outcome = Operator.types("problematic-translogs", "--connect", urls().get(0));
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("", outcome.err());
    for (JsonNode table : tables("--connect", urls().get(0))) {
      assertTrue(outcome.out().contains(name(table)), outcome.out());
      if (!table.path("action").asText().equals("reset")) {
        assertTrue(outcome.out().contains(table.path("reason").asText()), outcome.out());
      }
    }
  }

  @Test
  void nothing_problematic_is_said_as_such() {
    var outcome = Operator.types("problematic-translogs", "--connect", "sim:quiet");
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.out().contains("No replica holds more than 512.0 MB"), outcome.out());
  }

  @Test
  void nothing_problematic_is_said_of_the_tables_that_were_asked_for() {
    var outcome =
        Operator.types("detect", "--connect", "sim:drill", "--table", "users", "--table", "inv*");
    assertTrue(outcome.out().contains(" translog, in 2 of 13 tables.\n"), outcome.out());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--table events            | doc.events",
        "--table doc.events        | doc.events",
        "--table events,orders     | doc.events doc.orders",
        "--table events --table o* | doc.events doc.orders",
        "--table *.Camel*,Mixed.*  | Mixed.CamelCase",
        "--table pic?              | blob.pics",
        "--schema blob,Mixed       | Mixed.CamelCase blob.pics",
        "--schema cur*             | curvo.bottleFieldData",
        "--schema doc --exclude o*,m*,archive,doc.b*,pay*,frozen | doc.events doc.sessions",
        "--exclude doc.*           | Mixed.CamelCase blob.pics curvo.bottleFieldData",
      })
  void names_and_globs_choose_the_tables(String options, String expected) {
    var typed = new ArrayList<>(List.of(options.split(" ")));
    typed.addAll(List.of("--connect", urls().get(0)));
    assertEquals(expected, String.join(" ", names(tables(typed.toArray(String[]::new)))));
  }

  @Test
  void a_lower_size_shows_more_and_a_lower_percentage_qualifies_more() {
    String url = urls().get(0);
    List<JsonNode> some = tables("--connect", url);
    List<JsonNode> more = tables("--connect", url, "--sizeMB", "7.5");
    assertTrue(more.size() > some.size(), names(more).toString());
    JsonNode bulk = tables("--connect", url, "--table", "bulk", "--percentage", "70").get(0);
    assertEquals("reset", bulk.path("action").asText());
  }

  @Test
  void four_statements_two_for_the_cause_and_the_proof_of_the_cluster_are_enough() {
    int before = drill.log.arrivals().size();
    // Some copy reports nothing, so that CrateDB is asked why.
    Operator.types("detect", "--exclude", "bulk", "--connect", drill.http());
    assertEquals(8, drill.log.arrivals().size() - before);
    // In doc.bulk copies miss an operation below the percentage, so that they are looked at twice.
    Operator.types("detect", "--connect", drill.http());
    assertEquals(17, drill.log.arrivals().size() - before);
  }

  @Test
  void who_finds_nothing_asks_for_no_cause() {
    int before = drill.log.arrivals().size();
    Operator.types("detect", "--exclude", "bulk", "--sizeMB", "900000", "--connect", drill.http());
    // One more looks again at the copies that are below this size and miss an operation.
    assertEquals(7, drill.log.arrivals().size() - before);
  }

  private static List<JsonNode> tables(String... options) {
    var typed = new ArrayList<>(List.of(options));
    typed.addAll(List.of("--output", "json"));
    var outcome = Operator.types(detect(typed));
    assertEquals(0, outcome.exitCode(), outcome.err());
    return StreamSupport.stream(outcome.json().path("tables").spliterator(), false).toList();
  }

  private static String[] detect(List<String> options) {
    var typed = new ArrayList<>(List.of("detect"));
    typed.addAll(options);
    return typed.toArray(String[]::new);
  }

  private static List<String> names(List<JsonNode> tables) {
    return tables.stream().map(AnalysisCommandTest::name).distinct().sorted().toList();
  }

  private static String name(JsonNode table) {
    return table.path("schema").asText() + "." + table.path("table").asText();
  }

  private static String fields(JsonNode object) {
    var names = new TreeSet<String>();
    object.fieldNames().forEachRemaining(names::add);
    return names.toString();
  }
}
