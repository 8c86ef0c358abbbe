package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import xmover.cli.Operator.Outcome;

/** A command in a process of its own, as the script starts it, with a folder for its home. */
public final class OperatorProcess {
  private OperatorProcess() {}

  /** Types it in this process, with the folder for a home. */
  public static Outcome run(Path folder, String command, List<String> options)
      throws IOException, InterruptedException {
    List<String> words = words(folder, command, options);
    var process =
        new ProcessBuilder(words)
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectOutput(folder.resolve("out").toFile())
            .redirectError(folder.resolve("err").toFile());
    Stream.of("NO_COLOR", "CRATE_PASSWORD", "CRATE_PASSWORD_FILE", "CRATE_CONNECTION_STRING")
        .forEach(process.environment()::remove);
    process.environment().put("HOME", folder.toString());
    // Names are typed in UTF-8 whatever the locale of the tests.
    process.environment().put("LC_ALL", "C.UTF-8");
    Process running = process.start();
    try {
      assertTrue(running.waitFor(4, TimeUnit.MINUTES), "does not end: " + words);
      return new Outcome(
          running.exitValue(),
          Files.readString(folder.resolve("out")),
          Files.readString(folder.resolve("err")));
    } finally {
      running.destroyForcibly();
    }
  }

  static List<String> words(Path folder, String command, List<String> options) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    words.addAll(List.of("-XX:TieredStopAtLevel=1", "-Duser.home=" + folder));
    words.addAll(
        List.of("-Dfile.encoding=UTF-8", "-Dstdout.encoding=UTF-8", "-Dstderr.encoding=UTF-8"));
    words.addAll(List.of("-cp", System.getProperty("java.class.path")));
    words.addAll(List.of(Operator.class.getName(), command));
    words.addAll(options);
    return words;
  }
}
