package xmover.reset;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import xmover.environment.Timers;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.ResetTimes;
import xmover.reset.machine.RestoreOutcome;
import xmover.reset.machine.Subject;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** The reset of {@code doc.t} at the moments of its life, for listeners to be told of. */
public final class TestJobs {
  public static final TableRef T = TableRef.of("doc", "t");

  private TestJobs() {}

  public static ResetJob detected(Timers timers) {
    return ResetJob.detected(T, timers.now());
  }

  public static ResetJob atZero(Timers timers) {
    return job(ResetState.MONITORING_LEASES, timers.now(), null, null);
  }

  public static ResetJob restored(Timers timers) {
    return job(ResetState.COMPLETED, timers.now(), null, RestoreOutcome.DONE);
  }

  public static ResetJob unrestored(Timers timers) {
    var failure = new ResetFailure(ResetFailure.Cause.RESTORE_FAILED, "the node is down");
    return job(ResetState.FAILED, timers.now(), failure, RestoreOutcome.FAILED);
  }

  private static ResetJob job(
      ResetState state,
      Instant now,
      @Nullable ResetFailure failure,
      @Nullable RestoreOutcome restore) {
    var times = new ResetTimes(now, now, now, now.plus(Duration.ofMinutes(12)), Duration.ZERO);
    return new ResetJob(
        Subject.of(T),
        state,
        new ResetJob.Before(new ReplicaSetting("0-1"), 4),
        times,
        new ResetJob.Leases(1, 0),
        false,
        new ResetJob.End(failure, restore, OpenEnds.NONE));
  }
}
