package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.Operator.Outcome;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;

/** The scenario stubborn: what each remedy does for tables that are stuck in different ways. */
class RemedyTest {
  @TempDir private Path folder;

  private Outcome run(String... options) {
    return types(
        "problematic-translogs --connect sim:stubborn?recovery=0.2 --autoexec --log-format json",
        options);
  }

  private Outcome types(String words, String... options) {
    String[] all =
        Stream.concat(Stream.of(words.split(" ")), Stream.of(options)).toArray(String[]::new);
    return Operator.types(new TestEnvironment(folder).with(new TimeLapse()), all);
  }

  @Test
  void auto_flushes_moves_and_rebuilds_where_that_fits_and_takes_no_replica_away() {
    Outcome outcome =
        run("--remedy", "auto", "--concurrent", "3", "--table", "unflushed,pairs,curable");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    LoggedEvents logged = outcome.logged();
    assertEquals(
        Map.of("doc.unflushed", "flushed", "doc.pairs", "rebuilt", "doc.curable", "moved"),
        logged.byTable("result", "result"));
    assertEquals(Set.of(), tables(logged, "ALTER TABLE .* SET \\(\"number_of_replicas\".*"));
  }

  /** Those about which a statement like that was sent. */
  private static Set<String> tables(LoggedEvents logged, String sql) {
    return logged.named("sql_sending").stream()
        .filter(sent -> sent.path("sql").asText().matches(sql))
        .map(sent -> sent.path("table").asText())
        .collect(Collectors.toSet());
  }

  @Test
  void a_remedy_that_does_not_fit_leaves_the_table_as_it_is() {
    Outcome outcome = run("--remedy", "flush", "--table", "curable,unflushed");
    assertEquals(3, outcome.exitCode(), outcome.toString());
    LoggedEvents logged = outcome.logged();
    assertEquals(
        Map.of("doc.unflushed", "flushed", "doc.curable", "not started"),
        logged.byTable("result", "result"));
    assertEquals(Map.of("doc.curable", "flush"), logged.byTable("remedy_unfit", "treatment"));
    assertEquals(Set.of(), tables(logged, "ALTER.*"));
  }

  @Test
  void a_dry_run_tells_the_statement() {
    Outcome outcome = run("--dry-run", "--remedy", "auto", "--table", "unflushed,pairs");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    Map<String, String> statements = outcome.logged().byTable("plan", "sql/0");
    assertEquals(
        "OPTIMIZE TABLE \"doc\".\"unflushed\" WITH (flush = true, max_num_segments = 10000)",
        statements.get("doc.unflushed"));
    // Before a copy is rebuilt, too: it is what makes operations harmless that no copy can replay.
    assertEquals(
        "OPTIMIZE TABLE \"doc\".\"pairs\" WITH (flush = true, max_num_segments = 10000)",
        statements.get("doc.pairs"));
    String rebuild = outcome.logged().byTable("plan", "sql/1").get("doc.pairs");
    assertTrue(
        rebuild.startsWith("ALTER TABLE \"doc\".\"pairs\" REROUTE CANCEL SHARD 0 ON '"), rebuild);
  }

  @Test
  void a_table_that_was_named_is_diagnosed_too() {
    Outcome outcome =
        types(
            "reset --connect sim:stubborn --yes --dry-run --remedy flush --log-format json"
                + " doc.unflushed");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    String sql = outcome.logged().only("plan").at("/sql/0").asText();
    assertTrue(sql.startsWith("OPTIMIZE TABLE \"doc\".\"unflushed\" WITH (flush = true,"), sql);
  }
}
