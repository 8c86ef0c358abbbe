package xmover.handbook;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A bash that gets the blocks of a page as an operator types them, and keeps what comes back. */
final class Terminal implements AutoCloseable {
  private static final String PROMPT = "prompt of the test: ";
  private static final long LIMIT = TimeUnit.MINUTES.toNanos(1);

  private final Process bash;
  private final BufferedWriter keyboard;
  private final Path output;
  private int prompts;
  private int read;

  Terminal(Path folder, String name, Map<String, String> environment) throws IOException {
    output = folder.resolve("terminal " + name);
    var start = new ProcessBuilder("bash").directory(folder.toFile());
    start.environment().keySet().removeIf(each -> each.startsWith("CRATE_"));
    start.environment().putAll(environment);
    bash = start.redirectErrorStream(true).redirectOutput(output.toFile()).start();
    keyboard = bash.outputWriter();
  }

  /** Types a block once the one before has ended, and does not wait for it. */
  void begin(String block) throws IOException {
    if (prompts > 0) {
      awaitPrompt();
    }
    read = lines().size();
    prompts++;
    // What a command would read is not what is typed next.
    keyboard.write("{ " + block + "\n} </dev/null\necho \"" + PROMPT + prompts + "\"\n");
    keyboard.flush();
  }

  /** Waits until the last block has ended. */
  void awaitPrompt() throws IOException {
    awaitShown(List.of(PROMPT + prompts));
  }

  /** Waits until the lines of a page have come, those of the blocks before left out. */
  void awaitShown(List<String> shown) throws IOException {
    long end = System.nanoTime() + LIMIT;
    String missing = Told.firstMissing(shown, said());
    while (missing != null) {
      if (System.nanoTime() > end) {
        throw new AssertionError("does not come: " + missing + "\n" + String.join("\n", said()));
      }
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
      missing = Told.firstMissing(shown, said());
    }
  }

  /** What came since the last block was typed. */
  private List<String> said() throws IOException {
    List<String> all = lines(); // Once: it goes on meanwhile.
    return all.subList(read, all.size());
  }

  /** All it has written so far. */
  List<String> lines() throws IOException {
    return Files.readAllLines(output);
  }

  @Override
  public void close() throws IOException {
    bash.descendants().forEach(ProcessHandle::destroy);
    keyboard.close();
    bash.destroy();
  }
}
