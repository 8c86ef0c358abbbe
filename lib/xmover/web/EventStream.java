package xmover.web;

import io.vertx.core.Future;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/**
 * One who listens to a feed. Who reads slower than things happen is told the changes later and
 * together; who does not read at all is dropped. Nothing is kept for anybody.
 */
final class EventStream {
  static final String TYPE = "text/event-stream";

  private final HttpServerRequest request;
  private final HttpServerResponse response;
  private final StatusFeed feed;
  private Optional<Long> told;
  private int stuck;
  private int quiet;

  /**
   * @param told up to where it was told before the connection was lost
   */
  EventStream(HttpServerRequest request, StatusFeed feed, Optional<Long> told) {
    this.request = request;
    this.response = request.response();
    this.feed = feed;
    this.told = told;
  }

  void begin() {
    Reply.secured(response)
        .putHeader("Content-Type", TYPE)
        // For a proxy in between, which would collect what should come at once.
        .putHeader("X-Accel-Buffering", "no")
        .setChunked(true);
    // Who missed nothing is told nothing, and should know at once that it is connected.
    write(": listening\n\n");
    tell();
  }

  /**
   * Tells what it was not told.
   *
   * @param patience how many times it may be found not reading
   * @param heartbeat after how many times without news it is told that there are none
   * @return false when it is gone
   */
  boolean tick(int patience, int heartbeat) {
    if (response.closed() || response.ended()) {
      return false;
    }
    if (response.writeQueueFull()) {
      stuck++;
      if (stuck > patience) {
        request.connection().close();
        return false;
      }
      return true;
    }
    stuck = 0;
    quiet++;
    if (told.filter(number -> number == feed.number()).isEmpty()) {
      tell();
    } else if (quiet >= heartbeat) {
      write(": nothing new\n\n");
    }
    return true;
  }

  private void tell() {
    feed.after(told).forEach(this::write);
    told = Optional.of(feed.number());
  }

  private void write(String text) {
    quiet = 0;
    // A failed write means that it is gone, which the next tick sees.
    response.write(text);
  }

  /** Tells the rest, and that nothing more comes. */
  Future<Void> end() {
    if (response.closed() || response.ended() || response.writeQueueFull()) {
      return request.connection().close();
    }
    tell();
    return response.end(feed.end());
  }
}
