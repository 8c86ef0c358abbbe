package xmover.alert;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import xmover.cluster.ClusterFailure;
import xmover.environment.Timers;
import xmover.observe.HttpPost;
import xmover.observe.Login;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.observe.ServiceUrl;
import xmover.print.Advice;
import xmover.print.DurationText;
import xmover.print.RunSummary;
import xmover.reset.RunEvent;
import xmover.reset.RunReport;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.TableRef;

/**
 * Decides what to wake an operator for, and what is over: a restore that failed, a table at zero
 * replicas for longer than its limit, a run that failed. The alert rules of Prometheus have the
 * same names and labels, so an Alertmanager that gets both shows one; which tables it is about is
 * an annotation, as no metric names a table.
 */
public final class Alerts implements RunObserver {
  static final String RESTORE_FAILED = "XMoverRestoreFailed";
  static final String AT_ZERO = "XMoverTableAtZeroReplicas";
  static final String RUN_FAILED = "XMoverRunFailed";

  /** A restore at the limit takes a moment; an alert that is over within a second wakes in vain. */
  private static final Duration GRACE = Duration.ofSeconds(10);

  /** The exit code of a run that may leave a table without the replicas it had. */
  private static final int CRITICAL = 4;

  private final String runId;
  private final String cluster;
  private final Timers timers;
  private final Consumer<Alert> posted;
  private final Supplier<Future<Void>> sent;
  private Duration usual = Duration.ofMinutes(12);
  private final Map<TableRef, Timers.Alarm> watched = new HashMap<>();
  private final Set<TableRef> begunHere = new HashSet<>();
  private final Map<TableRef, String> tooLong = new LinkedHashMap<>();
  private final Map<TableRef, String> unrestored = new LinkedHashMap<>();
  private final Set<String> firing = new HashSet<>();
  private boolean inherited;
  private boolean leavesOthers;

  /**
   * @param cluster which one it is, in the words of the connection
   * @param posted takes each alert that is raised or resolved
   * @param sent completes when all that was posted is there or given up
   */
  Alerts(
      String runId,
      String cluster,
      Timers timers,
      Consumer<Alert> posted,
      Supplier<Future<Void>> sent) {
    this.runId = runId;
    this.cluster = cluster;
    this.timers = timers;
    this.posted = posted;
    this.sent = sent;
  }

  /** Alerts that go to an Alertmanager. */
  public static Alerts to(ServiceUrl url, Optional<Login> login, RunScene scene) {
    var http =
        new HttpPost(
            scene.vertx(),
            scene.timers(),
            login,
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
  public void on(RunEvent event) {
    if (event instanceof RunEvent.Analysed looked) {
      usual = looked.policy().longestWait();
    } else if (event instanceof RunEvent.OthersLeft) {
      leavesOthers = true;
    } else if (event instanceof RunEvent.Transition step) {
      transition(step.from(), step.to());
    } else if (event instanceof RunEvent.LeasesAwaited wait) {
      watch(wait.job());
    } else if (event instanceof RunEvent.RunEnded over) {
      runEnded(over.report(), over.exitCode());
    } else if (event instanceof RunEvent.RunFailed broken) {
      ended(broken.exitCode(), ClusterFailure.sentence(broken.failure()));
    }
  }

  private void transition(ResetJob from, ResetJob to) {
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
    tooLong.put(
        job.table(),
        "%s has been at 0 replicas for more than %s, they were %s"
            .formatted(job.table(), DurationText.text(limit(job)), job.original()));
    tellTooLong();
  }

  private void tellTooLong() {
    raise(
        AT_ZERO,
        tooLong.size() == 1
            ? "A table is at 0 replicas for too long"
            : tooLong.size() + " tables are at 0 replicas for too long",
        String.join(". ", tooLong.values()) + ". See: xmover status, xmover monitor",
        tooLong.keySet());
  }

  private void ended(ResetJob job) {
    forget(job);
    if (job.restore() == RestoreOutcome.FAILED) {
      unrestored.put(job.table(), Advice.unrestored(job));
      raise(
          RESTORE_FAILED,
          unrestored.size() == 1
              ? "A table is left without the replicas it had"
              : unrestored.size() + " tables are left without the replicas they had",
          String.join(". ", unrestored.values()),
          unrestored.keySet());
      return;
    }
    inherited |= !begunHere.contains(job.table());
    if (tooLong.remove(job.table()) != null) {
      if (tooLong.isEmpty()) {
        over(AT_ZERO);
      } else {
        tellTooLong();
      }
    }
  }

  @Override
  public Future<Void> close() {
    return sent.get();
  }

  private void runEnded(RunReport report, int exitCode) {
    if (exitCode != CRITICAL) {
      over(RESTORE_FAILED);
      over(AT_ZERO);
    }
    ended(exitCode, RunSummary.headline(report) + ". See its log or report");
  }

  /** What a signal ended in order is no failure; 4 is told as the restore that failed. */
  private void ended(int exitCode, String description) {
    if (exitCode == 0) {
      resolve(RUN_FAILED);
    } else if (exitCode < CRITICAL) {
      raise(RUN_FAILED, "The last run ended with exit code " + exitCode, description, Set.of());
    } else if (exitCode == CRITICAL && unrestored.isEmpty()) {
      String summary = "A table may be left without the replicas it had";
      raise(RESTORE_FAILED, summary, description, Set.of());
    }
  }

  /** An alert is of all tables of its cluster, of whichever run: of those left nobody knows. */
  private void over(String name) {
    if (!leavesOthers && (firing.remove(name) || inherited)) {
      resolve(name);
    }
  }

  private void raise(String name, String summary, String description, Set<TableRef> tables) {
    firing.add(name);
    var annotations = new TreeMap<>(Map.of("summary", summary, "description", description));
    annotations.put("run_id", runId);
    if (!tables.isEmpty()) {
      annotations.put(
          "tables", tables.stream().map(TableRef::toString).collect(Collectors.joining(", ")));
    }
    posted.accept(Alert.raised(labels(name), annotations, timers.now()));
  }

  private void resolve(String name) {
    posted.accept(Alert.resolved(labels(name), Map.of("run_id", runId), timers.now()));
  }

  private Map<String, String> labels(String name) {
    String severity = name.equals(RUN_FAILED) ? "warning" : "critical";
    return Map.of("alertname", name, "severity", severity, "cluster", cluster);
  }
}
