package xmover.reset.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.environment.Timers;
import xmover.reset.Journal;
import xmover.reset.PastReset;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;

/**
 * All that a process touches: the cluster, the journal, the time. It dies at its nth touch, before
 * or after that took effect, and then nothing reaches it and nothing leaves it any more.
 */
final class MortalProcess {
  private int touchesLeft;
  private final boolean lastTakesEffect;
  private boolean dead;

  /**
   * @param touches how many it lives for
   * @param lastTakesEffect whether the last one is carried out, unknown to the process
   */
  MortalProcess(int touches, boolean lastTakesEffect) {
    this.touchesLeft = touches;
    this.lastTakesEffect = lastTakesEffect;
  }

  /** Is gone from now on. */
  void die() {
    dead = true;
  }

  boolean isDead() {
    return dead;
  }

  Cluster cluster(Cluster real) {
    return new Cluster() {
      @Override
      public Future<List<Row>> execute(Statement statement) {
        return touch(() -> real.execute(statement));
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  Journal journal(Journal real) {
    return new Journal() {
      @Override
      public Future<Void> write(JournalEntry entry) {
        return touch(() -> real.write(entry));
      }

      @Override
      public Future<List<JournalEntry>> unfinished() {
        return real.unfinished();
      }

      @Override
      public Future<Void> remember(PastReset reset) {
        return touch(() -> real.remember(reset));
      }

      @Override
      public Future<List<PastReset>> history() {
        return real.history();
      }

      @Override
      public Future<Void> hold(RebalanceHold hold) {
        return touch(() -> real.hold(hold));
      }

      @Override
      public Future<Void> release(RebalanceHold hold) {
        return touch(() -> real.release(hold));
      }

      @Override
      public Future<Optional<RebalanceHold>> held() {
        return real.held();
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  Timers timers(Timers real) {
    return new Timers() {
      @Override
      public Instant now() {
        return real.now();
      }

      @Override
      public Future<Void> after(Duration delay) {
        return whileAlive(real.after(delay));
      }

      @Override
      public Alarm alarm(Duration delay, Runnable ring) {
        return real.alarm(
            delay,
            () -> {
              if (!dead) {
                ring.run();
              }
            });
      }
    };
  }

  private <T> Future<T> touch(Supplier<Future<T>> real) {
    if (dead) {
      return Promise.<T>promise().future();
    }
    touchesLeft--;
    if (touchesLeft > 0) {
      return whileAlive(real.get());
    }
    dead = true;
    if (lastTakesEffect) {
      Future<T> unseen = real.get();
      unseen.onFailure(lost -> {});
    }
    return Promise.<T>promise().future();
  }

  private <T> Future<T> whileAlive(Future<T> real) {
    Promise<T> seen = Promise.promise();
    real.onComplete(
        result -> {
          if (!dead) {
            seen.handle(result);
          }
        });
    return seen.future();
  }
}
