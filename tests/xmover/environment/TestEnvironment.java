package xmover.environment;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;

/** What is around a command of a test: a folder for a home, pipes, signals that the test sends. */
public final class TestEnvironment {
  private final Path home;
  private final Map<String, String> variables = new HashMap<>();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Map<String, Runnable> listening = new ConcurrentHashMap<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private Console console = Console.NONE;

  public TestEnvironment(Path home) {
    this.home = home;
  }

  public TestEnvironment with(Map<String, String> more) {
    variables.putAll(more);
    return this;
  }

  public TestEnvironment with(Console other) {
    console = other;
    return this;
  }

  /** Real time that does not jump. */
  public static InstantSource steadyClock() {
    return new SteadyClock(InstantSource.system(), System::nanoTime);
  }

  public Environment environment() {
    return new Environment(
        variables,
        "ops",
        home,
        home,
        new ByteArrayInputStream(new byte[0]),
        out,
        err,
        console,
        InstantSource.system(),
        steadyClock(),
        listening::put,
        new ProcessEnd(ended::complete));
  }

  /** All that was written to stdout so far. */
  public String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  /** All that was written to stderr so far. */
  public String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  /** Sends a signal, such as TERM; one that nobody listens to ends a process, and fails a test. */
  public void send(String signal) {
    Runnable told = listening.get(signal);
    if (told == null) {
      throw new AssertionError("nobody listens to " + signal);
    }
    told.run();
  }

  /** The code that the process was ended with at once, if it was. */
  public CompletableFuture<Integer> ended() {
    return ended;
  }
}
