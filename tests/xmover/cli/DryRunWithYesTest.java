package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A reset with --dry-run changed the cluster when --yes stood beside it. */
class DryRunWithYesTest {
  @Test
  void a_dry_run_sends_nothing_even_with_yes(@TempDir Path folder) throws Exception {
    try (var drill = new WiredDrill(folder)) {
      var original = drill.settings();
      assertEquals(0, drill.run("reset", "doc.events", "--dry-run", "--yes"), drill::said);
      assertEquals(original, drill.settings());
      assertEquals(List.of(), drill.sent("^(?!\\s*SELECT)"));
    }
  }
}
