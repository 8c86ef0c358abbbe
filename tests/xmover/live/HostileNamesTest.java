package xmover.live;

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
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.alert.Alert;
import xmover.json.AnalysisCsv;
import xmover.json.AnalysisJson;
import xmover.log.JsonLines;
import xmover.log.LogOutput;
import xmover.print.PrintableWriter;
import xmover.print.SqlByHand;
import xmover.report.ReportFile;
import xmover.table.Hostile;
import xmover.table.Printable;

/** A name that does something when it is shown does nothing in any output, and is still told. */
class HostileNamesTest {
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");

  @TempDir private static Path folder;
  private static Map<String, String> innocent;

  @BeforeAll
  static void innocent() throws IOException {
    innocent = new EveryOutput("x").written(folder);
  }

  static Stream<String> names() {
    return Hostile.texts();
  }

  @ParameterizedTest
  @MethodSource("names")
  void nothing_of_it_is_shown_raw_and_no_line_is_forged(String name) throws IOException {
    new EveryOutput(name)
        .written(folder)
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
    String sql = SqlByHand.of(new EveryOutput(name).analysis());
    assertTrue(
        sql.lines()
            .allMatch(
                line ->
                    line.isEmpty()
                        || line.equals("\\set ON_ERROR_STOP on")
                        || line.matches("-- .*|(ALTER|OPTIMIZE|SELECT|SET|FROM|WHERE|ORDER) .*")
                        || line.startsWith("  retention_leases")),
        sql);
  }

  @ParameterizedTest
  @MethodSource("names")
  void json_tells_it_exactly_and_holds_no_raw_character(String name) throws IOException {
    var named = new EveryOutput(name);
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

  private static Path reportOf(EveryOutput named) throws IOException {
    Path file = folder.resolve("exact.json");
    new ReportFile(file).write(named.record());
    return file;
  }

  /** Line breaks and tabs stay, what else is hidden is spelled out, and formulas are marked. */
  @ParameterizedTest
  @MethodSource("names")
  void csv_has_the_same_cells(String name) throws IOException {
    String text = printed(AnalysisCsv.of(new EveryOutput(name).analysis()));
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
    String page = new EveryOutput(name).written(folder).get("html");
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
    String text = LogOutput.printable(entry + trace);
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
