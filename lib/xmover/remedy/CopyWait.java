package xmover.remedy;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure;
import xmover.cluster.RetryPolicy;
import xmover.detect.CopyState;
import xmover.environment.Timers;

/** Looks at the copies of a table again and again until they are as they should be. */
final class CopyWait {
  /** From 0.5 s to 5 s between two looks. */
  private static final RetryPolicy LOOKS =
      new RetryPolicy(Integer.MAX_VALUE, Duration.ofMillis(500), 3, Duration.ofSeconds(5), 0);

  private final Supplier<Future<List<CopyState>>> look;
  private final Timers timers;
  private final Instant deadline;
  private final Duration longest;
  private final Function<List<CopyState>, Future<Arrival>> judge;
  private final Promise<Arrival> arrival = Promise.promise();
  private int looks;

  /**
   * How a wait ended.
   *
   * @param trouble why it will not be as it should, or nobody knows yet; empty when it is
   * @param over whether nobody waits any longer
   */
  record Arrival(boolean over, Optional<String> trouble) {
    static final Arrival NOT_YET = new Arrival(false, Optional.empty());
    static final Arrival THERE = new Arrival(true, Optional.empty());

    /** Something of it is not told at this moment. */
    static Arrival unseen(String why) {
      return new Arrival(false, Optional.of(why));
    }

    static Arrival never(String why) {
      return new Arrival(true, Optional.of(why));
    }
  }

  CopyWait(
      Supplier<Future<List<CopyState>>> look,
      Timers timers,
      Duration longest,
      Function<List<CopyState>, Future<Arrival>> judge) {
    this.look = look;
    this.timers = timers;
    this.longest = longest;
    this.deadline = timers.now().plus(longest);
    this.judge = judge;
  }

  /** A look that fails is taken again; fails when the last one in time could not see. */
  Future<Arrival> await(Future<Void> stopped) {
    Promise<Arrival> promise = arrival;
    stopped.onComplete(
        now -> promise.tryComplete(Arrival.never("stopped before it was there; CrateDB goes on")));
    later();
    return promise.future();
  }

  // No chain of futures: hours of looks would end in too deep a stack.
  private void look() {
    if (!arrival.future().isComplete()) {
      look.get().compose(judge).onComplete(this::looked);
    }
  }

  private void looked(AsyncResult<Arrival> seen) {
    Arrival now = seen.succeeded() ? seen.result() : Arrival.NOT_YET;
    if (seen.failed() && ClusterFailure.isOfAnotherTable(seen.cause())) {
      arrival.tryFail(ClusterFailure.sentence(seen.cause()));
    } else if (now.over()) {
      arrival.tryComplete(now);
    } else if (timers.now().isBefore(deadline)) {
      later();
    } else {
      late(seen.failed() ? Optional.of(ClusterFailure.sentence(seen.cause())) : now.trouble());
    }
  }

  private void late(Optional<String> unseen) {
    String told = "not there after %d s".formatted(longest.toSeconds());
    unseen.ifPresentOrElse(
        why -> arrival.tryFail(told + " as far as could be seen: " + why),
        () -> arrival.tryComplete(Arrival.never(told)));
  }

  private void later() {
    looks++;
    timers.after(LOOKS.delay(looks, () -> 0.5)).onSuccess(due -> look());
  }
}
