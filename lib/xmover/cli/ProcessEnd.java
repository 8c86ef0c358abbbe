package xmover.cli;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
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
      // Its thread is a daemon and goes on while shutdown hooks run.
      CompletableFuture.delayedExecutor(patience.toMillis(), TimeUnit.MILLISECONDS, Runnable::run)
          .execute(() -> now(code));
    }
  }

  /** Ends the process, whatever is under way. */
  void now(int code) {
    halt.accept(code);
  }
}
