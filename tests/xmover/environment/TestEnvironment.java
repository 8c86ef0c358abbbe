package xmover.environment;

import cratesim.CrateSim;
import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What is around a command of a test: a folder for a home, pipes, signals that the test sends. */
public final class TestEnvironment {
  private final Path home;
  private final Map<String, String> variables = new HashMap<>();
  private final Said out;
  private final Said err;
  private final Map<String, Runnable> listening = new ConcurrentHashMap<>();
  private final CompletableFuture<Integer> ended = new CompletableFuture<>();
  private String typed = "";
  private Console console = Console.NONE;
  private InstantSource clock = InstantSource.system();
  private Simulator simulator = CrateSim::start;
  private Function<Vertx, Timers> timers = TestEnvironment::realTime;

  public TestEnvironment(Path home) {
    this(home, new Said(), new Said());
  }

  private TestEnvironment(Path home, Said out, Said err) {
    this.home = home;
    this.out = out;
    this.err = err;
  }

  /** One whose streams go to the same place, which others may share. */
  public static TestEnvironment saying(Path home, Said all) {
    return new TestEnvironment(home, all, all);
  }

  public TestEnvironment with(Map<String, String> more) {
    variables.putAll(more);
    return this;
  }

  public TestEnvironment with(Console other) {
    console = other;
    return this;
  }

  /** Into which that is piped. */
  public TestEnvironment typing(String lines) {
    typed = lines;
    return this;
  }

  /** In which time goes by as fast as there. */
  public TestEnvironment with(TimeLapse lapse) {
    clock = lapse;
    timers = lapse::timers;
    return this;
  }

  /** Of a script that brings no simulated cluster. */
  public TestEnvironment withoutSimulator() {
    simulator = Simulator.NONE;
    return this;
  }

  /** Time as it is. */
  public static Timers realTime(Vertx vertx) {
    return Timers.of(vertx, new SteadyClock(InstantSource.system(), System::nanoTime));
  }

  public Environment environment() {
    return new Environment(
        variables,
        "ops",
        home,
        home,
        new ByteArrayInputStream(typed.getBytes(StandardCharsets.UTF_8)),
        out,
        err,
        console,
        clock,
        timers,
        this::listen,
        new ProcessEnd(ended::complete),
        simulator);
  }

  private Runnable listen(String signal, Runnable told) {
    listening.put(signal, told);
    return () -> listening.remove(signal, told);
  }

  /** All that was written to stdout so far. */
  public String out() {
    return out.toString();
  }

  /** All that was written to stderr so far. */
  public String err() {
    return err.toString();
  }

  /** Whether the command would do something at that signal. */
  public boolean isListeningTo(String signal) {
    return listening.containsKey(signal);
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
