package xmover.report;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.detect.ClusterIdentity;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;

/** Keeps what a report of the run tells, and hands it on when the run is over. */
public final class RunRecorder implements RunObserver {
  private final RunIdentity run;
  private final SqlTrail trail;
  private final List<Outlet> outlets;
  private final List<TableResult> results = new ArrayList<>();
  private Optional<ClusterIdentity> cluster = Optional.empty();
  private List<Finding> found = List.of();
  private Future<Void> said = Future.succeededFuture();

  /** Where reports go. */
  @FunctionalInterface
  public interface Outlet {
    /** Takes a report; completes when it is there or was given up, and never fails. */
    Future<Void> take(RunRecord record);
  }

  public RunRecorder(RunScene scene, List<Outlet> outlets) {
    this.run = scene.run();
    this.trail = new SqlTrail(scene.timers()::now);
    this.outlets = List.copyOf(outlets);
  }

  @Override
  public void on(RunEvent event) {
    trail.on(event);
    if (event instanceof RunEvent.RunStarted started) {
      cluster = Optional.of(started.cluster());
    } else if (event instanceof RunEvent.Analysed looked) {
      found = looked.analysis().findings();
    } else if (event instanceof RunEvent.TableEnded ended) {
      results.add(ended.result());
    } else if (event instanceof RunEvent.RunEnded over) {
      say(over.report(), Optional.empty(), over.exitCode());
    } else if (event instanceof RunEvent.RunFailed broken) {
      var report = new RunReport(run.started(), trail.now(), results, 0);
      say(report, Optional.of(ClusterFailure.sentence(broken.failure())), broken.exitCode());
    }
  }

  private void say(RunReport report, Optional<String> error, int exitCode) {
    var record = new RunRecord(run, cluster, found, report, trail.statements(), error, exitCode);
    Future<Void> before = said;
    said =
        Future.join(
                outlets.stream().map(outlet -> before.compose(d -> outlet.take(record))).toList())
            .mapEmpty();
  }

  @Override
  public Future<Void> close() {
    return said;
  }
}
