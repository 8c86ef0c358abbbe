package xmover.environment;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** The passing of time, so that a test can let hours pass in milliseconds. */
public interface Timers {
  /** The time, for telling how much of it has passed: it never jumps. */
  Instant now();

  /** Completes when the delay has passed. */
  Future<Void> after(Duration delay);

  /** Rings when the delay has passed, unless it is cancelled before. */
  Alarm alarm(Duration delay, Runnable ring);

  /** What answers in time; fails with a sentence when nothing does. */
  default <T> Future<T> within(Duration patience, Future<T> answer) {
    Promise<T> first = Promise.promise();
    String why = "no answer within " + patience.toSeconds() + " s";
    Alarm late = alarm(patience, () -> first.tryFail(why));
    answer.onComplete(first::tryComplete, first::tryFail).onComplete(done -> late.cancel());
    return first.future();
  }

  /** Something that will ring. */
  @FunctionalInterface
  interface Alarm {
    /** It rings no more. */
    void cancel();
  }

  /**
   * Real time.
   *
   * @param clock does not jump
   */
  static Timers of(Vertx vertx, InstantSource clock) {
    return new Timers() {
      @Override
      public Instant now() {
        return clock.instant();
      }

      @Override
      public Future<Void> after(Duration delay) {
        // Vert.x takes no timer below a millisecond.
        return vertx.timer(Math.max(1, delay.toMillis())).mapEmpty();
      }

      @Override
      public Alarm alarm(Duration delay, Runnable ring) {
        long timer = vertx.setTimer(Math.max(1, delay.toMillis()), rings -> ring.run());
        return () -> vertx.cancelTimer(timer);
      }
    };
  }
}
