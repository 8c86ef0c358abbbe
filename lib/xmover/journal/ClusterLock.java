package xmover.journal;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Timers;
import xmover.reset.RunIdentity;
import xmover.table.TableRef;

/**
 * The lock as a row in the cluster, for runs on any machine. Its holder is heard of every 10 s; one
 * that was silent for 60 s has lost it to whoever comes next. A heartbeat that fails stops nothing:
 * it is told.
 */
public final class ClusterLock implements Lock {
  /** Time from one heartbeat to the next. */
  public static final Duration HEARTBEAT = Duration.ofSeconds(10);

  /** A holder that was silent for so long counts as dead. */
  public static final Duration EXPIRY = Duration.ofSeconds(60);

  private final Lease lease;
  private final RunIdentity run;
  private final Timers timers;
  private final Consumer<String> told;
  private final Optional<String> takenFrom;
  private Future<Void> beating = Future.succeededFuture();
  private volatile boolean silent;
  private volatile boolean lost;
  private @Nullable Future<Void> released;

  private ClusterLock(
      Lease lease,
      RunIdentity run,
      Timers timers,
      Consumer<String> told,
      Optional<String> takenFrom) {
    this.lease = lease;
    this.run = run;
    this.timers = timers;
    this.told = told;
    this.takenFrom = takenFrom;
  }

  /**
   * Takes the lock for a run, or fails with a {@link JournalFailure} that says who holds it. The
   * lock's table is created where it is missing.
   *
   * @param takeover take it even from a run that is alive
   * @param told gets a sentence when a heartbeat fails, comes through again, or finds the lock lost
   */
  public static Future<ClusterLock> acquire(
      Cluster cluster,
      String schema,
      String table,
      RunIdentity run,
      boolean takeover,
      Timers timers,
      Consumer<String> told) {
    var name = TableRef.of(schema, table);
    var own = new OwnTable(cluster, name, Lease.COLUMNS);
    var lease = new Lease(cluster, name);
    return own.create()
        .compose(created -> lease.look())
        .compose(holder -> take(lease, holder, run, takeover))
        .recover(failure -> Future.failedFuture(own.failure("taken", failure)))
        .map(takenFrom -> new ClusterLock(lease, run, timers, told, takenFrom))
        .onSuccess(ClusterLock::beatLater);
  }

  /** Answers from whom it was taken; read back, because a lost answer tells nothing. */
  private static Future<Optional<String>> take(
      Lease lease, Optional<Lease.Seen> holder, RunIdentity run, boolean takeover) {
    Optional<String> from =
        holder.map(seen -> seen.holder() + ", silent for " + seconds(seen.silence()));
    if (holder.filter(seen -> !takeover && seen.silence().compareTo(EXPIRY) < 0).isPresent()) {
      return Future.failedFuture(held(holder.get()));
    }
    return holder
        .map(seen -> lease.takeFrom(seen, run))
        .orElseGet(() -> lease.take(run))
        .transform(tried -> lease.look())
        .compose(
            now ->
                now.filter(seen -> seen.isHeldBy(run)).isPresent()
                    ? Future.succeededFuture(from)
                    : Future.failedFuture(
                        now.map(ClusterLock::held)
                            .orElseGet(
                                () ->
                                    new JournalFailure(
                                        "the lock changed hands just now. Try again"))));
  }

  private static JournalFailure held(Lease.Seen seen) {
    return new JournalFailure(
        ("another run works on this cluster: %s, last heard of %s ago. Wait until it has ended, or"
                + " take over with --takeover when you know that it is dead")
            .formatted(seen.holder(), seconds(seen.silence())));
  }

  private static String seconds(Duration time) {
    return Math.max(0, time.toSeconds()) + " s";
  }

  @Override
  public Optional<String> takenFrom() {
    return takenFrom;
  }

  @Override
  public synchronized Future<Void> release() {
    if (released == null) {
      released = beating.transform(ended -> giveUp()).otherwiseEmpty();
    }
    return released;
  }

  private Future<Void> giveUp() {
    return lease
        .look()
        .compose(
            now ->
                now.filter(seen -> seen.isHeldBy(run))
                    .map(lease::giveUp)
                    .orElseGet(Future::succeededFuture))
        .onFailure(
            failure ->
                told.accept(
                    "the lock could not be released, the next run has to wait up to "
                        + seconds(EXPIRY)
                        + ": "
                        + ClusterFailure.sentence(failure)));
  }

  private void beatLater() {
    timers.after(HEARTBEAT).onSuccess(waited -> beatUnlessOver());
  }

  private synchronized void beatUnlessOver() {
    if (released == null && !lost) {
      beating = lease.look().compose(this::beat).transform(this::heard);
      beating.onComplete(ended -> beatLater());
    }
  }

  private Future<Void> beat(Optional<Lease.Seen> now) {
    if (now.filter(seen -> seen.isHeldBy(run)).isPresent()) {
      return lease.beat(now.get());
    }
    lost = true;
    told.accept(
        now.map(seen -> "the lock was taken over by " + seen.holder())
                .orElse("the lock was removed by somebody")
            + ". Two runs may be working on this cluster: stop one of them");
    return Future.succeededFuture();
  }

  private Future<Void> heard(AsyncResult<Void> beat) {
    if (beat.failed() && !silent) {
      told.accept(
          "the heartbeat of the lock failed; after "
              + seconds(EXPIRY)
              + " without one another run may take over: "
              + ClusterFailure.sentence(beat.cause()));
    } else if (beat.succeeded() && silent && !lost) {
      told.accept("the heartbeat of the lock comes through again");
    }
    silent = beat.failed();
    return Future.succeededFuture();
  }
}
