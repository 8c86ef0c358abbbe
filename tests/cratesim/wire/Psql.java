package cratesim.wire;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The psql of this machine; tests that use it are skipped where there is none. */
final class Psql {
  private final ProcessBuilder process;

  Psql(int port, String user) {
    boolean installed =
        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, "psql")));
    assumeTrue(installed, "psql is not installed");
    String target = "host=127.0.0.1 port=" + port + " user=" + user + " dbname=doc";
    process = new ProcessBuilder("psql", "-X", "-A", "-t", "-w", target);
    process.redirectErrorStream(true);
  }

  Psql withPassword(String password) {
    process.environment().put("PGPASSWORD", password);
    return this;
  }

  /** What psql printed, errors too. */
  String run(String sql) throws IOException, InterruptedException {
    process.command().addAll(List.of("-c", sql));
    var running = process.start();
    running.getOutputStream().close();
    String printed = new String(running.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (!running.waitFor(20, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new AssertionError("psql hangs: " + printed);
    }
    return printed;
  }
}
