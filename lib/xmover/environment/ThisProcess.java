package xmover.environment;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.function.ToIntFunction;

/**
 * The process that the operating system started: the one place that asks it what it has, and the
 * one that ends it.
 */
public final class ThisProcess {
  private static final Signals SIGNALS = new ProcessSignals();

  private ThisProcess() {}

  /**
   * Runs a command that has the process to itself, and ends the process with its exit code.
   *
   * @param command answers the exit code
   */
  public static void run(ToIntFunction<Environment> command) {
    // Numbers are written for programs as well as for people, and the same everywhere.
    Locale.setDefault(Locale.ROOT);
    Environment environment = environment(new ProcessEnd(Runtime.getRuntime()::halt));
    int code = command.applyAsInt(environment);
    var unused = environment.end().within(ProcessEnd.AFTER_COMMAND, code);
    System.exit(code);
  }

  /** For a guest, such as a script in a JShell: the process goes on when it has ended. */
  public static Environment shared() {
    return environment(ProcessEnd.NOT_OURS);
  }

  /** Where its classes are. */
  public static String classPath() {
    return System.getProperty("java.class.path");
  }

  /** Where a log line goes that belongs to no command. */
  public static OutputStream err() {
    return new FileOutputStream(FileDescriptor.err);
  }

  private static Environment environment(ProcessEnd end) {
    InstantSource timeOfDay = InstantSource.system();
    InstantSource steady = new SteadyClock(timeOfDay, System::nanoTime);
    return new Environment(
        System.getenv(),
        System.getProperty("user.name"),
        Path.of(System.getProperty("user.home")),
        Path.of(""),
        new FileInputStream(FileDescriptor.in),
        new FileOutputStream(FileDescriptor.out),
        err(),
        new ProcessConsole(),
        timeOfDay,
        vertx -> Timers.of(vertx, steady),
        SIGNALS,
        end,
        Simulator.NONE);
  }
}
