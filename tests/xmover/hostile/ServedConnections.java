package xmover.hostile;

import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.SocketAddress;
import io.vertx.core.spi.VertxMetricsFactory;
import io.vertx.core.spi.metrics.HttpServerMetrics;
import io.vertx.core.spi.metrics.TCPMetrics;
import io.vertx.core.spi.metrics.VertxMetrics;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts the connections that the servers of a Vert.x have open. */
final class ServedConnections implements VertxMetricsFactory {
  private int came;
  private int open;

  private final class Counted implements HttpServerMetrics<Object, Object, Object> {
    @Override
    public @Nullable Object connected(SocketAddress client, String name) {
      opened(1);
      return null;
    }

    @Override
    public void disconnected(@Nullable Object connection, SocketAddress client) {
      opened(-1);
    }
  }

  @Override
  public VertxMetrics metrics(VertxOptions options) {
    return new VertxMetrics() {
      @Override
      public HttpServerMetrics<?, ?, ?> createHttpServerMetrics(
          HttpServerOptions how, SocketAddress where) {
        return new Counted();
      }

      @Override
      public TCPMetrics<?> createNetServerMetrics(NetServerOptions how, SocketAddress where) {
        return new Counted();
      }
    };
  }

  private synchronized void opened(int change) {
    came += Math.max(0, change);
    open += change;
    notifyAll();
  }

  /** How many came in all. */
  synchronized int came() {
    return came;
  }

  /** How many are open once there are no more than so many, or after this time. */
  synchronized int openAfter(int most, Duration longest) throws InterruptedException {
    long end = System.nanoTime() + longest.toNanos();
    while (open > most && System.nanoTime() < end) {
      wait(Math.max(1, (end - System.nanoTime()) / 1_000_000));
    }
    return open;
  }
}
