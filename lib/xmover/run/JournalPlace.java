package xmover.run;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import xmover.cluster.connection.InvalidSettings;
import xmover.detect.ClusterIdentity;
import xmover.journal.JournalContents;
import xmover.journal.JournalLocation;
import xmover.journal.Lock;
import xmover.journal.OpenJournal;
import xmover.journal.file.FileJournal;
import xmover.journal.file.JournalFolder;
import xmover.journal.file.RunLock;
import xmover.journal.table.ClusterJournal;
import xmover.journal.table.ClusterLock;
import xmover.reset.Journal;
import xmover.reset.PastReset;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/**
 * Where a run remembers what it began.
 *
 * @param where as typed: a file, or {@code cluster}; null for a file of its own for each cluster
 */
public record JournalPlace(@Nullable String where) {
  /** A file for each cluster in the state folder of the user. */
  public static final JournalPlace DEFAULT = new JournalPlace(null);

  private static final String IN_CLUSTER = "cluster";
  private static final String LOCK = "lock";

  /** Meant otherwise than as the name of a file: a pod's journal would die with the pod. */
  private static final Pattern NO_FILE =
      Pattern.compile(
          "|\\W|cluster(\\W?|[^\\w./\\\\-].*|\\.[^.]+\\.[^.]+)|clusters|in["
              + " _-]?cluster|crate(db)?|table|xmover\\.journal|file|none|no|off|\\w+://.*",
          Pattern.CASE_INSENSITIVE);

  /**
   * Takes the lock and opens the journal.
   *
   * @param takeover whether to take the lock from another run that holds it
   * @param ofLock is told when the lock can't be kept
   * @param ofJournal is told when a part of the journal can't be read, or was taken away
   */
  public Future<OpenJournal> open(
      Connection connection,
      ClusterIdentity cluster,
      RunIdentity run,
      boolean takeover,
      Consumer<String> ofLock,
      Consumer<String> ofJournal) {
    if (isNowhere(connection)) {
      return Future.succeededFuture(new OpenJournal(Lock.NONE, Journal.NONE));
    }
    if (isInCluster()) {
      TableRef table = clusterTable();
      return OpenJournal.open(
          ClusterLock.acquire(
              connection.urgent(),
              table.schema(),
              LOCK,
              run,
              takeover,
              connection.timers(),
              ofLock),
          () -> clusterJournal(connection, ofJournal));
    }
    JournalLocation location = location(connection, cluster);
    Path file = file(connection, location);
    return OpenJournal.open(
        RunLock.acquire(connection.vertx(), location.lock(), run, takeover),
        () -> fileJournal(connection.vertx(), file, takeover, ofJournal));
  }

  /** What the journal holds, without a lock: another run may be writing it. */
  public Future<JournalContents> remembered(Connection connection, ClusterIdentity cluster) {
    if (isNowhere(connection)) {
      return Future.succeededFuture(JournalContents.NOTHING);
    }
    if (isInCluster()) {
      TableRef table = clusterTable();
      return ClusterJournal.read(connection.urgent(), table.schema(), table.name());
    }
    return FileJournal.read(connection.vertx(), file(connection, location(connection, cluster)));
  }

  /** Which run works on the cluster now, in words; empty when none does. */
  public Future<Optional<String>> holder(Connection connection, ClusterIdentity cluster) {
    if (isNowhere(connection)) {
      return Future.succeededFuture(Optional.empty());
    }
    return isInCluster()
        ? ClusterLock.holder(connection.urgent(), clusterTable().schema(), LOCK)
        : RunLock.holder(connection.vertx(), location(connection, cluster).lock());
  }

  /** The same of any of these journals, while nobody knows which cluster it is. */
  public Future<Optional<String>> holderOfAny(
      Connection connection, List<JournalFolder.Open> journals) {
    if (!isOneOfMany(connection)) {
      return Future.failedFuture("the lock is named by the cluster, which can't be reached");
    }
    return Future.all(
            journals.stream()
                .map(open -> JournalLocation.lockOf(open.file()))
                .map(lock -> RunLock.holder(connection.vertx(), lock))
                .toList())
        .map(all -> all.<Optional<String>>list().stream().flatMap(Optional::stream).findFirst());
  }

  /**
   * What is unfinished in the journals of other clusters that were reached by the same address. A
   * journal that was named is the only one that counts.
   */
  public Future<List<JournalFolder.Open>> elsewhere(
      Connection connection, ClusterIdentity cluster) {
    return isOneOfMany(connection)
        ? JournalFolder.reachedAt(
            connection.vertx(),
            folder(connection),
            connection.addresses(),
            Optional.of(location(connection, cluster).journal()))
        : Future.succeededFuture(List.of());
  }

  /**
   * The same while nobody knows which cluster it is; a journal in a file that was named is read.
   */
  public Future<List<JournalFolder.Open>> anywhere(Connection connection) {
    if (isOneOfMany(connection)) {
      return JournalFolder.reachedAt(
          connection.vertx(), folder(connection), connection.addresses(), Optional.empty());
    }
    return where == null || isInCluster()
        ? Future.succeededFuture(List.of())
        : JournalFolder.in(connection.vertx(), named(connection, where));
  }

  /** A failure to reach the cluster, with what the journals of this machine know to be open. */
  public RuntimeException withOpenEntries(RuntimeException failure, Connection connection) {
    List<JournalFolder.Open> open = Connection.await(anywhere(connection));
    return open.isEmpty() ? failure : OpenEntries.in(open, failure);
  }

  private boolean isOneOfMany(Connection connection) {
    return where == null && !connection.isSimulated();
  }

  private static Path folder(Connection connection) {
    return JournalLocation.folder(connection.environment());
  }

  /** The resets that ended. */
  public Future<List<PastReset>> history(Connection connection, ClusterIdentity cluster) {
    if (isNowhere(connection)) {
      return Journal.NONE.history();
    }
    if (isInCluster()) {
      TableRef table = clusterTable();
      return ClusterJournal.history(connection.urgent(), table.schema(), table.name());
    }
    return FileJournal.history(connection.vertx(), file(connection, location(connection, cluster)));
  }

  /**
   * The same while nobody knows which cluster it is, of those that were begun by this address; a
   * journal in a file that was named is read, and one in the cluster can't be.
   */
  public Future<List<PastReset>> historyAnywhere(Connection connection, Throwable unreachable) {
    if (isOneOfMany(connection)) {
      return JournalFolder.historyReachedAt(
          connection.vertx(), folder(connection), connection.addresses());
    }
    return where == null || isInCluster()
        ? Future.failedFuture(unreachable)
        : FileJournal.history(connection.vertx(), named(connection, where));
  }

  private static Future<Journal> fileJournal(
      Vertx vertx, Path file, boolean takeover, Consumer<String> warn) {
    return (takeover
            ? FileJournal.takeOver(vertx, file, warn)
            : FileJournal.open(vertx, file, warn))
        .map(journal -> journal);
  }

  private static JournalLocation location(Connection connection, ClusterIdentity cluster) {
    return JournalLocation.of(connection.environment(), cluster.id());
  }

  private Path file(Connection connection, JournalLocation location) {
    return where == null ? location.journal() : named(connection, where);
  }

  private static Path named(Connection connection, String where) {
    if (NO_FILE.matcher(where.strip()).matches()) {
      throw new InvalidSettings(
          "--journal '%s' names no file: write cluster or cluster:schema.table for a table in CrateDB, or a path like ./journal.jsonl"
              .formatted(where));
    }
    return connection.environment().file(where);
  }

  private Future<Journal> clusterJournal(Connection connection, Consumer<String> warn) {
    TableRef table = clusterTable();
    return ClusterJournal.open(connection.urgent(), table.schema(), table.name(), warn)
        .map(journal -> journal);
  }

  /** What is simulated in this process dies with it: there is nothing to remember. */
  private boolean isNowhere(Connection connection) {
    return where == null && connection.isSimulated();
  }

  private boolean isInCluster() {
    return where != null && (where.equals(IN_CLUSTER) || where.startsWith(IN_CLUSTER + ":"));
  }

  private TableRef clusterTable() {
    String name = String.valueOf(where).substring(IN_CLUSTER.length());
    String[] parts = (name.isEmpty() ? "xmover.journal" : name.substring(1)).split("\\.", -1);
    if (parts.length != 2 || parts[0].isEmpty() || parts[1].isEmpty()) {
      throw new InvalidSettings(
          "--journal cluster" + name + " names no table: write cluster:schema.table");
    }
    return TableRef.of(parts[0], parts[1]);
  }
}
