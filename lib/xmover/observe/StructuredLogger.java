package xmover.observe;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Statement;
import xmover.observe.LogOutput.Severity;
import xmover.reset.HoldNews;
import xmover.reset.ResetJob;
import xmover.reset.ResetListener;
import xmover.reset.RestoreOutcome;
import xmover.table.LeaseReading;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Logs a run, a line per event. Each statement that changes something is logged before it leaves
 * and after it was answered: that is the audit trail.
 */
public final class StructuredLogger implements ResetListener {
  private final LogLines lines;

  public StructuredLogger(LogLines lines) {
    this.lines = lines;
  }

  @Override
  public void transition(ResetJob from, ResetJob to) {
    lines.log(
        Severity.INFO,
        "transition",
        to.table(),
        "Processing %s: %s → %s".formatted(to.table(), from.state(), to.state()),
        json -> {
          json.put("from_state", from.state().name()).put("to_state", to.state().name());
          json.put(
              "elapsed_ms", Duration.between(from.times().since(), to.times().since()).toMillis());
          json.put("original_replicas", original(to));
        });
    switch (to.state()) {
      case MONITORING_LEASES ->
          told(Severity.INFO, "replicas_zero", to, "Replicas set to 0 (was: %s)");
      case COMPLETED -> told(Severity.INFO, "completed", to, "Replicas restored to %s");
      case FAILED -> failed(to);
      case DETECTED, SETTING_REPLICAS_ZERO, RESTORING_REPLICAS -> {}
    }
    if (to.state().isEnd() && to.isLate()) {
      told(Severity.WARN, "late_zero", to, Advice.LATE + " (replicas were %s)");
    }
  }

  private void told(Severity severity, String event, ResetJob job, String text) {
    lines.log(
        severity,
        event,
        job.table(),
        job.table() + ": " + text.formatted(original(job)),
        json -> json.put("original_replicas", original(job)));
  }

  private void failed(ResetJob job) {
    String cause = job.cause().map(failure -> failure.message()).orElse("unknown");
    boolean critical = job.restore() == RestoreOutcome.FAILED;
    String replicas =
        critical
            ? "REPLICAS NOT RESTORED, they were " + original(job)
            : job.restore() == RestoreOutcome.DONE
                ? "replicas restored to " + original(job)
                : "nothing to restore";
    lines.log(
        Severity.ERROR,
        critical ? "restore_failed" : "failed",
        job.table(),
        "%s: %s; %s".formatted(job.table(), cause, replicas),
        json ->
            json.put("original_replicas", original(job))
                .put("cause", job.cause().map(f -> f.cause().name()).orElse(null))
                .put("error", cause)
                .put("restore", String.valueOf(job.restore())));
  }

  @Override
  public void waiting(ResetJob job, int attempt, int attempts, Duration delay, String waitingFor) {
    lines.log(
        Severity.INFO,
        "waiting",
        job.table(),
        "%s: MONITORING_LEASES (attempt %s/%s, %s delay), waiting for %s"
            .formatted(job.table(), attempt, attempts, seconds(delay), waitingFor),
        json ->
            json.put("attempt", attempt)
                .put("attempts", attempts)
                .put("delay_ms", delay.toMillis())
                .put("waiting_for", waitingFor)
                .put("original_replicas", original(job)));
  }

  @Override
  public void looked(ResetJob job, LeaseReading reading) {
    lines.log(
        Severity.DEBUG,
        "leases",
        job.table(),
        "%s: %s leases, %s expected".formatted(job.table(), reading.leases(), reading.primaries()),
        json ->
            json.put("leases", reading.leases())
                .put("expected", reading.primaries())
                .put("cleared", reading.cleared()));
  }

  @Override
  public void sending(Statement statement) {
    statement(Severity.INFO, "sql_sending", "Sending: ", statement, json -> {});
  }

  @Override
  public void answered(Statement statement, Duration took) {
    statement(
        Severity.INFO,
        "sql_answered",
        "Answered after %s ms: ".formatted(took.toMillis()),
        statement,
        json -> json.put("elapsed_ms", took.toMillis()));
  }

  @Override
  public void failed(Statement statement, Duration took, Throwable failure) {
    statement(
        Severity.WARN,
        "sql_failed",
        "Failed after %s ms (%s): ".formatted(took.toMillis(), ClusterFailure.sentence(failure)),
        statement,
        json -> {
          json.put("elapsed_ms", took.toMillis()).put("error", ClusterFailure.sentence(failure));
          if (failure instanceof ClusterFailure known) {
            json.put("kind", known.kind().name()).put("code", known.code());
          }
          json.put("stack", JsonLines.stack(failure));
        });
  }

  private void statement(
      Severity severity,
      String event,
      String text,
      Statement statement,
      Consumer<ObjectNode> more) {
    lines.log(
        severity,
        event,
        statement.table().orElse(null),
        text + statement.text(),
        json -> more.accept(json.put("sql", statement.text())));
  }

  @Override
  public void retrying(TableRef table, String what, int attempt, Duration delay, String reason) {
    lines.log(
        Severity.WARN,
        "retrying",
        table,
        "%s: %s failed (attempt %s), again in %s: %s"
            .formatted(table, what, attempt, seconds(delay), reason),
        json ->
            json.put("what", what)
                .put("attempt", attempt)
                .put("delay_ms", delay.toMillis())
                .put("error", reason));
  }

  @Override
  public void leaseSyncRefused(TableRef table, String reason) {
    lines.log(
        Severity.WARN,
        "lease_sync_refused",
        table,
        "%s: no lease sync on request, waiting for the tick: %s".formatted(table, reason),
        json -> json.put("error", reason));
  }

  @Override
  public void noticed(TableRef table, String what) {
    lines.log(Severity.WARN, "noticed", table, table + ": " + what, json -> json.put("what", what));
  }

  @Override
  public void journalFailed(TableRef table, String reason) {
    lines.log(
        Severity.WARN,
        "journal_failed",
        table,
        "%s: the journal could not be written: %s".formatted(table, reason),
        json -> json.put("error", reason));
  }

  @Override
  public void rebalancing(HoldNews news) {
    lines.log(
        severity(news),
        "rebalancing",
        null,
        news.text(),
        json -> json.put("hold", news.kind().name()).put("original", news.original()));
  }

  static Severity severity(HoldNews news) {
    return switch (news.kind()) {
      case HELD, NOT_NEEDED, PUT_BACK -> Severity.INFO;
      case INHERITED, TROUBLED, CHANGED_BY_OTHERS -> Severity.WARN;
      case LEFT_OFF -> Severity.ERROR;
    };
  }

  @Override
  public void breaker(String state) {
    lines.log(
        Severity.WARN,
        "breaker",
        null,
        "Circuit breaker of the cluster: " + state,
        json -> json.put("state", state));
  }

  @Override
  public void paused() {
    pause("paused", "Paused: no new table is started, those under way go on");
  }

  @Override
  public void proceeding() {
    pause("proceeding", "Going on after a pause");
  }

  private void pause(String event, String text) {
    lines.log(Severity.WARN, event, null, text, json -> {});
  }

  private static String original(ResetJob job) {
    ReplicaSetting setting = job.original();
    return setting == null ? "unknown" : setting.text();
  }

  /** {@code 10s} as the handbook writes it, {@code 0.3s} where that matters. */
  private static String seconds(Duration time) {
    return time.toMillisPart() == 0 && !time.isZero()
        ? time.toSeconds() + "s"
        : String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0);
  }
}
