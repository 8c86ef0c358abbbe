package xmover.report;

import io.vertx.core.Future;
import java.io.PrintWriter;
import xmover.json.Json;
import xmover.log.LogOutput;
import xmover.observe.RunScene;

/** Prints the report of a run as JSON, once the log lines before it are written. */
public final class PrintedReport implements RunRecorder.Outlet {
  private final RunScene scene;
  private final LogOutput log;
  private final PrintWriter out;

  public PrintedReport(RunScene scene, LogOutput log, PrintWriter out) {
    this.scene = scene;
    this.log = log;
    this.out = out;
  }

  /** Prints off the event loop: nobody may be there to read it. */
  @Override
  public Future<Void> take(RunRecord record) {
    String report = Json.pretty(ReportJson.of(record));
    return scene
        .vertx()
        .executeBlocking(
            () -> {
              log.beside(() -> print(report));
              return null;
            });
  }

  private void print(String report) {
    out.print(report);
    out.flush();
  }
}
