package xmover.cli;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xmover.environment.TestEnvironment;
import xmover.options.Cli;

/** A command that goes on in this JVM, on a thread of its own, while a test does something. */
public final class RunningCommand {
  private final TestEnvironment around;
  private final CompletableFuture<Integer> exit = new CompletableFuture<>();

  private RunningCommand(TestEnvironment around) {
    this.around = around;
  }

  /** Types it with this around it. */
  public static RunningCommand start(TestEnvironment around, String... arguments) {
    var running = new RunningCommand(around);
    var unused = around.ended().thenAccept(running.exit::complete);
    new Thread(() -> running.run(arguments), "xmover").start();
    return running;
  }

  private void run(String... arguments) {
    try {
      exit.complete(Cli.run(around.environment(), Operator.xmover(), arguments));
    } catch (Throwable broken) {
      exit.completeExceptionally(broken);
    }
  }

  /** Completes with the exit code. */
  public CompletableFuture<Integer> exit() {
    return exit;
  }

  /** How it ends, a minute from now at the latest. */
  public int exitCode() {
    try {
      return exit.get(1, TimeUnit.MINUTES);
    } catch (TimeoutException hangs) {
      throw new AssertionError("does not end\n" + around.out() + around.err());
    } catch (InterruptedException | ExecutionException broken) {
      throw new AssertionError(broken);
    }
  }

  /** Stops it, if it goes on. */
  void stop() {
    if (!exit.isDone() && around.isListeningTo("TERM")) {
      around.send("TERM");
    }
  }

  /** Sends it a signal, such as TERM. */
  void send(String signal) {
    around.send(signal);
  }
}
