package xmover.web;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The connections on which the server waits: for a request, or until an answer is read. Each may
 * take its time up to a limit, however it fills it, and there are only so many of them: a run needs
 * its file handles for the journal.
 */
final class Waiting {
  /**
   * How much is borne.
   *
   * @param most connections at a time; where one more comes, the one that waits longest is closed
   * @param patience from the beginning of a connection, or from a request, until the next request
   */
  record Limits(int most, Duration patience) {
    static final Limits DEFAULT = new Limits(256, Duration.ofMinutes(1));
  }

  private final Vertx vertx;
  private final Limits limits;

  /** The timer of each, the one that waits longest first. */
  private final Map<HttpConnection, Long> timers = new LinkedHashMap<>();

  Waiting(Vertx vertx, Limits limits) {
    this.vertx = vertx;
    this.limits = limits;
  }

  /** Somebody connected. */
  void connected(HttpConnection connection) {
    if (timers.size() >= limits.most()) {
      HttpConnection oldest = timers.keySet().iterator().next();
      forget(oldest);
      oldest.close();
    }
    connection.closeHandler(closed -> forget(connection));
    waitFor(connection);
  }

  /** A request is there; it is answered, and then the next one is waited for. */
  void asked(HttpConnection connection) {
    forget(connection);
    waitFor(connection);
  }

  /** It is told what happens from now on, and drops out when it does not read. */
  void isTold(HttpConnection connection) {
    forget(connection);
  }

  private void waitFor(HttpConnection connection) {
    timers.put(
        connection, vertx.setTimer(limits.patience().toMillis(), late -> connection.close()));
  }

  private void forget(HttpConnection connection) {
    Long timer = timers.remove(connection);
    if (timer != null) {
      vertx.cancelTimer(timer);
    }
  }
}
