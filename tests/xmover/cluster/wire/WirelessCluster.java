package xmover.cluster.wire;

import cratesim.faults.Fault;
import cratesim.faults.Faults;
import cratesim.model.SqlError;
import cratesim.wire.Wireless;
import io.netty.handler.ssl.NotSslRecordException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.SocketAddress;
import java.io.IOException;
import java.net.ConnectException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import javax.net.ssl.SSLException;
import xmover.cluster.ClusterFailure;
import xmover.cluster.DirectCluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;
import xmover.environment.SteppedTimers;
import xmover.environment.Timers;

/** A node as over HTTP, with its pools and proofs, in stepped time and without a socket. */
public final class WirelessCluster {
  private static final Duration LATENCY = Duration.ofMillis(1);
  private static final HostPort HOST = new HostPort("simulated", 4200);
  private static final String FIRST = "127.0.0.1";
  private static final String SECOND = "127.0.0.2";
  private static final ConnectionSettings SETTINGS =
      ConnectionOptions.of("http://crate@simulated:4200").resolve(Map.of(), file -> "");

  private final Wireless server;
  private final SteppedTimers timers;
  private final Consumer<String> before;
  private final Set<Fault.Outside> outside;
  private final Set<Object> open;
  private final ConnectionFaults faults = new ConnectionFaults(HOST, SETTINGS);
  private final ServerErrors errors = new ServerErrors(HOST, "crate");

  private WirelessCluster(
      Wireless server,
      SteppedTimers timers,
      Consumer<String> before,
      Set<Fault.Outside> outside,
      Set<Object> open) {
    this.server = server;
    this.timers = timers;
    this.before = before;
    this.outside = outside;
    this.open = open;
  }

  /**
   * Both pools.
   *
   * @param before is done before each statement
   * @param outside what has happened to names and certificates by now
   */
  public static Clusters.Pools open(
      Wireless server, SteppedTimers timers, Runnable before, Set<Fault.Outside> outside) {
    return open(server, timers, text -> before.run(), outside, new HashSet<>());
  }

  /**
   * Both pools.
   *
   * @param before is told each statement before it is executed
   * @param open has every connection from when it comes until it is closed
   */
  public static Clusters.Pools open(
      Wireless server, SteppedTimers timers, Consumer<String> before, Set<Object> open) {
    return open(server, timers, before, Set.of(), open);
  }

  private static Clusters.Pools open(
      Wireless server,
      SteppedTimers timers,
      Consumer<String> before,
      Set<Fault.Outside> outside,
      Set<Object> open) {
    NodeWire wire = new WirelessCluster(server, timers, before, outside, open).wire();
    // The second one is not asked for, and need not be there, as long as the first one lives.
    var addresses =
        new Addresses(
            HOST,
            name ->
                outside.contains(Fault.Outside.FIRST_ADDRESS_DEAD)
                    ? DeadFirstAddressTest.addresses(name, FIRST, SECOND)
                    : DeadFirstAddressTest.addresses(name, FIRST));
    var same = new SameCluster(told -> {});
    var node = new Node(HOST, SETTINGS, wire, addresses, same, Optional.empty());
    return new Clusters.Pools(
        node, new Node(HOST, SETTINGS, wire, addresses, same, Optional.of(node)));
  }

  private NodeWire wire() {
    return new NodeWire() {
      @Override
      public Future<NodeSession> open(SocketAddress address) {
        return timers
            .at(LATENCY)
            .compose(
                came ->
                    inTheWay(address)
                        .map(WirelessCluster.this::<NodeSession>refused)
                        .orElseGet(WirelessCluster.this::connect));
      }

      @Override
      public boolean mayChangeServers() {
        return true;
      }

      @Override
      public Future<Void> close() {
        return Future.succeededFuture();
      }
    };
  }

  /** What keeps a client from the server: its address, or the certificate. */
  private Optional<IOException> inTheWay(SocketAddress address) {
    if (outside.contains(Fault.Outside.FIRST_ADDRESS_DEAD) && FIRST.equals(address.hostAddress())) {
      return Optional.of(new ConnectException("dead"));
    } else if (outside.contains(Fault.Outside.CERTIFICATE_EXPIRED)) {
      return Optional.of(new SSLException(new CertificateExpiredException()));
    } else if (outside.contains(Fault.Outside.CERTIFICATE_OF_ANOTHER)) {
      return Optional.of(new SSLException(new CertificateException("another name")));
    }
    return outside.contains(Fault.Outside.NO_TLS)
        ? Optional.of(new NotSslRecordException("plain"))
        : Optional.empty();
  }

  private <T> Future<T> refused(IOException why) {
    return Future.failedFuture(faults.connecting(why));
  }

  private Future<NodeSession> connect() {
    Faults.Connection connection = server.connect();
    return connection.isRefused()
        ? refused(new ConnectException("refused"))
        : Future.succeededFuture(new Session(connection));
  }

  private final class Session implements NodeSession {
    private final Faults.Connection connection;
    private final Set<Fault.Outside> openedWith = Set.copyOf(outside);
    private boolean broken;
    private Timers.Alarm trickling = () -> {};

    Session(Faults.Connection connection) {
      this.connection = connection;
      open.add(this);
    }

    @Override
    public Future<List<Row>> execute(Statement statement, Duration timeout) {
      Promise<List<Row>> first = Promise.promise();
      Timers.Alarm late = timers.alarm(timeout, () -> first.tryFail(new TimeoutException()));
      timers
          .at(LATENCY)
          .compose(
              sent -> connection.isSilent() ? Future.<List<Row>>future(p -> {}) : ask(statement))
          .onComplete(
              answer -> {
                late.cancel();
                if (answer.succeeded()) {
                  first.tryComplete(answer.result());
                } else {
                  first.tryFail(answer.cause());
                }
              });
      return first.future().onFailure(thrown -> broken |= !(thrown instanceof ClusterFailure));
    }

    private Future<List<Row>> ask(Statement statement) {
      if (outside.stream().anyMatch(what -> what.breaks() && !openedWith.contains(what))) {
        return Future.failedFuture(new IOException("closed"));
      }
      before.accept(statement.text());
      return server
          .execute("crate", statement.text(), statement.parameters())
          .compose(this::read)
          .recover(failure -> Future.failedFuture(told(failure, statement)));
    }

    @Override
    public boolean isBroken() {
      return broken;
    }

    @Override
    public Future<Void> close() {
      broken = true;
      open.remove(this);
      trickling.cancel();
      return Future.succeededFuture();
    }

    private Future<List<Row>> read(Wireless.Reply reply) {
      if (reply.spoiled().orElse(null) instanceof Fault.Trickle trickle) {
        int bytes = 100 + 50 * reply.answer().rows().size();
        Promise<List<Row>> whole = Promise.promise();
        trickling =
            timers.alarm(
                trickle.pause().multipliedBy(bytes),
                () -> whole.complete(DirectCluster.rows(reply.answer())));
        return whole.future();
      }
      return WirelessCluster.this.read(reply);
    }
  }

  private Throwable told(Throwable failure, Statement statement) {
    if (failure instanceof SqlError error) {
      return errors.http(statement, error.code(), error.getMessage());
    }
    return failure instanceof ClusterFailure ? failure : new IOException("closed");
  }

  private Future<List<Row>> read(Wireless.Reply reply) {
    if (reply.spoiled().isEmpty()) {
      return Future.succeededFuture(DirectCluster.rows(reply.answer()));
    }
    Fault.Effect how = reply.spoiled().get();
    if (how instanceof Fault.Page page) {
      return Future.failedFuture(
          page.status() >= 429
              ? faults.proxy(page.status())
              : faults.notCrateDb("HTTP status " + page.status(), null));
    }
    boolean cut = how == Fault.Spoiled.CUT_ANSWER || how == Fault.Spoiled.CUT_FRAME;
    return Future.failedFuture(
        cut ? new IOException("cut") : faults.notCrateDb("it does not speak the protocol", null));
  }
}
