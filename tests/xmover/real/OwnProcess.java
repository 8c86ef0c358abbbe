package xmover.real;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import xmover.ChildJvm;
import xmover.cli.Operator;

/** A command in a process of its own, so that the operating system can kill it. */
final class OwnProcess implements AutoCloseable {
  private final Process process;
  private final Path said;

  /**
   * @param home where it keeps and writes everything
   * @param words the command and its options, separated by blanks
   */
  OwnProcess(Path home, String url, String words) throws IOException {
    said = home.resolve("said.log");
    String[] arguments =
        Stream.concat(Stream.of(words.split(" ")), Stream.of("--connect", url))
            .toArray(String[]::new);
    var builder =
        new ProcessBuilder(ChildJvm.shortLived(Operator.class, List.of(), arguments))
            .directory(home.toFile())
            .redirectInput(Path.of("/dev/null").toFile())
            .redirectErrorStream(true)
            .redirectOutput(said.toFile());
    builder
        .environment()
        .keySet()
        .removeIf(name -> name.startsWith("XMOVER_") || name.startsWith("CRATE_"));
    builder.environment().put("XDG_STATE_HOME", home.toString());
    process = builder.start();
  }

  /** SIGKILL; it has ended afterwards. */
  void kill() {
    process.destroyForcibly();
    process.onExit().join();
  }

  /** Waits until it has ended by itself or was killed; answers its exit code. */
  int exitCode(int seconds) throws InterruptedException {
    assertTrue(process.waitFor(seconds, TimeUnit.SECONDS), () -> "still runs\n" + said());
    return process.exitValue();
  }

  /** All that it printed. */
  String said() {
    try {
      return Files.readString(said);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public void close() {
    kill();
  }
}
