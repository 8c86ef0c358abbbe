package xmover.cluster;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.cluster.sql.Sql;
import xmover.environment.Timers;

/**
 * Keeps a connection open for the restores of a run, by a cheap statement now and then: what is at
 * zero must not depend on a connection that can be made only later. One that broke is replaced.
 */
public final class KeptConnection {
  /** Firewalls and load balancers forget connections that were idle for a minute or more. */
  private static final Duration PAUSE = Duration.ofSeconds(15);

  private static final Duration AFTER_FAILURE = Duration.ofSeconds(1);

  private final Cluster cluster;
  private final Timers timers;
  private volatile Optional<Timers.Alarm> next = Optional.empty();
  private volatile boolean kept;
  private volatile boolean lost = true;

  public KeptConnection(Cluster cluster, Timers timers) {
    this.cluster = cluster;
    this.timers = timers;
  }

  /** Does the work while the connection is kept; the work begins when it was tried once. */
  public <T> Future<T> during(Supplier<Future<T>> work) {
    kept = true;
    return use().compose(tried -> work.get()).onComplete(over -> letGo());
  }

  /** True while there is none: nothing should be begun that may have to be restored. */
  public boolean isLost() {
    return lost;
  }

  private void letGo() {
    kept = false;
    next.ifPresent(Timers.Alarm::cancel);
  }

  private Future<Void> use() {
    return cluster
        .execute(Sql.ping())
        .transform(
            answer -> {
              lost = answer.failed();
              if (kept) {
                next = Optional.of(timers.alarm(lost ? AFTER_FAILURE : PAUSE, this::use));
              }
              return Future.succeededFuture();
            });
  }
}
