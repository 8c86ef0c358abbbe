package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import xmover.Command;

/** Prometheus' own checks, where they are installed. */
final class Promtool {
  private Promtool() {}

  static void accepts(String what, String kind, Path file)
      throws IOException, InterruptedException {
    var promtool = Command.installed("promtool");
    assumeTrue(promtool.isPresent(), "no promtool (package prometheus)");
    var outcome = Command.of(promtool.get(), what, kind, file.toString()).run();
    assertEquals(0, outcome.exitCode(), () -> outcome.out() + outcome.err());
  }
}
