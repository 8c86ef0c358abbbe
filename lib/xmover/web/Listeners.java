package xmover.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** All who listen to what happens: they are told it a few times a second at most. */
final class Listeners {
  /** How long the last words may take. */
  private static final Duration FAREWELL = Duration.ofSeconds(2);

  /** Enough for a team; each one costs a connection and some memory. */
  static final int MOST = 64;

  /**
   * How fast they are told.
   *
   * @param tick the shortest time between two changes
   * @param heartbeat ticks without news after which they are told that there are none
   * @param patience ticks that one may leave what it was told unread
   */
  record Pace(Duration tick, int heartbeat, int patience) {
    /** Four times a second; 15 and 20 seconds. */
    static final Pace DEFAULT = new Pace(Duration.ofMillis(250), 60, 80);
  }

  private final Vertx vertx;
  private final Pace pace;
  private final StatusFeed feed;
  private final Set<EventStream> streams = new HashSet<>();
  private final long timer;

  /** Works on the event loop it is made on. */
  Listeners(Vertx vertx, StatusSource source, Pace pace) {
    this.pace = pace;
    this.vertx = vertx;
    // Another one each time: who comes back to another server is told all of it.
    String epoch = Long.toHexString(ThreadLocalRandom.current().nextLong());
    this.feed = new StatusFeed(source, epoch);
    this.timer = vertx.setPeriodic(pace.tick().toMillis(), tick -> tick());
  }

  /**
   * Takes one more.
   *
   * @param lastId of the last event it was told; null when it was told none
   * @return false when there are too many
   */
  boolean add(HttpServerRequest request, @Nullable String lastId) {
    if (streams.size() >= MOST) {
      return false;
    }
    Optional<Long> told = feed.numberOf(lastId);
    feed.look();
    var stream = new EventStream(request, feed, told);
    streams.add(stream);
    request.response().closeHandler(closed -> streams.remove(stream));
    stream.begin();
    return true;
  }

  private void tick() {
    feed.look();
    List.copyOf(streams).stream()
        .filter(stream -> !stream.tick(pace.patience(), pace.heartbeat()))
        .forEach(streams::remove);
  }

  /** Tells all of them the rest, and that nothing more comes. */
  Future<Void> end() {
    vertx.cancelTimer(timer);
    feed.look();
    List<Future<Void>> ends = streams.stream().map(EventStream::end).toList();
    return Future.join(ends)
        .timeout(FAREWELL.toMillis(), TimeUnit.MILLISECONDS)
        .<Void>mapEmpty()
        .otherwiseEmpty();
  }
}
