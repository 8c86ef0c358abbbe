package xmover.observe;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.cluster.Sql;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.CopyState;
import xmover.detect.Hidden;
import xmover.detect.Thresholds;
import xmover.reset.JournalEntry;
import xmover.reset.PastReset;
import xmover.reset.ResetState;
import xmover.reset.RunIdentity;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.TestResults;
import xmover.reset.Unfinished;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.Hostile;
import xmover.table.PartitionValues;
import xmover.table.Printable;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** A name that does something when it is shown does nothing in any output, and is still told. */
class HostileNamesTest {
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
  private static final ReplicaSetting ONE = new ReplicaSetting("1");

  @TempDir private static Path folder;
  private static Map<String, String> innocent;

  @BeforeAll
  static void innocent() throws IOException {
    innocent = outputs("x");
  }

  static Stream<String> names() {
    return Hostile.texts();
  }

  private record Named(String name) {
    TableRef table() {
      return TableRef.of("doc", name);
    }

    TableRef partition() {
      return TableRef.of("doc", "t").partition(new PartitionValues("0407", Map.of("r", name)));
    }

    ClusterIdentity cluster() {
      return new ClusterIdentity("id", name, List.of("6.3.7"), List.of(name), name, false, "all");
    }

    RunIdentity run() {
      return new RunIdentity("run-1", name, name, NOW);
    }

    Analysis analysis() {
      return new Analysis(
          cluster(),
          Thresholds.DEFAULT,
          List.of(
              finding(table(), Verdict.reset(name)),
              finding(partition(), Verdict.reset(name)),
              finding(TableRef.of("doc", "left" + name), Verdict.skip(name))),
          new Hidden(false, 7, 0));
    }

    private Finding finding(TableRef table, Verdict verdict) {
      Finding plain = TestResults.of(table, "completed").finding();
      return new Finding(plain.relation(), plain.totals(), List.of(shard(table)), verdict);
    }

    private ShardCopy shard(TableRef table) {
      return new ShardCopy(
          table,
          1,
          false,
          name,
          name,
          Bytes.ZERO,
          Bytes.ZERO,
          Bytes.ZERO,
          5,
          Optional.empty(),
          Optional.empty(),
          Diagnosis.unknown(name));
    }

    RunReport report() {
      List<TableResult> results =
          Stream.of(
                  "completed",
                  "timed_out",
                  "failed",
                  "critical",
                  "not_cured",
                  "refused",
                  "flushed",
                  "changed_by_others")
              .flatMap(
                  word ->
                      Stream.of(TestResults.of(table(), word), TestResults.of(partition(), word)))
              .toList();
      return new RunReport(NOW, NOW, results, 0);
    }

    RunRecord record() {
      String sql = Sql.setReplicas(table(), ONE).text();
      var sent = new SqlTrail.Sent(NOW, Duration.ZERO, Optional.of(table()), sql, name);
      return new RunRecord(
          run(),
          Optional.of(cluster()),
          analysis().findings(),
          report(),
          List.of(sent),
          Optional.of(name),
          4);
    }

    Unfinished unfinished() {
      var entries =
          Stream.of(table(), partition())
              .map(
                  table ->
                      new JournalEntry(
                          run(),
                          table,
                          ONE,
                          4,
                          ResetState.MONITORING_LEASES,
                          Optional.empty(),
                          NOW))
              .toList();
      return new Unfinished(entries, List.of(), Optional.empty());
    }

    List<CopyState> copies() {
      return List.of(
          new CopyState(
              table(),
              0,
              true,
              name,
              Optional.of(name),
              Optional.empty(),
              1,
              Optional.of(name),
              10));
    }
  }

  /** All that is made of text, by what it is; none of it went through the last filter yet. */
  private static Map<String, String> outputs(String name) throws IOException {
    var named = new Named(name);
    var outputs = new LinkedHashMap<String, String>();
    outputs.put("analysis", new AnalysisText(named.analysis(), Terminal.NONE).render());
    outputs.put("sql", SqlByHand.of(named.analysis()));
    outputs.put("summary", new RunSummary(named.report(), Terminal.NONE).render());
    outputs.put("copies", CopiesText.render(named.copies(), Terminal.NONE));
    outputs.put("status", UnfinishedText.render(named.unfinished(), Terminal.NONE));
    outputs.put(
        "history",
        HistoryText.render(
            List.of(new PastReset(named.run(), named.table(), PastReset.Outcome.FAILED, name, NOW)),
            Terminal.NONE));
    outputs.put("plan", plan(named).render());
    outputs.put("live", live(name));
    for (String form : List.of("html", "md", "json")) {
      Path file = folder.resolve("report." + form);
      new ReportFile(file).write(named.record());
      outputs.put(form, Files.readString(file));
    }
    return outputs;
  }

  private static DryRunPlan plan(Named named) {
    var told =
        List.of(Sql.setReplicas(named.table(), ONE), Sql.setReplicas(named.partition(), ONE));
    return new DryRunPlan(named.report(), told, FollowedRun.POLICY, named.cluster());
  }

  private static String live(String name) {
    var run = FollowedRun.of("doc." + name);
    run.progress.connected(new Named(name).cluster());
    run.progress.stopping(name);
    return LiveView.of(run.progress.snapshot(), 200, 20).stream()
        .map(Object::toString)
        .collect(Collectors.joining("\n"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothing_of_it_is_shown_raw_and_no_line_is_forged(String name) throws IOException {
    outputs(name)
        .forEach(
            (what, text) -> {
              assertEquals(List.of(), Hostile.shownIn(text), () -> what + ":\n" + text);
              if (!what.equals("sql")) {
                assertEquals(innocent.get(what).lines().count(), text.lines().count(), what);
              }
            });
  }

  @ParameterizedTest
  @MethodSource("names")
  void no_line_of_the_sql_is_anything_but_a_comment_or_a_statement(String name) {
    String sql = SqlByHand.of(new Named(name).analysis());
    assertTrue(
        sql.lines()
            .allMatch(
                line ->
                    line.isEmpty()
                        || line.matches("-- .*|(ALTER|OPTIMIZE|SELECT|SET|FROM|WHERE|ORDER) .*")
                        || line.startsWith("  retention_leases")),
        sql);
  }

  @ParameterizedTest
  @MethodSource("names")
  void json_tells_it_exactly_and_holds_no_raw_character(String name) throws IOException {
    var named = new Named(name);
    String text = printed(AnalysisJson.of(named.analysis()).toPrettyString());
    assertEquals(List.of(), Hostile.shownIn(text), text);
    JsonNode json = new ObjectMapper().readTree(text);
    assertTrue(json.path("tables").findValuesAsText("table").contains(name), text);
    assertTrue(json.path("tables").findValuesAsText("r").contains(name), text);
    String report = Files.readString(reportOf(named));
    assertEquals(List.of(), Hostile.shownIn(report), report);
    assertEquals(name, new ObjectMapper().readTree(report).path("error").asText());
    String line = JsonLines.error(NOW, name, new IllegalStateException(name));
    assertEquals(1, line.lines().count(), line);
    assertEquals(List.of(), Hostile.shownIn(line), line);
    assertEquals(name, new ObjectMapper().readTree(line).path("error").asText());
  }

  private static Path reportOf(Named named) throws IOException {
    Path file = folder.resolve("exact.json");
    new ReportFile(file).write(named.record());
    return file;
  }

  /** Line breaks and tabs stay, what else is hidden is spelled out, and formulas are marked. */
  @ParameterizedTest
  @MethodSource("names")
  void csv_has_the_same_cells(String name) throws IOException {
    String text = printed(AnalysisCsv.of(new Named(name).analysis()));
    assertEquals(List.of(), Hostile.shownIn(text.replace("\t", "")), text);
    List<CSVRecord> records =
        CSVFormat.RFC4180.builder().setHeader().get().parse(new StringReader(text)).getRecords();
    assertEquals(3, records.size());
    String cell = (name.matches("(?s)[=+@\t\r-].*") ? "'" : "") + Printable.lines(name);
    assertTrue(records.stream().map(one -> one.get("table")).toList().contains(cell), text);
    for (CSVRecord one : records) {
      assertEquals(cell, one.get("nodes"));
      assertEquals(cell, one.get("reason"));
      assertEquals("4", one.get("primaries"));
    }
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_page_shows_it_as_text(String name) throws Exception {
    String page = outputs(name).get("html");
    var parsed =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(
                    page.substring(page.indexOf('\n')).getBytes(StandardCharsets.UTF_8)));
    assertEquals(0, parsed.getElementsByTagName("script").getLength());
    String shown = parsed.getDocumentElement().getTextContent();
    assertTrue(shown.contains(Printable.line(name)), shown);
  }

  @ParameterizedTest
  @MethodSource("names")
  void an_alert_tells_it_in_one_line(String name) {
    var alert = Alert.raised(Map.of("table", "doc." + name), Map.of("description", name), NOW);
    Stream.concat(alert.labels().values().stream(), alert.annotations().values().stream())
        .forEach(
            text -> {
              assertEquals(List.of(), Hostile.shownIn(text), text);
              assertEquals(1, text.lines().count(), text);
            });
  }

  @ParameterizedTest
  @MethodSource("names")
  void what_the_log_of_a_library_tells_begins_no_line_of_its_own(String name) {
    String entry = "2026-11-26 02:48:27 [WARN] it failed: " + name;
    String trace = "\nx.Failure: " + name + "\n\tat x.Y.z(Y.java:1)\n";
    String text = ConsoleLines.printable(entry + trace);
    assertTrue(text.contains("\n    x.Failure: "), text);
    assertTrue(text.endsWith("\n\tat x.Y.z(Y.java:1)\n"), text);
    assertEquals(List.of(), Hostile.shownIn(text.replace("\t", "")), text);
    assertEquals(1, text.lines().filter(line -> !line.startsWith("    ")).count() - 1, text);
  }

  @ParameterizedTest
  @MethodSource("names")
  void a_printed_line_is_one_line_whatever_it_holds(String name) {
    var text = new StringWriter();
    try (var out = new PrintableWriter(text, false)) {
      out.println("xmover: " + name);
      out.println((Object) new IllegalStateException(name));
      out.print(name.replaceAll("\\R", ""));
      out.append(name.replaceAll("\\R", "")).write(name.replaceAll("\\R", "").toCharArray());
    }
    String shown = text.toString().replace("\t", "");
    assertEquals(List.of(), Hostile.shownIn(shown), shown);
    assertEquals(3, shown.lines().count(), shown);
  }

  @Test
  void colours_pass_where_they_are_seen_and_nothing_else_does() {
    var text = new StringWriter();
    try (var out = new PrintableWriter(text, true)) {
      out.print("\u001b[31mred\u001b[0m \u001b[8mhidden\u001b[2J");
    }
    assertEquals("\u001b[31mred\u001b[0m \\u001b[8mhidden\\u001b[2J", text.toString());
  }

  private static String printed(String text) {
    var printed = new StringWriter();
    try (var out = new PrintableWriter(printed, false)) {
      out.print(text);
    }
    return printed.toString();
  }
}
