package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
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

  @ParameterizedTest
  @ValueSource(strings = {"", "--dry-run"})
  void where_everything_is_refused_each_reason_is_printed_and_nothing_changed(String dryRun)
      throws Exception {
    try (var crate = new WiredDrill(folder, "refused")) {
      String[] words =
          Stream.of("problematic-translogs", "--autoexec", dryRun)
              .filter(word -> !word.isEmpty())
              .toArray(String[]::new);
      assertEquals(1, crate.run(words), crate::said);
      assertEquals(List.of(), crate.sent(CHANGES));
      String said = crate.said();
      for (String reason :
          List.of(
              "doc.huge.*disk: .*watermark",
              "doc.old.*version: an ALTER would destroy its data",
              "doc.read_only.*blocks: read-only",
              "doc.flooded.*blocks: read-only",
              "doc.pinned.*allocation: its routing.allocation.enable is 'none'",
              "doc.cautious.*active-shards: write.wait_for_active_shards = 2 forbids 0",
              "doc.moving.*table: .* is RELOCATING",
              "doc.recovering.*table: .* is INITIALIZING",
              "doc.unassigned.*table: 1 replicas of shard 0 are UNASSIGNED",
              "doc.saved.*snapshot: a snapshot is being taken: backups.nightly",
              "doc.busy.*others: somebody is changing it: alice")) {
        // In a plan the gates of a table stand in the lines below its name.
        String pattern = dryRun.isEmpty() ? reason : "(?s)" + reason;
        assertTrue(Pattern.compile(pattern).matcher(said).find(), reason + "\n" + said);
      }
    }
  }

  @Test
  void an_ignored_gate_is_in_the_log_and_the_table_is_reset() throws Exception {
    try (var crate = new WiredDrill(folder, "drill?tick=1&recovery=0.1")) {
      crate.sql("SET GLOBAL TRANSIENT \"cluster.routing.allocation.enable\" = 'primaries'");
      var original = crate.settings();
      crate.run(
          "problematic-translogs",
          "--autoexec",
          "--no-wait-recovery",
          "--ignore-gate",
          "allocation",
          "--max-tables",
          "1");
      String said = crate.said();
      assertTrue(
          said.contains("gate IGNORED: allocation: cluster.routing.allocation.enable"), said);
      assertEquals(1, crate.sent(TO_ZERO).size());
      assertEquals(original, crate.settings());
    }
  }

  @Test
  void a_cluster_that_turns_red_stops_new_tables_and_the_one_under_way_is_put_back()
      throws Exception {
    try (var crate = new WiredDrill(folder, "drill?tick=1&recovery=0.1")) {
      var original = crate.settings();
      RunningCommand run =
          crate.start(
              "problematic-translogs",
              "--autoexec",
              "--no-wait-recovery",
              "--lease-sync",
              "off",
              "--max-wait",
              "8s",
              "--backoff",
              "fixed:300ms");
      crate.await(run, TO_ZERO, 1);
      crate.killNodeOf("archive");
      run.exitCode();
      assertEquals(1, crate.sent(TO_ZERO).size(), crate::said);
      assertEquals(original, crate.settings());
      assertTrue(crate.said().contains("No new table starts: the cluster is RED"), crate::said);
      assertTrue(crate.said().contains("health: the cluster is RED"), crate::said);
    }
  }

  @Test
  void with_abort_on_red_the_table_at_zero_is_put_back_at_once() throws Exception {
    try (var crate = new WiredDrill(folder, "drill?tick=600&recovery=0.1")) {
      var original = crate.settings();
      RunningCommand run =
          crate.start(
              "problematic-translogs", "--autoexec", "--abort-on-red", "--lease-sync", "off");
      crate.await(run, TO_ZERO, 1);
      crate.killNodeOf("archive");
      assertEquals(1, run.exitCode(), crate::said);
      assertEquals(original, crate.settings());
      assertTrue(crate.said().contains("--abort-on-red: the cluster is RED"), crate::said);
    }
  }

  @Test
  void a_table_that_resetting_does_not_help_is_skipped_by_the_next_run() throws Exception {
    try (var crate = new WiredCluster(folder, "", INCURABLE)) {
      String[] once = {"--autoexec", "--max-resets", "1", "--resets-within", "2h"};
      var first = crate.run(once);
      assertEquals(3, first.exitCode(), first.toString());
      int sent = crate.log.matching(CHANGES).size();
      var second = crate.run(once);
      assertEquals(1, second.exitCode(), second.toString());
      assertTrue(second.out().contains("resetting does not help here"), second.toString());
      assertTrue(second.out().contains("1 reset within 2 h"), second.toString());
      var plan = crate.run("--autoexec", "--dry-run", "--max-resets", "1");
      assertTrue(plan.out().contains("resetting does not help here"), plan.toString());
      assertEquals(sent, crate.log.matching(CHANGES).size(), "nothing but the first run's");
      var third = crate.run("--autoexec", "--max-resets", "1", "--ignore-gate", "recurrence");
      assertEquals(3, third.exitCode(), third.toString());
      assertTrue(crate.log.matching(CHANGES).size() > sent);
    }
  }

  @Test
  void an_unreadable_history_shuts_the_gate_and_says_how_to_go_on() throws Exception {
    try (var crate = new WiredCluster(folder, "", INCURABLE)) {
      Path journal = folder.resolve("j.jsonl");
      Files.createDirectory(folder.resolve("j.jsonl.history"));
      var outcome = crate.run("--autoexec", "--journal", journal.toString());
      assertEquals(1, outcome.exitCode(), outcome.toString());
      assertTrue(outcome.out().contains("recurrence: earlier resets can't be read"), outcome.out());
      assertEquals(List.of(), crate.log.matching(CHANGES));
    }
  }

  @Test
  void a_cluster_simulated_in_the_process_is_forgotten_with_it() throws Exception {
    String[] words =
        "problematic-translogs --connect sim:stubborn?recovery=0.1 --autoexec --max-resets 1"
            .split(" ");
    var time = new TimeLapse();
    var first = Operator.types(new TestEnvironment(folder).with(time), words);
    var second = Operator.types(new TestEnvironment(folder).with(time), words);
    assertEquals(first.exitCode(), second.exitCode(), second.toString());
    assertTrue(!second.out().contains("refused"), second.toString());
    assertTrue(Files.notExists(folder.resolve(".local")), "no journal, no lock");
  }
}
