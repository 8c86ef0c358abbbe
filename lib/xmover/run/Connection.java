package xmover.run;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.file.FileSystemOptions;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.tinylog.Logger;
import xmover.cluster.Cluster;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;
import xmover.cluster.wire.Clusters;
import xmover.cluster.wire.SameCluster;
import xmover.detect.Detection;
import xmover.environment.Environment;
import xmover.environment.Timers;
import xmover.reset.machine.RunIdentity;

/** A cluster, as one command or script reaches it; close it to let go of every connection. */
public final class Connection implements AutoCloseable {
  /** What the URL of a simulated cluster begins with; a scenario follows. */
  public static final String SIMULATED = "sim:";

  private final Environment environment;
  private final Vertx vertx;
  private final Timers timers;
  private final Cluster cluster;

  /** Connections of their own for what must not wait behind fifty reads that hang. */
  private final Cluster urgent;

  private final List<String> addresses;
  private final boolean simulated;
  private final boolean cleartextPasswordAllowed;

  private Connection(
      Environment environment, Vertx vertx, ConnectionSettings settings, boolean simulated) {
    this.environment = environment;
    this.vertx = vertx;
    this.timers = environment.timers(vertx);
    this.simulated = simulated;
    this.cleartextPasswordAllowed = settings.cleartextPasswordAllowed();
    this.addresses = settings.hosts().stream().map(HostPort::toString).toList();
    var pools = Clusters.open(vertx, settings, new SameCluster(Logger::warn));
    this.cluster = pools.cluster();
    this.urgent = pools.urgent();
  }

  /**
   * Makes ready to connect as the options and the environment say; nothing is sent before the first
   * statement. {@code sim:SCENARIO} starts a simulated cluster.
   */
  public static Connection open(ConnectionOptions options, Environment environment) {
    Optional<String> scenario =
        options
            .url(environment.variables())
            .filter(url -> url.startsWith(SIMULATED))
            .map(url -> url.substring(SIMULATED.length()));
    Vertx vertx = startVertx();
    try {
      ConnectionOptions target =
          scenario.map(name -> options.to(simulated(environment, vertx, name))).orElse(options);
      ConnectionSettings settings = target.resolve(environment.variables(), environment::textOf);
      target.notes(environment.variables()).forEach(Logger::warn);
      return new Connection(environment, vertx, settings, scenario.isPresent());
    } catch (RuntimeException refused) {
      await(vertx.close());
      throw refused;
    }
  }

  /** Vert.x that needs no folder to write in: its cache for files of the class path is off. */
  public static Vertx startVertx() {
    var files = new FileSystemOptions().setClassPathResolvingEnabled(false);
    return Vertx.vertx(new VertxOptions().setFileSystemOptions(files));
  }

  private static String simulated(Environment environment, Vertx vertx, String scenario) {
    URI postgresql = await(Simulation.start(environment, vertx, scenario, 0, 0, null)).get(0);
    return postgresql + "?sslmode=disable";
  }

  public Environment environment() {
    return environment;
  }

  /** Whether the cluster is simulated in this process, and gone with it. */
  boolean isSimulated() {
    return simulated;
  }

  /** Whether a password may cross a network without TLS. */
  boolean cleartextPasswordAllowed() {
    return cleartextPasswordAllowed;
  }

  public Cluster cluster() {
    return cluster;
  }

  /** The same cluster over connections that restores, journal and lock have to themselves. */
  Cluster urgent() {
    return urgent;
  }

  /** The hosts of the cluster, as they were typed. */
  public String target() {
    return String.join(",", addresses);
  }

  /** The same, one by one; names are not told apart by case. */
  List<String> addresses() {
    return addresses.stream().map(address -> address.toLowerCase(Locale.ROOT)).toList();
  }

  public Vertx vertx() {
    return vertx;
  }

  public Timers timers() {
    return timers;
  }

  public Detection detection() {
    return new Detection(cluster, timers);
  }

  /** Who begins a run here, and when; it has a number of its own. */
  public RunIdentity newRun() {
    // Whole seconds: it is for people, in status and in the sentence about the lock.
    Instant started = environment.clock().instant().truncatedTo(ChronoUnit.SECONDS);
    return new RunIdentity(UUID.randomUUID().toString(), environment.user(), host(), started);
  }

  private static String host() {
    try {
      return InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException nameless) {
      return "unknown host";
    }
  }

  /** Waits for a result; only for the thread of a command or script, never for an event loop. */
  public static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException failed) {
      if (failed.getCause() instanceof RuntimeException expected) {
        throw expected;
      }
      throw failed;
    }
  }

  /** Lets go in good order what lets go within some seconds, and then of the rest. */
  @Override
  public void close() {
    var closed = Future.join(cluster.close(), urgent.close()).eventually(vertx::close);
    await(closed.timeout(3, TimeUnit.SECONDS).otherwiseEmpty());
  }
}
