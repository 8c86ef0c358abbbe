package xmover.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.detect.ClusterIdentity;
import xmover.detect.NoSuchTable;
import xmover.environment.Environment;
import xmover.metrics.MonitorMetrics;
import xmover.monitor.ClusterState;
import xmover.monitor.Monitoring;
import xmover.reset.PastReset;
import xmover.reset.ResetHistory;
import xmover.web.Access;
import xmover.web.MonitorSource;
import xmover.web.ServeAddress;
import xmover.web.StatusServer;
import xmover.web.Token;

/**
 * Looks at a cluster every so often and shows over HTTP what it saw, until a signal ends it. A look
 * that fails is told and shown, and the next one goes on.
 */
public final class ServedMonitor {
  /** A run does not end every few seconds. */
  private static final Duration REMEMBERED = Duration.ofMinutes(1);

  private final Connection connection;
  private final Supplier<Future<ClusterState>> look;
  private final Duration every;
  private final PrintWriter err;
  private final JournalPlace journal;
  private final Monitoring monitoring;
  private final MonitorMetrics metrics;

  /** What the thread of the command waits for, so that a signal can end the wait. */
  private volatile Promise<Void> awaited = Promise.promise();

  private volatile boolean stopped;

  /** What runs healed, oldest first; empty while nobody knows. */
  private volatile Optional<List<PastReset>> past = Optional.empty();

  private Optional<Instant> read = Optional.empty();

  /**
   * @param journal which remembers what runs healed
   * @param err is told where it serves, and when looks begin to fail and end to
   */
  public ServedMonitor(
      Connection connection,
      Supplier<Future<ClusterState>> look,
      Duration every,
      JournalPlace journal,
      PrintWriter err) {
    this.journal = journal;
    this.connection = connection;
    this.look = look;
    this.every = every;
    this.err = err;
    this.metrics = new MonitorMetrics(connection.target());
    this.monitoring = new Monitoring(connection.timers()::now, every);
  }

  /** Serves until a signal comes; the code of that signal. */
  public ExitCode run(ServeAddress address, Optional<Token> token) {
    StatusServer server =
        Connection.await(
            StatusServer.start(
                connection.vertx(),
                address,
                Access.to(address, token, Optional.empty()),
                new MonitorSource(monitoring, () -> past, () -> Optional.of(metrics.scrape()))));
    Environment environment = connection.environment();
    StopSignals signals =
        StopSignals.listen(
            environment.signals(), signal -> stop(), code -> environment.end().now(code.number()));
    try {
      say("Serving " + server.address().url() + ": page, health, metrics. Ctrl-C ends it.");
      while (!stopped) {
        await(lookOnce());
        await(connection.timers().after(every));
      }
    } finally {
      signals.close();
      Connection.await(server.close());
    }
    return signals.exitCode(ExitCode.DONE);
  }

  private void stop() {
    stopped = true;
    awaited.tryComplete();
  }

  /** Waits for it, or until it is told to stop. */
  private void await(Future<Void> end) {
    Promise<Void> wait = Promise.promise();
    awaited = wait;
    if (stopped) {
      wait.tryComplete();
    }
    end.onComplete(wait::tryComplete, wait::tryFail);
    Connection.await(wait.future());
  }

  /** Fails only for a name that was wrong from the beginning. */
  private Future<Void> lookOnce() {
    return look.get()
        .compose(sight -> remember(sight.cluster()).map(sight))
        .<Void>map(this::saw)
        .recover(this::failed);
  }

  /** What runs healed, read now and then; what can't be read is as it was. */
  private Future<Void> remember(ClusterIdentity cluster) {
    Instant now = connection.timers().now();
    if (read.filter(at -> now.isBefore(at.plus(REMEMBERED))).isPresent()) {
      return Future.succeededFuture();
    }
    read = Optional.of(now);
    return Future.succeededFuture()
        .compose(begun -> journal.history(connection, cluster))
        .onSuccess(all -> past = Optional.of(ResetHistory.ofTheLastDays(all, now)))
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }

  private Void saw(ClusterState sight) {
    if (monitoring.snapshot().failure().isPresent()) {
      say("The cluster can be looked at again.");
    }
    monitoring.saw(sight);
    metrics.saw(sight);
    return null;
  }

  private Future<Void> failed(Throwable failure) {
    Monitoring.Snapshot before = monitoring.snapshot();
    if (failure instanceof NoSuchTable && before.sight().isEmpty()) {
      return Future.failedFuture(failure);
    }
    monitoring.failed(failure);
    metrics.failed();
    Optional<String> reason = monitoring.snapshot().failure();
    if (!before.failure().equals(reason)) {
      say("A look at the cluster failed, the next ones go on: " + reason.orElse(""));
    }
    return Future.succeededFuture();
  }

  private void say(String sentence) {
    err.println("xmover: " + sentence);
    err.flush();
  }
}
