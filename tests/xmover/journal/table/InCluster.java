package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import io.vertx.core.Future;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.TestInstance;
import xmover.cluster.Cluster;
import xmover.cluster.connection.Transport;
import xmover.environment.Timers;
import xmover.journal.JournalFailure;
import xmover.reset.machine.RunIdentity;

/** Any CrateDB over each wire, for the contracts of what XMover keeps in it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public interface InCluster {
  Instant AT = Instant.parse("2024-01-15T10:30:16.123456789Z");
  RunIdentity ALICE = run("alice");
  RunIdentity BOB = run("bob");
  AtomicInteger TABLES = new AtomicInteger();

  /** A cluster over that wire, the same one for all wires; it is closed elsewhere. */
  Cluster open(Transport transport);

  Timers timers();

  /** A schema of its own, as awkward as any. */
  String schema();

  /** A name that no table has yet. */
  static String fresh() {
    return "Journal'{é}:" + TABLES.getAndIncrement();
  }

  static RunIdentity run(String user) {
    return new RunIdentity("run of " + user, user, user + "'s \"laptop\"", AT.minusSeconds(9));
  }

  default ClusterJournal journal(Transport transport, String table) {
    return get(ClusterJournal.open(open(transport), schema(), table, told -> {}));
  }

  public static <T> T get(Future<T> future) {
    try {
      return future.await(90, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  /** The sentence it fails with. */
  static String refusal(Future<?> future) {
    Throwable failure = get(future.transform(result -> Future.succeededFuture(result.cause())));
    return assertInstanceOf(JournalFailure.class, failure).getMessage();
  }
}
