package xmover.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import xmover.detect.ClusterIdentity;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.TestResults;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.KnownBug;
import xmover.table.ShardCopy;
import xmover.table.TableRef;

/** The report of a run: everything is in it, in each form, and no name breaks it. */
class RunReportTest {
  private static final Instant START = Instant.parse("2024-01-15T10:30:00Z");
  private static final TableRef EVIL =
      TableRef.of("doc", "<img src=x onerror=alert(1)> | `a` & \n# b");

  @TempDir Path folder;

  private static RunRecord record() {
    List<TableResult> results =
        List.of(
            TestResults.of("doc.healed", "completed"),
            TestResults.of(EVIL, "critical"),
            TestResults.of("doc._t_ ~x~", "not_started"));
    return new RunRecord(
        new RunIdentity("run-1", "ops", "laptop", START),
        Optional.of(
            new ClusterIdentity(
                "id-1", "prod", List.of("6.3.7"), List.of("a", "b"), "crate", true, "all")),
        results.stream().map(TableResult::finding).map(RunReportTest::diagnosed).toList(),
        new RunReport(START, START.plusSeconds(90), results, 2),
        List.of(
            new SqlTrail.Sent(
                START.plusSeconds(1),
                Duration.ofMillis(120),
                Optional.of(EVIL),
                "ALTER TABLE \"doc\".\"<x>\" SET (\"number_of_replicas\" = '0')",
                "ok")),
        Optional.empty(),
        4);
  }

  /** With a copy that has a hole. */
  private static Finding diagnosed(Finding finding) {
    var bug = new KnownBug("6.0.4", "a NULL in an OBJECT");
    var shard =
        new ShardCopy(
            finding.table(),
            2,
            false,
            "STARTED",
            "data-hot-2",
            new Bytes(9),
            new Bytes(9),
            new Bytes(9),
            5,
            Optional.empty(),
            Optional.empty(),
            new Diagnosis(Diagnosis.Kind.HOLE, "operation 91 is missing", Optional.of(bug)));
    return new Finding(finding.relation(), finding.totals(), List.of(shard), finding.verdict());
  }

  private String written(String name) throws Exception {
    Path file = folder.resolve(name);
    new ReportFile(file).write(record());
    return Files.readString(file);
  }

  @Test
  void json_holds_what_was_found_done_and_sent_with_the_times_and_what_to_do() throws Exception {
    JsonNode json = new ObjectMapper().readTree(written("report.json"));
    assertEquals(4, json.path("exit_code").asInt());
    assertEquals(90_000, json.path("elapsed_ms").asLong());
    assertEquals(3, json.path("found").size());
    JsonNode diagnosis = json.at("/found/0/shards/0/diagnosis");
    assertEquals("hole", diagnosis.path("kind").asText());
    assertEquals("6.0.4", diagnosis.path("fixed_in").asText());
    JsonNode critical = json.path("results").path(1);
    assertEquals(EVIL.name(), critical.path("table").asText());
    assertEquals("1-all", critical.path("original_replicas").asText());
    assertEquals("failed", critical.path("restore").asText());
    assertTrue(
        critical.path("next_steps").path(0).asText().contains("Run now: xmover restore 'doc.<img"));
    assertEquals("ok", json.path("statements").path(0).path("outcome").asText());
  }

  @Test
  void no_name_becomes_markup_in_html() throws Exception {
    String page = written("report.html");
    Document parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    page.substring(page.indexOf('\n')).getBytes(StandardCharsets.UTF_8)));
    assertEquals(0, parsed.getElementsByTagName("img").getLength());
    assertEquals(0, parsed.getElementsByTagName("script").getLength());
    assertTrue(parsed.getDocumentElement().getTextContent().contains("<img src=x"));
  }

  @Test
  void a_name_with_bars_and_line_breaks_keeps_every_row_of_the_markdown_whole() throws Exception {
    String text = written("report.md");
    long rows = text.lines().filter(line -> line.startsWith("|") && line.endsWith("|")).count();
    assertEquals((2 + 2) + (1 + 2) + (3 + 2) + (3 + 2) + (1 + 2), rows, text);
    assertTrue(
        text.contains("| hole: operation 91 is missing | 6.0.4 | a NULL in an OBJECT |"), text);
    assertFalse(text.lines().anyMatch(line -> line.startsWith("# b")), text);
    assertFalse(text.contains("<img"), text);
  }

  @Test
  void a_name_with_underscores_or_tildes_is_not_set_in_italics_or_struck_out() throws Exception {
    assertTrue(written("report.md").contains("doc.\\_t\\_ \\~x\\~"), written("report.md"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"report.txt", "report", "json"})
  void another_ending_is_refused_before_the_run(String name) {
    var refused =
        assertThrows(IllegalArgumentException.class, () -> new ReportFile(folder.resolve(name)));
    assertTrue(refused.getMessage().contains(".json, .html or .md"), refused.getMessage());
  }

  @Test
  void a_folder_that_is_not_there_is_refused_before_the_run() {
    assertThrows(
        IllegalArgumentException.class, () -> new ReportFile(folder.resolve("no/report.json")));
  }

  @Test
  void a_second_report_takes_the_place_of_the_first_and_leaves_nothing_aside() throws Exception {
    written("report.md");
    written("report.md");
    try (var files = Files.list(folder)) {
      assertEquals(1, files.count());
    }
  }
}
