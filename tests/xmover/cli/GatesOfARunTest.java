package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;

/** What an operator sees of the gates, and what comes over the wire meanwhile. */
class GatesOfARunTest {
  private static final String CHANGES = "^(?!\\s*SELECT)";
  private static final String TO_ZERO = "= '0'\\)";

  /** An incurable table is problematic again after each reset. */
  private static final String INCURABLE =
      """
      {"name": "doc.t", "shards": 1, "replicas": "1", "size": "3gb", "stuck_translog": "9gb",
       "incurable": true}
      """;

  @TempDir private Path folder;

  /** Each table with each gate that is shut for it: an event of a run, a part of its plan. */
  private static Set<String> shut(LoggedEvents logged) {
    return Stream.concat(
            logged.named("gate").stream().flatMap(gate -> shut(gate, List.of(gate))),
            logged.named("plan").stream().flatMap(plan -> shut(plan, plan.path("gates"))))
        .collect(Collectors.toSet());
  }

  private static Stream<String> shut(JsonNode event, Iterable<JsonNode> gates) {
    return StreamSupport.stream(gates.spliterator(), false)
        .filter(gate -> gate.path("answer").asText().matches("(?i)shut|unread"))
        .map(gate -> event.path("table").asText() + " " + gate.path("gate").asText());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "--dry-run"})
  void where_everything_is_refused_each_gate_is_told_and_nothing_changed(String dryRun)
      throws Exception {
    try (var crate = new WiredDrill(folder, "refused")) {
      String[] words =
          Stream.of("problematic-translogs", "--autoexec", "--log-format=json", dryRun)
              .filter(word -> !word.isEmpty())
              .toArray(String[]::new);
      assertEquals(1, crate.run(words), crate::said);
      assertEquals(List.of(), crate.sent(CHANGES));
      Set<String> shut = shut(crate.logged());
      for (String gate :
          List.of(
              "doc.huge disk",
              "doc.old version",
              "doc.read_only blocks",
              "doc.flooded blocks",
              "doc.pinned allocation",
              "doc.cautious active-shards",
              "doc.moving table",
              "doc.recovering table",
              "doc.unassigned table",
              "doc.saved snapshot",
              "doc.busy others")) {
        assertTrue(shut.contains(gate), gate + " in " + shut);
      }
    }
  }

  @Test
  void an_ignored_gate_is_in_the_log_and_the_table_is_reset() throws Exception {
    try (var crate = new WiredDrill(folder, "drill?tick=1&recovery=0.1")) {
      crate.sql("SET GLOBAL TRANSIENT \"cluster.routing.allocation.enable\" = 'primaries'");
      var original = crate.settings();
      crate.run(
          ("problematic-translogs --autoexec --no-wait-recovery --ignore-gate allocation "
                  + "--max-tables 1 --log-format json")
              .split(" "));
      JsonNode ignored = crate.logged().only("gate");
      assertEquals("allocation", ignored.path("gate").asText());
      assertEquals("IGNORED", ignored.path("answer").asText());
      assertEquals(1, crate.sent(TO_ZERO).size());
      assertEquals(original, crate.settings());
    }
  }

  @Test
  void a_cluster_that_turns_red_stops_new_tables_and_the_one_under_way_is_put_back()
      throws Exception {
    try (var crate = new WiredDrill(folder, "drill?tick=600&recovery=0.1")) {
      var original = crate.settings();
      RunningCommand run =
          crate.start(
              ("problematic-translogs --autoexec --no-wait-recovery --lease-sync off "
                      + "--max-wait 8s --backoff fixed:300ms --log-format json")
                  .split(" "));
      crate.await(run, TO_ZERO, 1);
      crate.killNodeOf("archive");
      run.exitCode();
      assertEquals(1, crate.sent(TO_ZERO).size(), crate::said);
      assertEquals(original, crate.settings());
      crate.logged().only("red");
      assertTrue(shut(crate.logged()).contains("doc.orders health"), crate::said);
    }
  }

  @Test
  void with_abort_on_red_the_table_at_zero_is_put_back_at_once() throws Exception {
    try (var crate = new WiredDrill(folder, "drill?tick=600&recovery=0.1")) {
      var original = crate.settings();
      RunningCommand run =
          crate.start(
              ("problematic-translogs --autoexec --abort-on-red --lease-sync off "
                      + "--log-format json")
                  .split(" "));
      crate.await(run, TO_ZERO, 1);
      crate.killNodeOf("archive");
      assertEquals(1, run.exitCode(), crate::said);
      assertEquals(original, crate.settings());
      String reason = crate.logged().only("stopping").path("reason").asText();
      assertTrue(reason.startsWith("--abort-on-red: "), reason);
    }
  }

  @Test
  void a_table_that_resetting_does_not_help_is_skipped_by_the_next_run() throws Exception {
    try (var crate = new WiredCluster(folder, "", INCURABLE)) {
      String[] once = {
        "--autoexec", "--max-resets", "1", "--resets-within", "2h", "--log-format", "json"
      };
      var first = crate.run(once);
      assertEquals(3, first.exitCode(), first.toString());
      int sent = crate.log.matching(CHANGES).size();
      var second = crate.run(once);
      assertEquals(1, second.exitCode(), second.toString());
      assertEquals(Set.of("doc.t recurrence"), shut(second.logged()));
      var plan = crate.run("--autoexec", "--dry-run", "--max-resets", "1", "--log-format", "json");
      assertEquals(Set.of("doc.t recurrence"), shut(plan.logged()));
      assertEquals(sent, crate.log.matching(CHANGES).size(), "nothing but the first run's");
      var third = crate.run("--autoexec", "--max-resets", "1", "--ignore-gate", "recurrence");
      assertEquals(3, third.exitCode(), third.toString());
      assertTrue(crate.log.matching(CHANGES).size() > sent);
    }
  }

  @Test
  void an_unreadable_history_shuts_the_gate() throws Exception {
    try (var crate = new WiredCluster(folder, "", INCURABLE)) {
      Path journal = folder.resolve("j.jsonl");
      Files.createDirectory(folder.resolve("j.jsonl.history"));
      var outcome =
          crate.run("--autoexec", "--journal", journal.toString(), "--log-format", "json");
      assertEquals(1, outcome.exitCode(), outcome.toString());
      assertEquals(Set.of("doc.t recurrence"), shut(outcome.logged()));
      assertEquals(List.of(), crate.log.matching(CHANGES));
    }
  }

  @Test
  void a_cluster_simulated_in_the_process_is_forgotten_with_it() throws Exception {
    String[] words =
        ("problematic-translogs --connect sim:stubborn?recovery=0.1 --autoexec --max-resets 1"
                + " --log-format json")
            .split(" ");
    var time = new TimeLapse();
    var first = Operator.types(new TestEnvironment(folder).with(time), words);
    var second = Operator.types(new TestEnvironment(folder).with(time), words);
    assertEquals(first.exitCode(), second.exitCode(), second.toString());
    assertEquals(Set.of(), shut(second.logged()));
    assertTrue(Files.notExists(folder.resolve(".local")), "no journal, no lock");
  }
}
