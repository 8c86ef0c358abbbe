package xmover;

import java.lang.reflect.Method;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import jdk.jshell.execution.DirectExecutionControl;
import jdk.jshell.spi.ExecutionControl;
import jdk.jshell.spi.ExecutionControlProvider;
import jdk.jshell.spi.ExecutionEnv;
import org.jspecify.annotations.Nullable;

/**
 * How snippets of a {@link Shell} run: each on a thread of its own that nobody kills. JShell's own
 * way kills, at Ctrl-C, every thread that a snippet began, and with them a run that is about to put
 * replicas back.
 */
public final class ShellExecution implements ExecutionControlProvider {
  /** What JShell has to know of it is in {@code META-INF/services}. */
  public ShellExecution() {}

  @Override
  public String name() {
    return Shell.EXECUTION;
  }

  @Override
  public ExecutionControl generate(ExecutionEnv env, Map<String, String> parameters) {
    Shell.opened().answersFrom(env.userIn());
    return new Snippets(Shell.opened());
  }

  private static final class Snippets extends DirectExecutionControl {
    private final Shell shell;
    private volatile CompletableFuture<String> awaited = new CompletableFuture<>();
    private volatile @Nullable Thread worker;

    private Snippets(Shell shell) {
      this.shell = shell;
    }

    @Override
    protected String invoke(Method doit) throws Exception {
      CompletableFuture<String> result = new CompletableFuture<>();
      awaited = result;
      var thread = new Thread(() -> complete(result, () -> super.invoke(doit)), "snippet");
      thread.setDaemon(true);
      worker = thread;
      thread.start();
      try {
        return result.get();
      } catch (ExecutionException failed) {
        throw failed.getCause() instanceof Exception told ? told : failed;
      }
    }

    private static void complete(CompletableFuture<String> result, Callable<String> snippet) {
      try {
        result.complete(snippet.call());
      } catch (Throwable thrown) {
        result.completeExceptionally(thrown);
      }
    }

    /** A run ends in order first; whatever else goes on is left alone. */
    @Override
    public void stop() {
      if (shell.stops()) {
        return;
      }
      Thread thread = worker;
      if (thread != null) {
        thread.interrupt();
      }
      awaited.completeExceptionally(new StoppedException());
    }
  }
}
