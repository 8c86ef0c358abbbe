package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.environment.TestEnvironment;
import xmover.environment.TypedAnswer;

/**
 * A reset that was confirmed on a terminal neither ran nor was logged: its plan had ended the log.
 */
class ConfirmedResetTest {
  private static final String TABLE =
      """
      {"name": "doc.t", "shards": 2, "replicas": "2", "stuck_translog": "9gb"}
      """;

  @TempDir private Path folder;

  @Test
  void after_the_plan_was_shown_and_confirmed_the_reset_is_logged() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLE)) {
      var terminal = new TypedAnswer("yes");
      var around = new TestEnvironment(folder).with(crate.time).with(terminal);
      var outcome = Operator.types(around, "reset", "doc.t", "--connect", crate.pg());
      assertEquals(0, outcome.exitCode(), outcome.toString());
      assertEquals(List.of("Reset now? Type yes: "), terminal.asked());
      List<String> sent = crate.log.matching("^(ALTER|OPTIMIZE)");
      assertEquals(3, sent.size());
      for (String sql : sent) {
        assertTrue(outcome.out().contains("\n  " + sql + ";\n"), outcome.out());
        assertTrue(outcome.err().contains("Sending: " + sql + "\n"), outcome.err());
      }
    }
  }

  @Test
  void without_a_yes_nothing_is_sent() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLE)) {
      var around = new TestEnvironment(folder).with(new TypedAnswer("y"));
      assertEquals(1, Operator.types(around, "reset", "doc.t", "--connect", crate.pg()).exitCode());
      assertEquals(List.of(), crate.log.matching("^(ALTER|OPTIMIZE)"));
    }
  }
}
