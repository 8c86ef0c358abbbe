package xmover.cluster.wire;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.SocketAddress;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.Optional;
import java.util.function.Function;
import xmover.cluster.ClusterFailure;
import xmover.cluster.connection.HostPort;

/** Tries all addresses of a host's name in turn, the one that worked last first. */
final class Addresses {
  /** Who knows names. */
  @FunctionalInterface
  interface Names {
    Future<InetAddress[]> addresses(String name);

    /** As this machine is set up: hosts file, DNS and what else it asks. That blocks. */
    static Names ofThisMachine(Vertx vertx) {
      return name -> vertx.executeBlocking(() -> InetAddress.getAllByName(name), false);
    }
  }

  private final HostPort host;
  private final Names names;
  private volatile Optional<InetAddress> good = Optional.empty();

  Addresses(HostPort host, Names names) {
    this.host = host;
    this.names = names;
  }

  /**
   * Opens something at the first address that lets us. The next one is tried when a failure is one
   * of the connection.
   */
  <T> Future<T> first(Function<SocketAddress, Future<T>> open) {
    return names.addresses(host.host()).compose(all -> next(goodFirst(all), open));
  }

  private Deque<InetAddress> goodFirst(InetAddress[] all) {
    var sorted = all.clone();
    Arrays.sort(sorted, Comparator.comparing(address -> !good.equals(Optional.of(address))));
    return new ArrayDeque<>(Arrays.asList(sorted));
  }

  private <T> Future<T> next(Deque<InetAddress> left, Function<SocketAddress, Future<T>> open) {
    InetAddress address = left.remove();
    // It bears the name as well: certificates are checked against that.
    var named = SocketAddress.inetSocketAddress(new InetSocketAddress(address, host.port()));
    return open.apply(named)
        .onSuccess(opened -> good = Optional.of(address))
        .recover(
            thrown ->
                left.isEmpty() || !isConnection(thrown)
                    ? Future.failedFuture(thrown)
                    : next(left, open)
                        .recover(later -> Future.failedFuture(moreTelling(thrown, later))));
  }

  private static boolean isConnection(Throwable thrown) {
    return thrown instanceof ClusterFailure failure && failure.kind().isConnection();
  }

  /** That nobody listens at one address says less than what went wrong at another. */
  private static Throwable moreTelling(Throwable first, Throwable later) {
    boolean dull = ((ClusterFailure) first).kind() == ClusterFailure.Kind.UNREACHABLE;
    return dull || !isConnection(later) ? later : first;
  }
}
