package cratesim.wire;

import io.vertx.core.Vertx;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * An address that others answer: passes connections on to a port of this machine, until it is cut
 * and after it is mended, and new ones to another port when it is told so.
 */
public final class Relay implements AutoCloseable {
  private static final String HERE = "127.0.0.1";

  private final Vertx vertx = Vertx.vertx();
  private final Set<NetSocket> open = ConcurrentHashMap.newKeySet();
  private final NetServer server;
  private volatile int target;
  private volatile boolean whole = true;

  public Relay(int target) throws TimeoutException {
    this.target = target;
    server =
        vertx
            .createNetServer()
            .connectHandler(this::pass)
            .listen(0, HERE)
            .await(10, TimeUnit.SECONDS);
  }

  public int port() {
    return server.actualPort();
  }

  private void pass(NetSocket near) {
    if (!whole) {
      near.close();
      return;
    }
    open.add(near);
    near.closeHandler(closed -> open.remove(near));
    near.pause();
    vertx
        .createNetClient()
        .connect(target, HERE)
        .onSuccess(
            far -> {
              near.pipeTo(far);
              far.pipeTo(near);
            })
        .onFailure(failure -> near.close());
  }

  /** New connections lead to another port; those that exist stay where they are. */
  public void leadTo(int port) {
    target = port;
  }

  /** Every connection breaks off, without a word, and so does every new one. */
  public void cut() {
    whole = false;
    open.forEach(NetSocket::close);
  }

  public void mend() {
    whole = true;
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
