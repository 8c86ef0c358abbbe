package xmover.run;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import xmover.environment.Signals;

/**
 * Listens for what tells a process to stop. The first signal asks for an orderly end, a second one
 * of those that people and services send to end a process leaves at once.
 */
final class StopSignals {
  /**
   * They end a Java process by default and can be caught: all that can, but for those that tell of
   * a fault in the process itself. A system that has no such signal is not told of it.
   */
  private static final List<String> OTHERS =
      List.of(
          "USR1", "USR2", "ALRM", "VTALRM", "PROF", "POLL", "PWR", "STKFLT", "XCPU", "SYS", "ABRT");

  /** Whether one came that is sent to end a process. */
  private final AtomicBoolean asked = new AtomicBoolean();

  /** What stopped the run; empty while nothing did. */
  private final AtomicReference<ExitCode> received = new AtomicReference<>();

  private final List<Runnable> registrations = new CopyOnWriteArrayList<>();
  private final Consumer<String> first;
  private final Consumer<ExitCode> second;

  private StopSignals(Consumer<String> first, Consumer<ExitCode> second) {
    this.first = first;
    this.second = second;
  }

  /**
   * Listens from now on.
   *
   * @param first is told which signal came first
   * @param second is told when another one came, with the code to leave with
   */
  static StopSignals listen(Signals from, Consumer<String> first, Consumer<ExitCode> second) {
    var signals = new StopSignals(first, second);
    signals.hear(from, "INT", () -> signals.on("SIGINT", ExitCode.INTERRUPTED));
    signals.hear(from, "TERM", () -> signals.on("SIGTERM", ExitCode.TERMINATED));
    // The terminal is gone, as when a connection to a jump host breaks: end in order, too.
    signals.hear(from, "HUP", () -> signals.on("SIGHUP", ExitCode.TERMINATED));
    OTHERS.forEach(
        name -> signals.hear(from, name, () -> signals.stop("SIG" + name, ExitCode.TERMINATED)));
    return signals;
  }

  private void hear(Signals from, String name, Runnable action) {
    registrations.add(from.on(name, action));
  }

  /** The run is over: what comes now has nothing to stop. */
  void close() {
    registrations.forEach(Runnable::run);
    registrations.clear();
  }

  private void on(String name, ExitCode code) {
    if (asked.compareAndSet(false, true)) {
      stop(name, code);
    } else {
      second.accept(code);
    }
  }

  private void stop(String name, ExitCode code) {
    if (received.compareAndSet(null, code)) {
      first.accept(name);
    }
  }

  /** Whether one came. */
  boolean isReceived() {
    return received.get() != null;
  }

  /** The exit code of a run: that of the signal, unless something worse happened. */
  ExitCode exitCode(ExitCode result) {
    ExitCode signal = received.get();
    return signal == null || result == ExitCode.CRITICAL ? result : signal;
  }
}
