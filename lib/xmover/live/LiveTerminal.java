package xmover.live;

import io.vertx.core.Future;
import java.io.IOException;
import java.time.ZoneId;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jline.terminal.Size;
import org.jline.terminal.Terminal;
import org.jline.utils.Display;
import xmover.log.LogOutput;
import xmover.observe.RunObserver;
import xmover.reset.RunEvent;

/**
 * Shows a run on the terminal behind stderr while it goes on, redrawn in place by a thread of its
 * own; log lines scroll by above it. It is gone before the summary is printed.
 */
public final class LiveTerminal implements RunObserver, LogOutput.Screen {
  private static final int REDRAWS_PER_SECOND = 5;

  private final RunProgress progress;
  private final LogOutput log;
  private final Terminal terminal;
  private final Display display;
  private final ScheduledExecutorService drawer =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            var thread = new Thread(task, "live-terminal");
            thread.setDaemon(true);
            return thread;
          });
  private boolean shown = true;

  private LiveTerminal(RunProgress progress, Terminal terminal, LogOutput log) {
    this.progress = progress;
    this.log = log;
    this.terminal = terminal;
    this.display = new Display(terminal, false);
  }

  /** Shows it on the terminal behind stderr, where the lines of its log go. */
  public static LiveTerminal on(Terminal terminal, RunProgress progress, LogOutput log) {
    var live = new LiveTerminal(progress, terminal, log);
    log.show(live);
    var unused =
        live.drawer.scheduleWithFixedDelay(
            live::draw, 0, 1000 / REDRAWS_PER_SECOND, TimeUnit.MILLISECONDS);
    return live;
  }

  @Override
  public synchronized void aside(Runnable lines) {
    erase();
    lines.run();
    draw();
  }

  private synchronized void draw() {
    RunSnapshot run = progress.snapshot();
    if (!shown || run.tables().isEmpty()) {
      return;
    }
    Size size = terminal.getSize();
    int columns = size.getColumns() > 0 ? size.getColumns() : 80;
    int rows = size.getRows() > 0 ? size.getRows() : 24;
    display.resize(Size.of(columns, rows));
    // The last column stays free: a full line would wrap on some terminals.
    display.update(LiveView.of(run, columns - 1, rows - 1, ZoneId.systemDefault()), -1);
  }

  private void erase() {
    if (shown) {
      display.update(List.of(), 0);
    }
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunEnded || event instanceof RunEvent.RunFailed) {
      hide();
    }
  }

  private synchronized void hide() {
    if (shown) {
      erase();
      shown = false;
      drawer.shutdownNow();
      log.show(Runnable::run);
    }
  }

  @Override
  public Future<Void> close() {
    hide();
    try {
      terminal.close();
    } catch (IOException gone) {
      // Nobody sees it any more.
    }
    return Future.succeededFuture();
  }
}
