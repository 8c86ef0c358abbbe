package xmover.reset;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Timers;
import xmover.reset.ResetMachine.Step;
import xmover.table.LeaseReading;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Resets one table or partition: does what the {@link ResetMachine} decides and tells it what came
 * of it, until the reset has ended.
 */
public final class TableResetProcessor {
  /** What the look at the deadline may take. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(2);

  private final Surroundings surroundings;
  private final ResetMachine machine;
  private final RetentionLeaseMonitor monitor;
  private final Promise<ResetJob> ended = Promise.promise();
  private ResetJob job;

  /** Counts the commands, so that the result of one that was overtaken is dropped. */
  private int command;

  private String waitingFor = "the first look";

  private TableResetProcessor(ResetJob job, Surroundings surroundings) {
    this.surroundings = surroundings;
    this.machine = new ResetMachine(surroundings.policy());
    this.monitor = new RetentionLeaseMonitor(surroundings.cluster(), surroundings.listener());
    this.job = job;
  }

  public TableResetProcessor(TableRef table, Surroundings surroundings) {
    this(ResetJob.detected(table, surroundings.timers().now()), surroundings);
  }

  /** A processor that goes on with what another process began. */
  public static TableResetProcessor resuming(JournalEntry entry, Surroundings surroundings) {
    Instant now = surroundings.timers().now();
    Instant deadline = surroundings.policy().deadline(entry.at(), now);
    return new TableResetProcessor(ResetJob.resumed(entry, now, deadline), surroundings);
  }

  /** Runs the reset; the future holds the ended job and fails only on a bug. */
  public Future<ResetJob> run() {
    if (job.state() == ResetState.DETECTED) {
      on(new ResetEvent.Started());
    } else {
      int issued = command;
      // Unreadable: as if it were at 0 still, the next look will tell.
      ReplicaCatalogue.read(surroundings.cluster(), job.table())
          .map(entry -> entry.filter(e -> e.shows(ReplicaSetting.ZERO)).isPresent())
          .otherwise(true)
          .onSuccess(zero -> onResult(issued, new ResetEvent.Resumed(zero)));
    }
    return ended.future();
  }

  /** Where it stands. */
  public ResetJob job() {
    return job;
  }

  /** Starts nothing more and puts the table back at once; after the end it does nothing. */
  public void stop(String reason) {
    if (!job.state().isEnd()) {
      on(new ResetEvent.Stopped(reason));
    }
  }

  private void on(ResetEvent event) {
    Step step = machine.on(job, event, surroundings.timers().now());
    ResetJob before = job;
    job = step.job();
    if (before.state() != job.state()) {
      surroundings.listener().transition(before, job);
    }
    if (job.state().isEnd()) {
      command++;
      remember().onComplete(written -> ended.complete(job));
    } else if (!(step.command() instanceof ResetCommand.Nothing)) {
      int issued = ++command;
      // What a bug throws there is a failure like any other: it must not leave a table at risk.
      Future.succeededFuture()
          .compose(ready -> execute(step.command()))
          .otherwise(this::unexpected)
          .onSuccess(result -> onResult(issued, result));
    }
  }

  /** Writes the journal where a reset goes on even if that fails. */
  private Future<Void> remember() {
    if (job.original() == null) {
      return Future.succeededFuture();
    }
    return write()
        .onFailure(
            failure ->
                surroundings
                    .listener()
                    .journalFailed(job.table(), ClusterFailure.sentence(failure)));
  }

  private Future<Void> write() {
    var entry = JournalEntry.of(surroundings.run(), job, surroundings.timers().now());
    return Future.succeededFuture().compose(ready -> surroundings.journal().write(entry));
  }

  private void onResult(int issued, ResetEvent result) {
    if (issued == command) {
      on(result);
    }
  }

  private Future<ResetEvent> execute(ResetCommand next) {
    if (next instanceof ResetCommand.Look look) {
      return look(look);
    }
    if (next instanceof ResetCommand.Restore restore) {
      // Not waited for: a journal that hangs must not hold up a restore.
      remember();
      return new Restoring(job.table(), job.originalSetting(), surroundings)
          .run(restore.mayBeChanged());
    }
    return next instanceof ResetCommand.SetZero ? setZero() : readSetting();
  }

  /** Written ahead: without the journal no ALTER leaves. */
  private Future<ResetEvent> setZero() {
    return write()
        .transform(
            written ->
                written.succeeded()
                    ? new Zeroing(job.table(), surroundings, () -> job.cause().isPresent()).run()
                    : Future.succeededFuture(
                        new ResetEvent.ZeroFailed(
                            "the journal can't be written, so nothing was changed: "
                                + ClusterFailure.sentence(written.cause()),
                            false,
                            false)));
  }

  private Future<ResetEvent> readSetting() {
    return ReplicaCatalogue.read(surroundings.cluster(), job.table())
        .map(
            entry ->
                entry.isPresent()
                    ? new ResetEvent.SettingRead(entry.get().setting(), entry.get().primaries())
                    : new ResetEvent.TableGone());
  }

  private Future<ResetEvent> look(ResetCommand.Look look) {
    if (job.looks() == 0) {
      remember();
    }
    int issued = command;
    return pause(look.after())
        .compose(
            waited ->
                issued == command ? inTime(look.sync(), issued) : Future.future(overtaken -> {}));
  }

  /** A look that hangs must not outlast the time that the table may be without replicas. */
  private Future<ResetEvent> inTime(boolean sync, int issued) {
    Duration left = Duration.between(surroundings.timers().now(), job.deadline());
    Timers.Alarm alarm =
        surroundings
            .timers()
            .alarm(
                left.compareTo(LAST_LOOK) > 0 ? left : LAST_LOOK,
                () -> onResult(issued, new ResetEvent.TimeUp(waitingFor)));
    return look(sync).onComplete(looked -> alarm.cancel());
  }

  private Future<ResetEvent> look(boolean sync) {
    return (sync ? monitor.sync(job.table()) : Future.<Void>succeededFuture())
        .compose(synced -> monitor.look(job.table(), job.primaries()))
        .map(this::looked);
  }

  private Future<Void> pause(Duration delay) {
    if (delay.isZero()) {
      return Future.succeededFuture();
    }
    int attempts =
        surroundings
            .policy()
            .backoff()
            .attempts(surroundings.policy().longestWait(), job.primaries());
    surroundings
        .listener()
        .waiting(job, job.looks(), Math.max(attempts, job.looks()), delay, waitingFor);
    return surroundings.timers().after(delay);
  }

  private ResetEvent looked(Optional<LeaseReading> seen) {
    if (seen.isEmpty()) {
      return new ResetEvent.TableGone();
    }
    waitingFor = seen.get().waitingFor().orElse("nothing");
    surroundings.listener().looked(job, seen.get());
    return new ResetEvent.LeasesRead(seen.get());
  }

  /** A failure becomes what it means where the reset stands: at risk, it never ends it. */
  private ResetEvent unexpected(Throwable failure) {
    String reason = ClusterFailure.sentence(failure);
    return switch (job.state()) {
      case SETTING_REPLICAS_ZERO -> new ResetEvent.ZeroFailed(reason, true, true);
      case MONITORING_LEASES -> lookFailed(reason);
      case RESTORING_REPLICAS -> new ResetEvent.RestoreFailed(reason);
      case DETECTED, COMPLETED, FAILED -> new ResetEvent.ReadFailed(reason);
    };
  }

  private ResetEvent lookFailed(String reason) {
    waitingFor = "a look that does not fail: " + reason;
    return new ResetEvent.LookFailed(reason);
  }
}
