package xmover.reset;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.reset.ResetMachine.Step;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/**
 * Resets one table or partition: does what the {@link ResetMachine} decides and tells it what came
 * of it, until the reset has ended.
 */
public final class TableResetProcessor {
  private final Surroundings surroundings;
  private final ResetMachine machine;
  private final RetentionLeaseMonitor monitor;
  private final Promise<ResetJob> ended = Promise.promise();
  private ResetJob job;

  /** Counts the commands, so that the result of one that was overtaken is dropped. */
  private int command;

  private String waitingFor = "the first look";

  public TableResetProcessor(TableRef table, Surroundings surroundings) {
    this.surroundings = surroundings;
    this.machine = new ResetMachine(surroundings.policy());
    this.monitor = new RetentionLeaseMonitor(surroundings.cluster(), surroundings.listener());
    this.job = ResetJob.detected(table, surroundings.timers().now());
  }

  /** Runs the reset; the future holds the ended job and fails only on a bug. */
  public Future<ResetJob> run() {
    on(new ResetEvent.Started());
    return ended.future();
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
      ended.complete(job);
    } else if (!(step.command() instanceof ResetCommand.Nothing)) {
      int issued = ++command;
      execute(step.command())
          .otherwise(failure -> unexpected(failure))
          .onSuccess(result -> onResult(issued, result));
    }
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
      return new Restoring(job.table(), job.originalSetting(), surroundings)
          .run(restore.mayBeChanged());
    }
    return next instanceof ResetCommand.SetZero
        ? new Zeroing(job.table(), surroundings).run()
        : readSetting();
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
    return pause(look.after())
        .compose(waited -> look.sync() ? monitor.sync(job.table()) : Future.succeededFuture())
        .compose(synced -> monitor.look(job.table(), job.primaries()))
        .map(this::looked);
  }

  private Future<Void> pause(Duration delay) {
    if (delay.isZero()) {
      return Future.succeededFuture();
    }
    int attempts =
        surroundings.policy().backoff().attempts(surroundings.policy().maxWait(), job.primaries());
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
      case SETTING_REPLICAS_ZERO -> new ResetEvent.ZeroFailed(reason, true);
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
