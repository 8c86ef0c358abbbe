package xmover.journal.table;

import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.environment.Timers;
import xmover.journal.HostProcess;
import xmover.journal.JournalFailure;
import xmover.journal.Lock;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/**
 * The lock as a row in the cluster, for runs on any machine. Its holder is heard of every 10 s; one
 * that was silent for 60 s has lost it to whoever comes next, and one whose process is seen to be
 * dead at once. A heartbeat that fails stops nothing: it is told.
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
  private final Promise<String> lost = Promise.promise();
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
   * @param told gets a sentence when a heartbeat fails or comes through again
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
    var own = new OwnTable(cluster, name, Lease.COLUMNS, Lease.PROCESS_COLUMNS);
    return own.create()
        .map(lacking -> new Lease(cluster, name, thisProcess(lacking, told)))
        .compose(lease -> take(lease, run, takeover, timers, told))
        .recover(failure -> Future.failedFuture(own.failure("taken", failure)))
        .onSuccess(ClusterLock::beatLater);
  }

  /** Who holds it, without taking it; empty when nobody does who is heard of. */
  public static Future<Optional<String>> holder(Cluster cluster, String schema, String table) {
    var name = TableRef.of(schema, table);
    var own = new OwnTable(cluster, name, Lease.COLUMNS, Lease.PROCESS_COLUMNS);
    // Without the columns of processes, which an older version's table lacks.
    var lease = new Lease(cluster, name, Optional.empty());
    return own.exists()
        .compose(
            there -> there ? lease.look() : Future.succeededFuture(Optional.<Lease.Seen>empty()))
        .map(
            holder ->
                holder
                    .filter(seen -> !isFree(lease, seen))
                    .map(
                        seen ->
                            seen.holder() + ", last heard of " + seconds(seen.silence()) + " ago"))
        .recover(failure -> Future.failedFuture(own.failure("read", failure)));
  }

  private static Optional<HostProcess> thisProcess(
      Optional<String> lacking, Consumer<String> told) {
    lacking.ifPresent(
        why ->
            told.accept(
                why + ". Until then the lock of a killed run is held for " + seconds(EXPIRY)));
    return lacking.isPresent() ? Optional.empty() : HostProcess.current();
  }

  private static Future<ClusterLock> take(
      Lease lease, RunIdentity run, boolean takeover, Timers timers, Consumer<String> told) {
    return lease
        .look()
        .compose(holder -> takeFrom(lease, holder, run, takeover, timers))
        .map(takenFrom -> new ClusterLock(lease, run, timers, told, takenFrom));
  }

  /** Answers from whom it was taken; read back, because a lost answer tells nothing. */
  private static Future<Optional<String>> takeFrom(
      Lease lease, Optional<Lease.Seen> holder, RunIdentity run, boolean takeover, Timers timers) {
    boolean held = holder.filter(seen -> !takeover && !isFree(lease, seen)).isPresent();
    if (held) {
      return Future.failedFuture(held(holder.get(), timers.now()));
    }
    Optional<String> from = holder.map(seen -> former(lease, seen));
    return holder
        .map(seen -> lease.takeFrom(seen, run))
        .orElseGet(() -> lease.take(run))
        .transform(tried -> lease.look())
        .compose(
            now ->
                now.filter(seen -> seen.isHeldBy(run)).isPresent()
                    ? Future.succeededFuture(from)
                    : Future.failedFuture(
                        now.map(seen -> held(seen, timers.now()))
                            .orElseGet(
                                () ->
                                    new JournalFailure(
                                        "the lock changed hands just now. Try again"))));
  }

  private static boolean isFree(Lease lease, Lease.Seen seen) {
    return seen.silence().compareTo(EXPIRY) >= 0 || lease.isDead(seen);
  }

  private static String former(Lease lease, Lease.Seen seen) {
    String died =
        lease.isDead(seen)
            ? seen.process()
                .map(process -> ", whose process " + process.pid() + " is dead")
                .orElse("")
            : "";
    return seen.holder() + died + ", silent for " + seconds(seen.silence());
  }

  private static JournalFailure held(Lease.Seen seen, Instant now) {
    Duration left = EXPIRY.minusSeconds(seen.silence().toSeconds());
    return new JournalFailure(
        ("another run works on this cluster: %s, last heard of %s ago. Wait until it has ended; if"
             + " it is dead, the lock is free from %s, in %s. Or take over with --takeover when you"
             + " know that it is dead")
            .formatted(
                seen.holder(), seconds(seen.silence()), timeOfDay(now.plus(left)), seconds(left)));
  }

  /** The first whole second that is not before it, on the clock of whoever reads it. */
  private static String timeOfDay(Instant at) {
    return DateTimeFormatter.ISO_LOCAL_TIME.format(
        at.plusMillis(999).truncatedTo(ChronoUnit.SECONDS).atZone(ZoneId.systemDefault()));
  }

  private static String seconds(Duration time) {
    return Math.max(0, time.toSeconds()) + " s";
  }

  @Override
  public Future<String> lost() {
    return lost.future();
  }

  private boolean isLost() {
    return lost.future().isComplete();
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
    if (released == null && !isLost()) {
      beating = lease.look().compose(this::beat).transform(this::heard);
      beating.onComplete(ended -> beatLater());
    }
  }

  private Future<Void> beat(Optional<Lease.Seen> now) {
    if (now.filter(seen -> seen.isHeldBy(run)).isPresent()) {
      return lease.beat(now.get());
    }
    lost.tryComplete(
        now.map(seen -> "the lock was taken over by " + seen.holder())
            .orElse("the lock was removed by somebody"));
    return Future.succeededFuture();
  }

  private Future<Void> heard(AsyncResult<Void> beat) {
    if (beat.failed() && !silent) {
      told.accept(
          "the heartbeat of the lock failed; after "
              + seconds(EXPIRY)
              + " without one another run may take over: "
              + ClusterFailure.sentence(beat.cause()));
    } else if (beat.succeeded() && silent && !isLost()) {
      told.accept("the heartbeat of the lock comes through again");
    }
    silent = beat.failed();
    return Future.succeededFuture();
  }
}
