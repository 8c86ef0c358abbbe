package xmover.config;

import java.nio.file.Path;
import xmover.observe.DebianService;

/** Prometheus' own checks, where they are installed. */
final class Promtool {
  private Promtool() {}

  static void accepts(String what, String kind, Path file) throws Exception {
    DebianService.run(DebianService.installed("promtool"), what, kind, file.toString());
  }
}
