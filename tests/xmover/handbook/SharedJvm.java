package xmover.handbook;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.Command;
import xmover.cli.Operator;
import xmover.environment.TestEnvironment;
import xmover.options.Cli;

/**
 * Runs in this JVM what a script of the shell was called with: its words, its variables, what was
 * piped into it. The script writes what the command wrote, and ends with its exit code.
 */
final class SharedJvm implements AutoCloseable {
  private static final String END = "end";
  private static final Duration LIMIT = Duration.ofSeconds(10);

  private final Path calls;
  private final Path door;
  private final List<Thread> commands = new CopyOnWriteArrayList<>();

  /** Keeps what is said between scripts and commands in a folder. */
  SharedJvm(Path folder) throws IOException, InterruptedException {
    calls = Files.createDirectories(folder.resolve("calls"));
    door = calls.resolve("door");
    Command.of(Path.of("/bin/sh"), "-c", "mkfifo '" + door + "'").run();
    begun(this::open);
  }

  /** What such a script does with its arguments, as lines of bash. */
  String script() {
    return """
    call=$(mktemp -d '%s/XXXXXX')
    mkfifo "$call/out" "$call/err"
    cat >"$call/in"
    printf '%%s\\0' "$@" >"$call/words"
    env -0 >"$call/variables"
    echo "$call" >'%s'
    cat "$call/err" >&2 &
    cat "$call/out"
    wait
    exit "$(cat "$call/code")"
    """
        .formatted(calls, door);
  }

  private static Thread begun(Runnable work) {
    var thread = new Thread(work, "xmover");
    thread.setDaemon(true);
    thread.start();
    return thread;
  }

  private void open() {
    try {
      while (true) {
        for (String call : Files.readAllLines(door)) {
          if (call.equals(END)) {
            return;
          }
          commands.add(begun(() -> run(Path.of(call))));
        }
      }
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private void run(Path call) {
    try (OutputStream out = Files.newOutputStream(call.resolve("out"), StandardOpenOption.WRITE);
        OutputStream err = Files.newOutputStream(call.resolve("err"), StandardOpenOption.WRITE)) {
      Map<String, String> variables =
          words(call.resolve("variables"))
              .map(each -> each.split("=", 2))
              .collect(Collectors.toMap(each -> each[0], each -> each[1]));
      var around =
          new TestEnvironment(Path.of(variables.get("HOME")))
              .with(variables)
              .typing(Files.readString(call.resolve("in")));
      String[] words = words(call.resolve("words")).toArray(String[]::new);
      var environment = around.environment().writing(out).logging(err);
      int code = Cli.run(environment, Operator.xmover(), words);
      Files.writeString(call.resolve("code"), Integer.toString(code));
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
  }

  private static Stream<String> words(Path file) throws IOException {
    return Stream.of(Files.readString(file).split("\0")).filter(each -> !each.isEmpty());
  }

  /** What goes on by then, such as a simulated cluster, is ended. */
  @Override
  public void close() throws IOException {
    Files.write(door, List.of(END), StandardOpenOption.WRITE);
    commands.forEach(Thread::interrupt);
    try {
      for (Thread command : commands) {
        command.join(LIMIT.toMillis());
      }
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
