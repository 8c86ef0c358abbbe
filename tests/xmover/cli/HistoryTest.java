package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What {@code history} tells of what runs did: when, by whom, why, how long, and the outcome. */
class HistoryTest {
  @TempDir private Path folder;
  private WiredDrill drill;

  @BeforeEach
  void start() {
    drill = new WiredDrill(folder);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private void heals(String typed) {
    assertEquals(0, drill.run(typed.split(" ")), drill::said);
    drill.forget();
  }

  /** What it prints on stdout, in a process that has a stderr beside it. */
  private Operator.Outcome history(String... more) {
    List<String> typed = new ArrayList<>(List.of("history", "--connect", drill.url()));
    typed.addAll(List.of(more));
    return drill.types(Map.of(), typed.toArray(String[]::new));
  }

  private List<JsonNode> resets(String... more) {
    String[] all =
        Stream.concat(Stream.of("--output", "json"), Stream.of(more)).toArray(String[]::new);
    List<JsonNode> resets = new ArrayList<>();
    history(all).json().path("resets").forEach(resets::add);
    return resets;
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "cluster"})
  void programs_are_told_who_did_it_why_how_long_and_what_came_of_it(String where) {
    String place = where.equals("cluster") ? where : folder.resolve("journal.jsonl").toString();
    heals("reset doc.events --yes --journal " + place);
    JsonNode reset = resets("--journal", place).get(0);
    assertEquals("doc.events", reset.path("name").asText());
    assertEquals("reset", reset.path("remedy").asText());
    assertEquals("cured", reset.path("outcome").asText());
    assertEquals("ops", reset.path("user").asText());
    assertTrue(reset.path("reason").asText().contains("% of its flush threshold"), reset::toString);
    assertTrue(reset.path("at_zero_ms").asLong() > 0, reset::toString);
    assertTrue(
        reset.path("fewer_copies_ms").asLong() > reset.path("at_zero_ms").asLong(),
        reset::toString);
    assertTrue(reset.path("bytes_before").asLong() > 3L << 30, reset::toString);
    assertTrue(reset.path("bytes_after").asLong(-1) < 512L << 20, reset::toString);
    assertFalse(reset.path("bytes_after").isNull(), reset::toString);
    assertTrue(
        reset.path("started").asText().compareTo(reset.path("ended").asText()) < 0,
        reset::toString);
  }

  @Test
  void people_see_each_run_with_its_tables_oldest_first() {
    heals("reset doc.events doc.users --yes --force");
    heals("heal --table doc.metrics");
    String said = history().out();
    assertTrue(said.startsWith("Ended in the last 30 days: 3\n\nRun "), said);
    List<String> runs = said.lines().filter(line -> line.startsWith("Run ")).toList();
    assertEquals(2, runs.size(), said);
    assertTrue(runs.get(0).matches("Run \\S+ by ops@\\S+, begun \\S+Z"), said);
    assertTrue(said.matches("(?s).* doc\\.events +\\|[^|]+\\| reset, cured +\\|.*"), said);
    assertTrue(said.indexOf("doc.users") < said.indexOf("| move, cured"), said);
    assertTrue(said.contains("  doc.events: worst replica at 663 % of "), said);
  }

  @Test
  void what_an_older_version_did_not_remember_is_unknown_and_no_zero() throws IOException {
    Path journal = folder.resolve("journal.jsonl");
    heals("reset doc.events --yes --journal " + journal);
    Path file = folder.resolve("journal.jsonl.history");
    String line = Files.readString(file);
    Files.writeString(file, line.replaceAll(",\"figures\":\\{.*?\\}", ""));
    String said = history("--journal", journal.toString()).out();
    assertTrue(said.matches("(?s).*\\| reset, cured +\\| +- \\| - +\\| -\n.*"), said);
    JsonNode reset = resets("--journal", journal.toString()).get(0);
    for (String unknown :
        List.of("reason", "at_zero_ms", "fewer_copies_ms", "fewer_copies_bytes", "bytes_before")) {
      assertTrue(reset.path(unknown).isNull(), unknown + " in " + reset);
    }
  }

  /** The last run counted as one of the last 30 days however long ago it was. */
  @Test
  void a_run_of_long_ago_is_none_of_the_last_30_days() throws IOException {
    Path journal = folder.resolve("journal.jsonl");
    heals("reset doc.events --yes --journal " + journal);
    Path file = folder.resolve("journal.jsonl.history");
    String line = Files.readString(file);
    Files.writeString(file, line.replaceAll("\"at\":\"20..-", "\"at\":\"2001-"));
    String[] named = {"--journal", journal.toString()};
    assertEquals("Ended in the last 30 days: 0\n", history(named).out());
    assertEquals(List.of(), resets(named));
    drill.goAway();
    assertTrue(history(named).out().startsWith("Ended in the last 30 days: 0\n"));
  }

  @Test
  void only_the_tables_that_were_asked_for_are_told() {
    heals("reset doc.events doc.users --yes --force");
    assertEquals(
        List.of("doc.users"),
        resets("--table", "us*").stream().map(reset -> reset.path("name").asText()).toList());
  }

  @Test
  void with_the_cluster_down_the_journals_of_this_machine_tell_what_was_done_from_here()
      throws IOException {
    heals("reset doc.events --yes");
    drill.goAway();
    Operator.Outcome told = history("--output", "json");
    assertEquals(1, told.exitCode(), told.toString());
    JsonNode json = new JsonMapper().readTree(told.out());
    assertEquals("doc.events", json.at("/resets/0/name").asText(), told.toString());
    assertTrue(json.path("cluster_unread").isTextual(), told.toString());
    assertTrue(history().out().contains("journals of this machine"), told.toString());
  }

  @Test
  void with_the_cluster_down_a_journal_in_it_can_not_be_read_and_nothing_is_printed() {
    drill.goAway();
    Operator.Outcome told = history("--journal", "cluster");
    assertEquals(1, told.exitCode());
    assertEquals("", told.out());
    assertEquals(1, told.err().lines().count(), told.err());
  }

  @Test
  void before_anything_was_done_it_says_so() {
    assertEquals("Ended in the last 30 days: 0\n", history().out());
    assertEquals(List.of(), resets());
  }
}
