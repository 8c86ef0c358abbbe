package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
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
    return types("problematic-translogs --connect sim:stubborn?recovery=0.2 --autoexec", options);
  }

  private Outcome types(String words, String... options) {
    String[] all =
        Stream.concat(Stream.of(words.split(" ")), Stream.of(options)).toArray(String[]::new);
    return Operator.types(new TestEnvironment(folder).with(new TimeLapse()), all);
  }

  @Test
  void auto_flushes_and_rebuilds_where_that_fits_and_tells_what_no_reset_heals() {
    Outcome outcome = run("--remedy", "auto", "--concurrent", "4");
    assertEquals(3, outcome.exitCode(), outcome.toString());
    String said = outcome.out();
    assertTrue(said.matches("(?s).* doc.unflushed +\\| flushed +\\|.*"), said);
    assertTrue(said.matches("(?s).* doc.pairs +\\| rebuilt +\\|.*"), said);
    assertTrue(said.matches("(?s).* doc.curable +\\| completed +\\|.*"), said);
    assertTrue(said.matches("(?s).* doc.incurable +\\| not cured +\\|.*"), said);
    assertTrue(said.contains("4 succeeded (1 of them not cured), 0 failed"), said);
    assertTrue(said.contains("still not below 512.0 MB: shard 0 on "), said);
    assertFalse(outcome.err().contains("\"doc\".\"unflushed\" SET"), outcome.err());
    assertFalse(outcome.err().contains("\"doc\".\"pairs\" SET"), outcome.err());
  }

  @Test
  void a_remedy_that_does_not_fit_leaves_the_table_as_it_is() {
    Outcome outcome = run("--remedy", "flush", "--table", "curable,unflushed");
    assertEquals(3, outcome.exitCode(), outcome.toString());
    String said = outcome.out();
    assertTrue(said.matches("(?s).* doc.unflushed +\\| flushed +\\|.*"), said);
    assertTrue(said.matches("(?s).* doc.curable +\\| not started +\\|.*"), said);
    assertTrue(said.contains("a flush does not help: shard 0 on "), said);
    assertTrue(said.contains("(--remedy auto picks what fits)"), said);
    assertTrue(said.contains("xmover reset 'doc.curable'"), said);
    assertFalse(outcome.err().contains("ALTER"), outcome.err());
  }

  @Test
  void a_dry_run_tells_the_statement_and_that_a_reset_may_follow() {
    Outcome outcome = run("--dry-run", "--remedy", "auto", "--table", "unflushed,pairs");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    String said = outcome.out();
    assertTrue(said.contains("doc.unflushed: instead of a reset: flushed"), said);
    assertTrue(said.contains("a reset follows where that does not help"), said);
    assertTrue(said.contains("  OPTIMIZE TABLE \"doc\".\"unflushed\" WITH (flush = true,"), said);
    assertTrue(said.contains("  ALTER TABLE \"doc\".\"pairs\" REROUTE CANCEL SHARD 0 ON '"), said);
  }

  @Test
  void a_table_that_was_named_is_diagnosed_too() {
    Outcome outcome =
        types("reset --connect sim:stubborn --yes --dry-run --remedy flush doc.unflushed");
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertTrue(outcome.out().contains("instead of a reset: flushed"), outcome.out());
  }
}
