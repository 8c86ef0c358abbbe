package xmover.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.StringReader;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.commons.csv.CSVFormat;
import org.junit.jupiter.api.Test;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Hidden;
import xmover.detect.Thresholds;
import xmover.json.AnalysisCsv;
import xmover.json.AnalysisJson;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.KnownBug;
import xmover.table.PartitionValues;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

class AnalysisOutputTest {
  private static final Bytes WORST = new Bytes(1_288_490_189);
  private static final Diagnosis HOLE =
      new Diagnosis(
          Diagnosis.Kind.HOLE,
          "operation 91 is missing",
          Optional.of(new KnownBug("6.0.4", "a NULL")));

  @Test
  void json_has_every_field_with_raw_bytes_and_typed_partition_values() throws Exception {
    String text = AnalysisJson.of(analysis(partition(), table("doc.\"x\n"))).toString();
    JsonNode json = new ObjectMapper().readTree(text);
    JsonNode first = json.get("tables").get(0);
    assertEquals("curvo", first.get("schema").textValue());
    assertEquals("bottleFieldData", first.get("table").textValue());
    assertEquals(1704067200000L, first.get("partition").get("month").longValue());
    assertEquals("eu:west {1}", first.get("partition").get("region").textValue());
    assertTrue(first.get("partition").get("none").isNull());
    assertEquals("p1", first.get("partition_ident").textValue());
    assertEquals("0-1", first.get("number_of_replicas").textValue());
    assertEquals(2, first.get("primaries").intValue());
    assertEquals(3, first.get("replicas").intValue());
    assertEquals(1, first.get("problematic_replicas").intValue());
    assertEquals(WORST.value(), first.get("max_uncommitted_bytes").longValue());
    assertEquals(536870912L, first.get("flush_threshold_bytes").longValue());
    assertEquals(240.0, first.get("percent_of_threshold").doubleValue(), 0.01);
    assertEquals(4096, first.get("primary_bytes").intValue());
    assertEquals("reset", first.get("action").textValue());
    assertEquals("because", first.get("reason").textValue());
    JsonNode second = json.get("tables").get(1);
    assertTrue(second.get("partition").isNull());
    assertEquals("", second.get("partition_ident").textValue());
    assertEquals("\"x\n", second.get("table").textValue());
    assertEquals(2, json.get("shards").size());
    assertEquals("data-hot-1", json.get("shards").get(0).get("node").textValue());
    JsonNode shard = json.get("shards").get(0);
    assertEquals(90, shard.get("local_checkpoint").intValue());
    assertEquals(3, shard.get("flushes").intValue());
    JsonNode diagnosis = shard.get("diagnosis");
    assertEquals("hole", diagnosis.get("kind").textValue());
    assertEquals("operation 91 is missing", diagnosis.get("text").textValue());
    assertEquals("6.0.4", diagnosis.get("fixed_in").textValue());
    assertEquals("a NULL", diagnosis.get("known_bug").textValue());
    assertEquals("xm", json.get("cluster").get("name").textValue());
    assertFalse(json.get("hidden").get("note").textValue().isEmpty());
  }

  @Test
  void csv_has_one_record_per_table_whatever_a_name_contains() throws Exception {
    String text = AnalysisCsv.of(analysis(partition(), table("doc.a,\"b\n")));
    var records =
        CSVFormat.RFC4180.builder().setHeader().get().parse(new StringReader(text)).getRecords();
    assertEquals(2, records.size());
    assertEquals("a,\"b\n", records.get(1).get("table"));
    assertEquals(String.valueOf(WORST.value()), records.get(0).get("max_uncommitted_bytes"));
    assertEquals("hole", records.get(0).get("diagnoses"));
    assertEquals("6.0.4", records.get(0).get("fixed_in"));
  }

  @Test
  void csv_of_no_table_is_the_header() {
    String text = AnalysisCsv.of(analysis());
    assertEquals(1, text.lines().count(), text);
    assertTrue(text.startsWith("schema,table,partition,"), text);
    assertTrue(text.endsWith(",fixed_in\r\n"), text);
  }

  @Test
  void text_fits_the_terminal_and_is_plain_without_colours() {
    String text =
        new AnalysisText(analysis(partition(), table("doc.metrics")), new Terminal(80, false))
            .render();
    assertTrue(
        text.lines().filter(line -> line.contains("|")).allMatch(line -> line.length() <= 80),
        text);
    assertFalse(text.contains("\u001b"));
    assertTrue(text.contains("doc.metrics"));
  }

  @Test
  void text_says_why_and_which_tables_may_have_met_a_known_bug() {
    String text =
        new AnalysisText(analysis(table("doc.a"), table("doc.b\n")), Terminal.NONE).render();
    assertEquals(2, text.lines().filter(line -> line.endsWith("| hole")).count(), text);
    assertEquals(1, text.lines().filter(line -> line.startsWith(" hole    = ")).count(), text);
    assertTrue(
        text.contains("fixed in 6.0.4 (take the newest release): a NULL (doc.a, doc.b\\n)"), text);
    assertFalse(text.contains("lagging"), text);
  }

  @Test
  void nothing_is_cut_off_in_a_pipe() {
    String text = new AnalysisText(analysis(partition()), Terminal.NONE).render();
    assertTrue(
        text.contains("curvo.bottleFieldData[month=1704067200000,region=eu:west {1},none=NULL]"));
  }

  @Test
  void a_name_can_not_write_on_the_operators_terminal() {
    String text =
        new AnalysisText(analysis(table("doc.\u001b[31mred\u202e")), new Terminal(120, false))
            .render();
    assertFalse(text.contains("\u001b"));
    assertFalse(text.contains("\u202e"));
  }

  @Test
  void nothing_found_by_a_user_who_sees_little_is_no_all_clear() {
    String text = new AnalysisText(analysis(), Terminal.NONE).render();
    assertTrue(text.contains("in 7 tables this user can see"), text);
    assertTrue(text.contains("Not seen: "), text);
  }

  @Test
  void sql_by_hand_restores_the_original_setting_and_what_rebalancing_was() {
    String sql = SqlByHand.of(analysis(partition(), skipped("doc.frozen")));
    List<String> statements =
        sql.lines().filter(line -> !line.startsWith("--") && line.endsWith(";")).toList();
    String target =
        "\"curvo\".\"bottleFieldData\" PARTITION (\"month\" = 1704067200000,"
            + " \"region\" = 'eu:west {1}', \"none\" = NULL)";
    assertEquals(
        List.of(
            "SELECT id, name FROM sys.cluster;",
            "SELECT health, sum(missing_shards) AS missing_shards FROM sys.health GROUP BY health;",
            "SELECT repository, name FROM sys.snapshots WHERE state = 'IN_PROGRESS';",
            "SELECT settings['cluster']['routing']['rebalance']['enable'] AS rebalance FROM"
                + " sys.cluster;",
            "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'none';",
            "ALTER TABLE "
                + target
                + " REROUTE CANCEL SHARD 1 ON 'data-hot-1' WITH (allow_primary = false);",
            "ALTER TABLE " + target + " SET (\"number_of_replicas\" = '0');",
            "OPTIMIZE TABLE " + target + " WITH (flush = false, max_num_segments = 10000);",
            "ORDER BY id;",
            "ALTER TABLE " + target + " SET (\"number_of_replicas\" = '0-1');",
            "SET GLOBAL TRANSIENT \"cluster.routing.rebalance.enable\" = 'new_primaries';"),
        statements.stream().map(String::strip).toList());
    assertFalse(sql.contains("ALTER TABLE \"doc\".\"frozen\""));
    assertTrue(sql.contains("-- Left alone: doc.frozen"));
  }

  @Test
  void a_line_break_in_a_name_never_ends_a_comment() {
    String sql = SqlByHand.of(analysis(skipped("doc.x\nDROP TABLE y;")));
    assertTrue(sql.lines().allMatch(line -> line.startsWith("--")), sql);
  }

  private static Analysis analysis(Finding... findings) {
    return new Analysis(
        new ClusterIdentity(
            "id",
            "xm",
            List.of("6.3.7"),
            List.of("data-hot-1", "data-hot-2"),
            "crate",
            false,
            "new_primaries"),
        Thresholds.DEFAULT,
        List.of(findings),
        new Hidden(false, 7, 0));
  }

  private static Finding partition() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("month", 1704067200000L);
    values.put("region", "eu:west {1}");
    values.put("none", null);
    var table = TableRef.of("curvo", "bottleFieldData");
    return finding(
        table.partition(new PartitionValues("p1", values)), "0-1", Verdict.reset("because"));
  }

  private static Finding table(String fullName) {
    return finding(ref(fullName), "1", Verdict.reset("because"));
  }

  private static Finding skipped(String fullName) {
    return finding(ref(fullName), "1", Verdict.skip("read-only"));
  }

  private static TableRef ref(String fullName) {
    int dot = fullName.indexOf('.');
    return TableRef.of(fullName.substring(0, dot), fullName.substring(dot + 1));
  }

  private static Finding finding(TableRef table, String replicas, Verdict verdict) {
    var shard =
        new ShardCopy(
            table,
            1,
            false,
            "STARTED",
            "data-hot-1",
            new Bytes(9),
            WORST,
            WORST,
            5,
            Optional.of(new Checkpoints(100, 90, 80)),
            Optional.of(3L),
            HOLE);
    return new Finding(
        new Relation(
            table,
            Optional.of(new ReplicaSetting(replicas)),
            Optional.of(Bytes.megabytes(512)),
            false,
            false,
            false,
            "1",
            true,
            Optional.empty()),
        new ShardTotals(2, 3, 1, Optional.of(WORST), Optional.empty(), new Bytes(4096), 0),
        List.of(shard),
        verdict);
  }
}
