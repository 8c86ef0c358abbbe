package xmover.cluster.wire;

import io.vertx.core.Future;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;

/**
 * One CrateDB node. At most as many connections as the settings say, each with one statement at a
 * time; one whose statement got no answer is ended, so that it keeps no place. No statement goes
 * out over a connection that has not proven that it leads to the cluster we work on.
 */
final class Node implements Cluster {
  /**
   * A connection nobody uses now.
   *
   * @param troubles how many there had been at this host when it proved to lead to our cluster
   */
  private record Idle(NodeSession session, int troubles) {}

  private final ConnectionSettings settings;
  private final ConnectionFaults faults;
  private final NodeWire wire;
  private final Addresses addresses;
  private final ClusterProof proof;
  private final Bulkhead turns;
  private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger troubles;
  private final Optional<Node> reserve;
  private volatile boolean closed;

  /**
   * @param reserve the same host; what it does not use may be taken over when no connection can be
   *     made
   */
  Node(
      HostPort host,
      ConnectionSettings settings,
      NodeWire wire,
      Addresses addresses,
      SameCluster sameCluster,
      Optional<Node> reserve) {
    this.settings = settings;
    this.faults = new ConnectionFaults(host, settings);
    this.wire = wire;
    this.addresses = addresses;
    this.proof = new ClusterProof(host, settings, sameCluster);
    this.reserve = reserve;
    this.troubles = reserve.map(other -> other.troubles).orElseGet(AtomicInteger::new);
    this.turns = new Bulkhead(settings.poolSize());
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    return turns.take(() -> ready(statement).compose(ready -> exchange(ready, statement)));
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return Future.join(idle.stream().map(unused -> unused.session().close()).toList())
        // What both pools share is let go of once.
        .transform(ended -> reserve.isEmpty() ? wire.close() : Future.succeededFuture());
  }

  private Future<List<Row>> exchange(Idle ready, Statement statement) {
    return ready
        .session()
        .execute(statement, settings.timeouts().answer(statement))
        .onSuccess(rows -> giveBack(ready))
        .recover(thrown -> Future.failedFuture(failed(ready, statement, thrown)));
  }

  private void giveBack(Idle ready) {
    if (closed || ready.session().isBroken()) {
      ready.session().close();
    } else {
      idle.push(ready);
    }
  }

  private Throwable failed(Idle ready, Statement statement, Throwable thrown) {
    troubles.incrementAndGet();
    if (thrown instanceof ClusterFailure) {
      giveBack(ready);
      return thrown;
    }
    boolean broke =
        ready.session().isBroken()
            || ConnectionFaults.isBreak(thrown)
            || thrown instanceof TimeoutException;
    ready.session().close();
    return broke ? faults.answering(statement, thrown) : thrown;
  }

  /** A connection over which this statement may go. */
  private Future<Idle> ready(Statement statement) {
    return unused(statement)
        .compose(open -> open.map(Future::succeededFuture).orElseGet(() -> connect(statement)));
  }

  /** The same, of those that are open; empty when all are in use. */
  private Future<Optional<Idle>> unused(Statement statement) {
    Idle next = idle.poll();
    if (next == null) {
      return Future.succeededFuture(Optional.empty());
    } else if (next.session().isBroken()) {
      next.session().close();
      return unused(statement);
    }
    return isProven(next, statement)
        ? Future.succeededFuture(Optional.of(next))
        : prove(next.session()).map(Optional::of).recover(thrown -> another(statement, thrown));
  }

  private boolean isProven(Idle unused, Statement statement) {
    boolean harmless = statement.kind() == Statement.Kind.READ || statement.optimizes();
    return !wire.mayChangeServers() || (harmless && unused.troubles() == troubles.get());
  }

  /** Nothing of this statement was sent yet, so another connection may take it. */
  private Future<Optional<Idle>> another(Statement statement, Throwable thrown) {
    boolean silent = thrown instanceof ClusterFailure late && late.kind() == Kind.CONNECT_TIMEOUT;
    return silent ? Future.failedFuture(thrown) : unused(statement);
  }

  private Future<Idle> connect(Statement statement) {
    return addresses
        .first(address -> wire.open(address).compose(this::prove))
        .recover(thrown -> takeOver(statement, faults.connecting(thrown)));
  }

  private Future<Idle> takeOver(Statement statement, ClusterFailure failure) {
    return reserve
        .map(other -> other.unused(statement))
        .orElseGet(() -> Future.succeededFuture(Optional.empty()))
        .compose(open -> open.map(Future::succeededFuture).orElse(Future.failedFuture(failure)));
  }

  private Future<Idle> prove(NodeSession session) {
    var proven = new Idle(session, troubles.get());
    return proof
        .of(session)
        .map(proven)
        .onFailure(
            refused -> {
              troubles.incrementAndGet();
              session.close();
            });
  }
}
