package xmover.reset.machine;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xmover.reset.machine.ResetEvent.ChangedByOthers;
import xmover.reset.machine.ResetEvent.Disturbed;
import xmover.reset.machine.ResetEvent.InterimChosen;
import xmover.reset.machine.ResetEvent.JournalFailed;
import xmover.reset.machine.ResetEvent.LeasesRead;
import xmover.reset.machine.ResetEvent.LookFailed;
import xmover.reset.machine.ResetEvent.NeverChanged;
import xmover.reset.machine.ResetEvent.NothingSent;
import xmover.reset.machine.ResetEvent.ReadFailed;
import xmover.reset.machine.ResetEvent.Renamed;
import xmover.reset.machine.ResetEvent.RestoreFailed;
import xmover.reset.machine.ResetEvent.RestoreSeen;
import xmover.reset.machine.ResetEvent.Resumed;
import xmover.reset.machine.ResetEvent.SettingRead;
import xmover.reset.machine.ResetEvent.Started;
import xmover.reset.machine.ResetEvent.Stopped;
import xmover.reset.machine.ResetEvent.StrayLooked;
import xmover.reset.machine.ResetEvent.TableGone;
import xmover.reset.machine.ResetEvent.TimeUp;
import xmover.reset.machine.ResetEvent.ZeroFailed;
import xmover.reset.machine.ResetEvent.ZeroPending;
import xmover.reset.machine.ResetEvent.ZeroSeen;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.table.LeaseReading;
import xmover.table.ReplicaSetting;

/**
 * Decides what a reset does next: from a job, an event and the time comes the next job and what is
 * to be done. Pure; it never waits, reads or writes. Once a table is at risk, every way on leads
 * through RESTORING_REPLICAS.
 */
public final class ResetMachine {
  /** How soon to look again while a primary moves, as the moves measured took about a second. */
  private static final Duration RELOCATION_LOOK = Duration.ofSeconds(1);

  /** How soon to ask for a lease sync again, a little later each time. */
  private static final Duration SYNC_AGAIN = Duration.ofSeconds(1);

  /** What so many syncs in a row did not clear, only patience will. */
  private static final int SOON = 5;

  private final ResetPolicy policy;

  /** The decision: the job as it is now, and what to do, one after the other. */
  public record Step(ResetJob job, List<ResetCommand> commands) {
    private Step(ResetJob job, ResetCommand... commands) {
      this(job, List.of(commands));
    }
  }

  public ResetMachine(ResetPolicy policy) {
    this.policy = policy;
  }

  /** Decides; an event that can't happen in a state is a bug and throws. */
  public Step on(ResetJob job, ResetEvent event, Instant now) {
    return switch (job.state()) {
      case DETECTED -> detected(job, event, now);
      case SETTING_REPLICAS_ZERO -> settingReplicasZero(job, event, now);
      case MONITORING_LEASES -> monitoringLeases(job, event, now);
      case RESTORING_REPLICAS -> restoringReplicas(job, event, now);
      case COMPLETED, FAILED -> throw illegal(job, event);
    };
  }

  private Step detected(ResetJob job, ResetEvent event, Instant now) {
    if (event instanceof Started) {
      return new Step(job, new ResetCommand.ReadSetting());
    }
    if (event instanceof SettingRead read) {
      return settingRead(job, read, now);
    }
    if (event instanceof ReadFailed failed) {
      return untouched(job.because(Cause.CLUSTER_FAILED, failed.reason()), now);
    }
    if (event instanceof TableGone) {
      return untouched(job.because(Cause.TABLE_GONE, "the table is gone"), now);
    }
    if (event instanceof Stopped stopped) {
      return untouched(job.stopping(stopped.reason()), now);
    }
    throw illegal(job, event);
  }

  private static Step settingRead(ResetJob job, SettingRead read, Instant now) {
    if (read.setting().isEmpty()) {
      return untouched(
          job.because(Cause.NOT_TOUCHED, "its number_of_replicas is in an unknown form"), now);
    }
    ReplicaSetting original = read.setting().get();
    if (original.isZero()) {
      return untouched(job.because(Cause.NOT_TOUCHED, "number_of_replicas is 0 already"), now);
    }
    if (read.identity().isEmpty()) {
      String nameless =
          "no copy of it tells its index uuid, so it could not be found again by another name";
      return untouched(job.because(Cause.NOT_TOUCHED, nameless), now);
    }
    return new Step(
        job.about(job.subject().known(read.identity()))
            .withSetting(original, read.primaries())
            .enter(ResetState.SETTING_REPLICAS_ZERO, now),
        new ResetCommand.WriteAhead(),
        new ResetCommand.SetZero());
  }

  private Step settingReplicasZero(ResetJob job, ResetEvent event, Instant now) {
    if (event instanceof ZeroSeen seen) {
      ResetJob known = job.leaving(job.openEnds().late(seen.zero().mayLandLater()));
      return job.stopping() ? restore(known, true, now) : zeroSeen(known, now);
    }
    if (event instanceof JournalFailed failed) {
      String unwritten = "the journal can't be written, so nothing was changed: ";
      return zeroFailed(job, unwritten + failed.reason(), ZeroAlter.NEVER_LEFT, now);
    }
    if (event instanceof ZeroFailed failed) {
      return zeroFailed(job, failed.reason(), failed.zero(), now);
    }
    if (event instanceof ZeroPending) {
      // The one under way may come after the next one was seen.
      return new Step(job.leaving(job.openEnds().late(true)), new ResetCommand.WriteAhead());
    }
    if (event instanceof Renamed renamed) {
      return underWay(job, renamed);
    }
    if (event instanceof StrayLooked looked) {
      return strayLooked(job, looked);
    }
    if (event instanceof Stopped stopped) {
      // The ALTER is under way: one that restores must not overtake it.
      return new Step(job.stopping(stopped.reason()));
    }
    throw illegal(job, event);
  }

  private static Step zeroFailed(ResetJob job, String reason, ZeroAlter zero, Instant now) {
    return new Step(
        job.because(Cause.ZEROING_FAILED, reason)
            .leaving(job.openEnds().late(zero.mayLandLater()))
            .enter(ResetState.RESTORING_REPLICAS, now),
        new ResetCommand.WriteBehind(),
        new ResetCommand.Restore(zero, false, false));
  }

  private Step zeroSeen(ResetJob job, Instant now) {
    Instant deadline = policy.deadline(job.zeroSince(), now);
    if (!deadline.isAfter(now)) {
      String late = "setting 0 replicas took longer than the table may be without them";
      return restore(job.because(Cause.LEASES_TIMED_OUT, late), true, now);
    }
    return new Step(
        job.enter(ResetState.MONITORING_LEASES, now).withDeadline(deadline),
        new ResetCommand.WriteBehind(),
        lookNow());
  }

  private Step monitoringLeases(ResetJob job, ResetEvent event, Instant now) {
    if (event instanceof Resumed resumed) {
      return resumed.atZero()
          ? new Step(found(job, resumed), new ResetCommand.WriteBehind(), lookNow())
          : restore(found(job, resumed), false, now);
    }
    if (event instanceof LeasesRead read) {
      return leasesRead(job, read.reading(), now);
    }
    if (event instanceof Renamed renamed) {
      return new Step(job.about(job.subject().seenAs(renamed.now())), lookNow());
    }
    if (event instanceof Disturbed disturbed) {
      return restore(job.because(disturbed.cause(), disturbed.what()), false, now);
    }
    if (event instanceof TimeUp up) {
      String unlessInTime = "still waiting for " + up.waitingFor();
      return restore(job.because(Cause.LEASES_TIMED_OUT, unlessInTime), false, now);
    }
    if (event instanceof LookFailed failed) {
      return wait(
          job.looked(job.leases().relocating()),
          "the last look failed: " + failed.reason(),
          false,
          now);
    }
    if (event instanceof Stopped stopped) {
      OpenEnds ends = job.openEnds().late(stopped.zero().mayLandLater());
      return restore(job.leaving(ends).stopping(stopped.reason()), false, now);
    }
    throw illegal(job, event);
  }

  private ResetCommand lookNow() {
    return new ResetCommand.Look(Duration.ZERO, policy.leaseSync());
  }

  private Step leasesRead(ResetJob job, LeaseReading reading, Instant now) {
    if (reading.cleared()) {
      return restore(job, true, now);
    }
    int relocating = reading.relocating().size();
    // A primary that moved kept its old leases; now that it has started a sync can clear them.
    if (policy.leaseSync() && relocating < job.leases().relocating()) {
      return new Step(job.looked(relocating), new ResetCommand.Look(Duration.ZERO, true));
    }
    return wait(
        job.looked(relocating),
        "still waiting for " + reading.waitingFor().orElse(""),
        policy.leaseSync() && reading.allStarted(),
        now);
  }

  /**
   * @param sync whether to ask for a lease sync before the next look: a primary that relocated, or
   *     a node that was away, may have missed the last one
   */
  private Step wait(ResetJob job, String unlessInTime, boolean sync, Instant now) {
    Duration left = Duration.between(now, job.deadline());
    if (left.isNegative() || left.isZero()) {
      return restore(job.because(Cause.LEASES_TIMED_OUT, unlessInTime), false, now);
    }
    Duration delay =
        policy
            .backoff()
            .delay(job.looks(), Duration.between(job.times().since(), now), job.primaries());
    if (policy.leaseSync() && job.leases().relocating() > 0) {
      delay = shorter(delay, RELOCATION_LOOK);
    }
    if (sync && job.looks() <= SOON) {
      delay = shorter(delay, SYNC_AGAIN.multipliedBy(job.looks()));
    }
    return new Step(job, new ResetCommand.Look(shorter(delay, left), sync));
  }

  private Step restoringReplicas(ResetJob job, ResetEvent event, Instant now) {
    if (event instanceof Resumed resumed) {
      return new Step(
          found(job, resumed),
          new ResetCommand.WriteBehind(),
          new ResetCommand.Restore(ZeroAlter.SEEN, false, false));
    }
    if (event instanceof RestoreSeen seen) {
      OpenEnds known = seen.refused() ? job.openEnds().notRead() : job.openEnds();
      OpenEnds ends = known.late(seen.interimPending());
      Optional<ReplicaSetting> interim = ends.isOpen() ? ends.interim() : Optional.empty();
      return end(job.leaving(ends.left(interim, Optional.empty())), RestoreOutcome.DONE, now);
    }
    if (event instanceof StrayLooked looked) {
      return strayLooked(job, looked);
    }
    if (event instanceof NeverChanged) {
      return end(job, RestoreOutcome.NOT_NEEDED, now);
    }
    if (event instanceof NothingSent) {
      return end(job.leaving(job.openEnds().notRead()), RestoreOutcome.NOT_NEEDED, now);
    }
    if (event instanceof ChangedByOthers other) {
      String message = "somebody else set number_of_replicas to '" + other.found() + "'";
      return end(job.explained(Cause.CHANGED_BY_OTHERS, message), RestoreOutcome.NOT_NEEDED, now);
    }
    if (event instanceof TableGone) {
      return end(
          job.explained(Cause.TABLE_GONE, "the table is gone"), RestoreOutcome.NOT_NEEDED, now);
    }
    if (event instanceof RestoreFailed failed) {
      return end(
          job.unrestored(failed.reason(), failed.remedy())
              .leaving(
                  job.openEnds()
                      .late(failed.interimPending())
                      .left(failed.interim(), failed.missingSince())),
          RestoreOutcome.FAILED,
          now);
    }
    if (event instanceof InterimChosen chosen) {
      Optional<ReplicaSetting> interim = Optional.of(chosen.interim());
      // Who sees it later must not take it for somebody else's choice.
      return new Step(
          job.leaving(job.openEnds().left(interim, job.openEnds().missingSince())),
          new ResetCommand.WriteAhead());
    }
    if (event instanceof Renamed renamed) {
      return underWay(job, renamed);
    }
    if (event instanceof Stopped) {
      // Restoring outlasts everything, and it is under way already.
      return new Step(job);
    }
    throw illegal(job, event);
  }

  private static ResetJob found(ResetJob job, Resumed resumed) {
    ResetJob known = job.leaving(job.openEnds().late(resumed.zero().mayLandLater()));
    return resumed.named().map(name -> known.about(job.subject().seenAs(name))).orElse(known);
  }

  private static Step strayLooked(ResetJob job, StrayLooked looked) {
    return new Step(job.leaving(job.openEnds().stray(looked.stray())));
  }

  /** What was begun goes on, and knows the new name. */
  private static Step underWay(ResetJob job, Renamed renamed) {
    return new Step(job.about(job.subject().seenAs(renamed.now())));
  }

  /**
   * With a lease sync the primaries have committed; without one they have not. What was stopped
   * does not even wait for that.
   */
  private Step restore(ResetJob job, boolean justSeen, Instant now) {
    boolean commit = !policy.leaseSync() && !job.stopping();
    return new Step(
        job.enter(ResetState.RESTORING_REPLICAS, now),
        new ResetCommand.WriteBehind(),
        // A commit takes seconds, in which the table may be renamed.
        new ResetCommand.Restore(ZeroAlter.SEEN, justSeen && !commit, commit));
  }

  private static Step untouched(ResetJob job, Instant now) {
    return end(job, RestoreOutcome.NOT_NEEDED, now);
  }

  private static Step end(ResetJob job, RestoreOutcome outcome, Instant now) {
    ResetState end = job.cause().isEmpty() ? ResetState.COMPLETED : ResetState.FAILED;
    ResetJob ended = job.restored(outcome).enter(end, now);
    // Of a table whose setting was never read the journal knows nothing.
    return job.original() == null
        ? new Step(ended)
        : new Step(ended, new ResetCommand.WriteBehind());
  }

  private static Duration shorter(Duration one, Duration other) {
    return one.compareTo(other) <= 0 ? one : other;
  }

  private static IllegalStateException illegal(ResetJob job, ResetEvent event) {
    return new IllegalStateException(
        "%s: %s can't happen in %s".formatted(job.table(), event, job.state()));
  }
}
