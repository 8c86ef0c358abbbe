package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who leaves while a table may be at 0 leaves with 4. */
class SecondSignalTest {
  private static final String TABLE = "curvo.*";

  @TempDir private Path folder;
  private WiredDrill drill;

  @BeforeEach
  void start() throws Exception {
    drill = new WiredDrill(folder);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private RunningCommand hangAt(String words) {
    return drill.hangAt(
        words, 1, "problematic-translogs", "--autoexec", "--table", TABLE, "--remedy", "reset");
  }

  @Test
  void with_a_table_at_zero_a_second_signal_leaves_with_4_and_says_what_to_type() {
    RunningCommand run = hangAt("number_of_replicas\" = '0'");
    run.send("INT");
    run.send("INT");
    assertEquals(4, run.exitCode(), drill::said);
    assertTrue(drill.said().contains("A second Ctrl-C or SIGTERM leaves at once"), drill::said);
    assertTrue(drill.said().contains("may be AT 0 REPLICAS"), drill::said);
    assertTrue(drill.said().contains("Run now: xmover restore"), drill::said);
  }

  @Test
  void with_none_at_zero_it_leaves_with_the_code_of_the_signal() {
    RunningCommand run = hangAt("sys.shards");
    run.send("INT");
    run.send("TERM");
    assertEquals(143, run.exitCode(), drill::said);
    assertFalse(drill.said().contains("AT 0"), drill::said);
  }
}
