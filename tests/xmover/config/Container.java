package xmover.config;

import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import xmover.Command;

/**
 * Runs the image's process as an engine does, as far as this machine lets us: with nothing in its
 * environment but a JRE and a home it can't write to, as a user without rights, and where
 * namespaces are granted as process 1 on a disk that is read-only.
 */
final class Container {
  private static final List<String> NO_RIGHTS =
      List.of("setpriv", "--reuid=10001", "--regid=10001", "--clear-groups", "--no-new-privs");

  private static final List<String> NAMESPACES =
      List.of("unshare", "--mount", "--pid", "--fork", "--kill-child");

  private static final List<String> READ_ONLY =
      List.of("sh", "-c", "mount -o remount,bind,ro / && exec \"$@\"", "sh");

  private final Image image;
  private final Path folder;
  private final boolean isolated;
  private final boolean root;

  /**
   * @param folder for what the processes say
   */
  Container(Image image, Path folder) throws IOException, InterruptedException {
    this.image = image;
    this.folder = folder;
    this.root = succeeds(with(NO_RIGHTS, "true"));
    this.isolated = root && succeeds(with(NAMESPACES, with(READ_ONLY, "true")));
  }

  /** How a process ended and what it said. */
  record Outcome(int exitCode, String out, String err) {}

  void requireIsolation() {
    assumeTrue(isolated, "this machine grants no namespaces: no process 1, no read-only disk");
  }

  /** Runs xmover to its end. */
  Outcome run(String... arguments) throws IOException, InterruptedException {
    return run(with(image.entrypoint(), arguments));
  }

  /** Runs a program in xmover's place to its end. */
  Outcome run(List<String> program) throws IOException, InterruptedException {
    Process process = start(program);
    try {
      assertTrue(process.waitFor(60, TimeUnit.SECONDS), () -> "does not end: " + said("err"));
      return new Outcome(process.exitValue(), said("out"), said("err"));
    } finally {
      process.destroyForcibly();
    }
  }

  /** Starts xmover as the Dockerfile says. */
  Process start(String... arguments) throws IOException {
    return start(with(image.entrypoint(), arguments));
  }

  /** Starts a program in xmover's place. */
  Process start(List<String> program) throws IOException {
    List<String> words = with(image.environment(), program);
    if (root) {
      words = with(NO_RIGHTS, words);
    }
    if (isolated) {
      words = with(NAMESPACES, with(READ_ONLY, words));
    }
    return new ProcessBuilder(words)
        .directory(image.home().toFile())
        .redirectInput(Path.of("/dev/null").toFile())
        .redirectOutput(folder.resolve("out").toFile())
        .redirectError(folder.resolve("err").toFile())
        .start();
  }

  /** Sends SIGTERM to the process inside, as an engine does. */
  void stop(Process process) {
    ProcessHandle inside =
        isolated ? process.children().findFirst().orElseThrow() : process.toHandle();
    inside.destroy();
  }

  String said(String stream) {
    try {
      return Files.readString(folder.resolve(stream));
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }

  private static boolean succeeds(List<String> words) throws IOException, InterruptedException {
    var program = Command.installed(words.get(0));
    String[] rest = words.subList(1, words.size()).toArray(String[]::new);
    return program.isPresent() && Command.of(program.get(), rest).run().exitCode() == 0;
  }

  private static List<String> with(List<String> first, String... then) {
    return with(first, List.of(then));
  }

  private static List<String> with(List<String> first, List<String> then) {
    var words = new ArrayList<>(first);
    words.addAll(then);
    return words;
  }
}
