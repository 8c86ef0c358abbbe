package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cli.Operator.Outcome;

/** Tables whose copies miss an operation while nothing of them is above the thresholds. */
class EarlyTest {
  private static final String EARLY =
      """
      {"name": "doc.small", "shards": 2, "replicas": "1", "size": "3mb", "sick": {"translog": "2mb"}}
      """;
  private static final String BIG =
      """
      {"name": "doc.big", "shards": 1, "replicas": "1", "size": "3gb", "sick": {"translog": "2gb"}}
      """;
  private static final String SOUND =
      """
      {"name": "doc.sound", "shards": 2, "replicas": "1", "size": "3gb", "translog": "9mb",
       "growth": "40kb"}
      """;
  private static final String TWO_NODES = "\"nodes\": [\"a\", \"b\"],";
  private static final String MOVE = "REROUTE MOVE SHARD";
  private static final String CANCEL = "REROUTE CANCEL SHARD";
  private static final String SET_REPLICAS = "SET .\"number_of_replicas\"";
  private static final String CHANGES = "^(ALTER|OPTIMIZE|SET|RESET)";

  @TempDir private Path folder;

  private WiredCluster crate(String more, String... tables) throws IOException {
    return new WiredCluster(folder, more, String.join(",", tables));
  }

  private static LoggedEvents run(WiredCluster crate, int exitCode, String options) {
    Outcome outcome = crate.run(("--autoexec --log-format json " + options).split(" "));
    assertEquals(exitCode, outcome.exitCode(), outcome.toString());
    return outcome.logged();
  }

  @Test
  void the_analysis_lists_them_by_themselves_and_no_table_that_is_written_to() throws Exception {
    try (var crate = crate("", EARLY, BIG, SOUND)) {
      JsonNode early = crate.run("--output", "json").json().path("early");
      assertEquals(1, early.path("tables").size());
      assertEquals("small", early.at("/tables/0/table").asText());
      assertEquals("early", early.at("/tables/0/action").asText());
      assertEquals(2, early.path("shards").size());
      assertEquals("hole", early.at("/shards/0/diagnosis/kind").asText());
      assertTrue(early.path("note").isNull(), early.toString());
      assertEquals(List.of(), crate.log.matching(CHANGES));
    }
  }

  @Test
  void the_analysis_for_people_has_a_section_for_them() throws Exception {
    try (var crate = crate("", EARLY)) {
      String out = crate.run().out();
      assertTrue(out.contains("below the thresholds: 2"), out);
      assertEquals(2, out.lines().filter(line -> line.startsWith(" doc.small ")).count(), out);
    }
  }

  @Test
  void what_is_not_read_is_told_and_not_early() throws Exception {
    String silent =
        SOUND.replace(
            "\"growth\"",
            "\"odd\": [{\"shard\": 1, \"replica\": 1, \"column\":"
                + " \"seq_no_stats.local_checkpoint\", \"value\": null}], \"growth\"");
    try (var crate = crate("", silent)) {
      JsonNode early = crate.run("--output", "json").json().path("early");
      assertEquals(0, early.path("tables").size());
      assertEquals(1, early.at("/unread/0/shard").asInt());
      assertTrue(crate.run().out().contains("Not seen: "));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"auto", "move,rebuild,reset", "reset"})
  void without_early_nothing_below_the_thresholds_is_touched(String remedy) throws Exception {
    try (var crate = crate("", EARLY)) {
      run(crate, 0, "--remedy " + remedy);
      assertEquals(List.of(), crate.log.matching(CHANGES));
    }
  }

  @Test
  void with_early_each_copy_is_moved_while_rebalancing_is_held() throws Exception {
    try (var crate = crate("", EARLY)) {
      LoggedEvents logged = run(crate, 0, "--early --remedy auto");
      assertEquals(Map.of("doc.small", "moved"), logged.byTable("result", "result"));
      assertEquals(2, crate.log.matching(MOVE).size());
      assertEquals(2, crate.log.matching("^(SET|RESET) GLOBAL").size());
      assertEquals(List.of(), crate.log.matching(SET_REPLICAS));
      assertEquals(0, crate.run("--output", "json").json().at("/early/shards").size());
    }
  }

  @Test
  void where_two_other_copies_are_there_a_copy_is_rebuilt() throws Exception {
    String two = EARLY.replace("\"1\"", "\"2\"").replace("\"2mb\"", "\"2mb\", \"replicas\": 1");
    try (var crate = crate("", two)) {
      LoggedEvents logged = run(crate, 0, "--early --remedy auto");
      assertEquals(Map.of("doc.small", "rebuilt"), logged.byTable("result", "result"));
      assertEquals(2, crate.log.matching(CANCEL).size());
      assertEquals(List.of(), crate.log.matching(SET_REPLICAS));
    }
  }

  @Test
  void with_two_nodes_neither_helps_and_no_copy_is_dropped_whatever_is_allowed() throws Exception {
    try (var crate = crate(TWO_NODES, EARLY)) {
      LoggedEvents logged = run(crate, 1, "--early --remedy auto");
      assertEquals(Map.of("doc.small", "not started"), logged.byTable("result", "result"));
      assertEquals(List.of(), crate.log.matching("^ALTER"));
    }
  }

  @Test
  void tables_over_the_thresholds_and_early_ones_are_each_treated_once() throws Exception {
    String both = BIG.replace("\"shards\": 1", "\"shards\": 2");
    try (var crate = crate("", both, EARLY)) {
      LoggedEvents logged = run(crate, 0, "--early --remedy auto");
      assertEquals(
          Map.of("doc.big", "moved", "doc.small", "moved"), logged.byTable("result", "result"));
      assertEquals(4, crate.log.matching(MOVE).size());
    }
  }

  @Test
  void a_plan_tells_the_moves_and_sends_nothing() throws Exception {
    try (var crate = crate("", EARLY)) {
      LoggedEvents logged = run(crate, 0, "--early --remedy auto --dry-run");
      assertTrue(
          logged.byTable("plan", "sql/0").get("doc.small").contains(MOVE), logged.toString());
      assertEquals(List.of(), crate.log.matching(CHANGES));
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--early",
        "--early --dry-run",
        "--early --execute",
        "--autoexec --early",
        "--autoexec --early --remedy reset",
        "--autoexec --early --remedy flush,rebuild-alone,reset"
      })
  void what_goes_not_with_early_is_refused_in_a_sentence_and_nothing_is_sent(String options)
      throws Exception {
    try (var crate = crate("", EARLY)) {
      Outcome outcome = crate.run(options.split(" "));
      assertEquals(1, outcome.exitCode(), outcome.toString());
      assertTrue(outcome.err().startsWith("xmover: --"), outcome.err());
      assertEquals(List.of(), crate.log.arrivals());
    }
  }
}
