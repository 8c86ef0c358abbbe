package xmover.environment;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.IntConsumer;

/**
 * Sees to it that the process ends, with the right code, when something would keep it: a pipe that
 * nobody reads, a server that is silent, a shutdown hook that waits for either. Nothing else ends
 * the process at once.
 */
public final class ProcessEnd {
  /** For a process that is not the command's alone: it goes on. */
  public static final ProcessEnd NOT_OURS = new ProcessEnd(code -> {});

  /** Watching observers are given half a minute to finish, and the log some seconds. */
  public static final Duration AFTER_RUN = Duration.ofSeconds(60);

  public static final Duration AFTER_COMMAND = Duration.ofSeconds(10);

  private final IntConsumer halt;

  /**
   * @param halt ends it with this code, whatever is under way
   */
  public ProcessEnd(IntConsumer halt) {
    this.halt = halt;
  }

  /**
   * Has the process end with this code if it has not ended by itself when this time is over.
   *
   * @return cancels that, where what it waited for has come to an end
   */
  public Future<?> within(Duration patience, int code) {
    // Its thread is a daemon and goes on while shutdown hooks run.
    Executor late =
        CompletableFuture.delayedExecutor(
            patience.toMillis(), TimeUnit.MILLISECONDS, Runnable::run);
    return CompletableFuture.runAsync(() -> now(code), late);
  }

  /** Ends the process, whatever is under way. */
  public void now(int code) {
    halt.accept(code);
  }
}
