package xmover.cluster;

import io.vertx.core.Future;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import xmover.cluster.ClusterFailure.Kind;

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
  private final Wire wire;
  private final Addresses addresses;
  private final ClusterProof proof;
  private final Turns turns;
  private final Deque<Idle> idle = new ConcurrentLinkedDeque<>();
  private final AtomicInteger troubles = new AtomicInteger();
  private volatile boolean closed;

  Node(
      HostPort host,
      ConnectionSettings settings,
      Wire wire,
      Addresses addresses,
      SameCluster sameCluster) {
    this.settings = settings;
    this.faults = new ConnectionFaults(host, settings);
    this.wire = wire;
    this.addresses = addresses;
    this.proof = new ClusterProof(host, settings, sameCluster);
    this.turns = new Turns(settings.poolSize());
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    return turns.take(() -> proven(statement).compose(ready -> exchange(ready, statement)));
  }

  @Override
  public Future<Void> close() {
    closed = true;
    return Future.join(idle.stream().map(unused -> unused.session().close()).toList())
        .transform(ended -> wire.close());
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
  private Future<Idle> proven(Statement statement) {
    Idle unused = idle.poll();
    if (unused == null) {
      return connect();
    } else if (unused.session().isBroken()) {
      unused.session().close();
      return proven(statement);
    }
    return isProven(unused, statement)
        ? Future.succeededFuture(unused)
        : prove(unused.session()).recover(thrown -> another(statement, thrown));
  }

  private boolean isProven(Idle unused, Statement statement) {
    return !wire.mayChangeServers()
        || (statement.kind() == Statement.Kind.READ && unused.troubles() == troubles.get());
  }

  /** Nothing of this statement was sent yet, so another connection may take it. */
  private Future<Idle> another(Statement statement, Throwable thrown) {
    boolean silent = thrown instanceof ClusterFailure late && late.kind() == Kind.CONNECT_TIMEOUT;
    return silent ? Future.failedFuture(thrown) : proven(statement);
  }

  private Future<Idle> connect() {
    return addresses
        .first(address -> wire.open(address).compose(this::prove))
        .recover(thrown -> Future.failedFuture(faults.connecting(thrown)));
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
