package xmover.cli;

import java.time.Duration;
import java.util.function.IntConsumer;

/**
 * Sees to it that the process ends, with the right code, when something would keep it: a pipe that
 * nobody reads, a server that is silent, a shutdown hook that waits for either. Nothing else ends
 * the process at once.
 */
final class ProcessEnd {
  /** The process of a command, once that was started as a process. */
  static final ProcessEnd OF_THIS_PROCESS = new ProcessEnd(Runtime.getRuntime()::halt);

  /** Watching observers are given half a minute to finish, and the log some seconds. */
  static final Duration AFTER_RUN = Duration.ofSeconds(60);

  static final Duration AFTER_COMMAND = Duration.ofSeconds(10);

  private final IntConsumer halt;
  private volatile boolean watching;

  ProcessEnd(IntConsumer halt) {
    this.halt = halt;
  }

  /** From now on the process is the command's alone: it may be ended. */
  void watch() {
    watching = true;
  }

  /** Has the process end with this code if it has not ended by itself when this time is over. */
  void within(Duration patience, int code) {
    if (watching) {
      var watchdog = new Thread(() -> endAfter(patience, code), "process-end");
      watchdog.setDaemon(true);
      watchdog.start();
    }
  }

  /** Ends the process, whatever is under way. */
  void now(int code) {
    halt.accept(code);
  }

  private void endAfter(Duration patience, int code) {
    try {
      Thread.sleep(patience.toMillis());
      now(code);
    } catch (InterruptedException nobodyDoesThat) {
      Thread.currentThread().interrupt();
    }
  }
}
