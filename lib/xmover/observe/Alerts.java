package xmover.observe;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure;
import xmover.detect.Analysis;
import xmover.environment.Timers;
import xmover.reset.ResetJob;
import xmover.reset.ResetPolicy;
import xmover.reset.ResetState;
import xmover.reset.RestoreOutcome;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.table.TableRef;

/**
 * Decides what to wake an operator for, and what is over: a restore that failed, a table at zero
 * replicas for longer than its limit, a run that failed.
 */
public final class Alerts implements RunObserver {
  /** A restore at the limit takes a moment; an alert that is over within a second wakes in vain. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  private static final int INTERRUPTED = 130;

  private final String runId;
  private final String instance;
  private final Timers timers;
  private final Consumer<Alert> posted;
  private final Supplier<Future<Void>> sent;
  private Duration usual = Duration.ofMinutes(12);
  private final Map<TableRef, Timers.Alarm> watched = new HashMap<>();
  private final Set<TableRef> begunHere = new HashSet<>();
  private final Set<TableRef> tooLong = new HashSet<>();
  private final Set<TableRef> unrestored = new HashSet<>();

  /**
   * @param instance which cluster it is, in the words of the connection
   * @param posted takes each alert that is raised or resolved
   * @param sent completes when all that was posted is there or given up
   */
  Alerts(
      String runId,
      String instance,
      Timers timers,
      Consumer<Alert> posted,
      Supplier<Future<Void>> sent) {
    this.runId = runId;
    this.instance = instance;
    this.timers = timers;
    this.posted = posted;
    this.sent = sent;
  }

  /** Alerts that go to an Alertmanager. */
  public static Alerts to(ServiceUrl url, RunScene scene) {
    var http =
        new HttpPost(
            scene.vertx(),
            scene.timers(),
            trouble -> scene.warning().accept("alerts can't be posted to " + trouble));
    var alertmanager = new Alertmanager(http, url);
    return new Alerts(
        scene.run().runId(),
        scene.target(),
        scene.timers(),
        alertmanager::post,
        alertmanager::sent);
  }

  @Override
  public void analysed(Analysis analysis, ResetPolicy policy) {
    usual = policy.longestWait();
  }

  @Override
  public void transition(ResetJob from, ResetJob to) {
    if (from.state() == ResetState.DETECTED) {
      begunHere.add(to.table());
    }
    if (from.state() == ResetState.SETTING_REPLICAS_ZERO) {
      forget(to);
    }
    watch(to);
    if (to.state().isEnd()) {
      ended(to);
    }
  }

  @Override
  public void waiting(ResetJob job, int attempt, int attempts, Duration delay, String waitingFor) {
    watch(job);
  }

  private void watch(ResetJob job) {
    Instant since = job.times().zeroSince();
    if (job.state().isAtRisk() && since != null && !watched.containsKey(job.table())) {
      Duration left = Duration.between(timers.now(), since.plus(limit(job)).plus(GRACE));
      watched.put(
          job.table(),
          timers.alarm(left.isNegative() ? Duration.ZERO : left, () -> atZeroTooLong(job)));
    }
  }

  /** By its own deadline, where it is known already. */
  private Duration limit(ResetJob job) {
    Instant since = job.times().zeroSince();
    Instant deadline = job.times().deadline();
    return since == null || deadline == null ? usual : Duration.between(since, deadline);
  }

  private void forget(ResetJob job) {
    Timers.Alarm alarm = watched.remove(job.table());
    if (alarm != null) {
      alarm.cancel();
    }
  }

  private void atZeroTooLong(ResetJob job) {
    tooLong.add(job.table());
    raise(
        labels("XMoverTableAtZeroReplicas", "critical", job.table()),
        "%s has been at 0 replicas for more than %s"
            .formatted(job.table(), Lasting.text(limit(job))),
        "Its replicas were " + job.original() + ". See: xmover status, xmover monitor");
  }

  private void ended(ResetJob job) {
    forget(job);
    if (tooLong.remove(job.table())) {
      resolve(labels("XMoverTableAtZeroReplicas", "critical", job.table()));
    }
    if (job.restore() == RestoreOutcome.FAILED) {
      unrestored(job);
    } else if (!begunHere.contains(job.table())) {
      // An earlier run began it, and may have told that it could not be restored.
      resolve(labels("XMoverRestoreFailed", "critical", job.table()));
    }
  }

  private void unrestored(ResetJob job) {
    unrestored.add(job.table());
    raise(
        labels("XMoverRestoreFailed", "critical", job.table()),
        "The replicas of %s could not be restored".formatted(job.table()),
        Advice.unrestored(job));
  }

  @Override
  public void runFailed(Throwable failure, int exitCode) {
    raise(
        labels("XMoverRunFailed", "warning"),
        "A run of XMover ended by an error, exit code " + exitCode,
        ClusterFailure.sentence(failure));
  }

  @Override
  public Future<Void> close() {
    return sent.get();
  }

  @Override
  public void runEnded(RunReport report, int exitCode) {
    for (TableResult result : report.results()) {
      TableRef table = result.finding().table();
      if (!result.isCritical() && unrestored.remove(table)) {
        // The last look of the run found it restored after all.
        resolve(labels("XMoverRestoreFailed", "critical", table));
      }
    }
    Map<String, String> labels = labels("XMoverRunFailed", "warning");
    if (exitCode == 0) {
      resolve(labels);
    } else if (exitCode != INTERRUPTED) {
      raise(
          labels,
          "A run of XMover ended with exit code " + exitCode,
          RunSummary.headline(report) + ". See its log or report");
    }
  }

  private void raise(Map<String, String> labels, String summary, String description) {
    posted.accept(
        Alert.raised(
            labels,
            Map.of("summary", summary, "description", description, "run_id", runId),
            timers.now()));
  }

  private void resolve(Map<String, String> labels) {
    posted.accept(Alert.resolved(labels, Map.of("run_id", runId), timers.now()));
  }

  private Map<String, String> labels(String name, String severity) {
    var labels = new TreeMap<String, String>();
    labels.put("alertname", name);
    labels.put("severity", severity);
    labels.put("job", "xmover");
    labels.put("instance", instance);
    return labels;
  }

  private Map<String, String> labels(String name, String severity, TableRef table) {
    Map<String, String> labels = labels(name, severity);
    labels.put("table", table.toString());
    return labels;
  }
}
