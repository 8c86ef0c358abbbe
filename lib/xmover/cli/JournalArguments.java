package xmover.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.cluster.InvalidSettings;
import xmover.detect.ClusterIdentity;
import xmover.journal.ClusterJournal;
import xmover.journal.ClusterLock;
import xmover.journal.FileJournal;
import xmover.journal.JournalFolder;
import xmover.journal.JournalLocation;
import xmover.journal.Lock;
import xmover.journal.Memory;
import xmover.journal.Remembered;
import xmover.journal.RunLock;
import xmover.reset.Journal;
import xmover.reset.PastReset;
import xmover.reset.RunIdentity;
import xmover.table.TableRef;

/** Where a run remembers what it began. */
final class JournalArguments {
  private static final String IN_CLUSTER = "cluster";
  private static final String LOCK = "lock";

  /** Meant otherwise than as the name of a file: a pod's journal would die with the pod. */
  private static final Pattern NO_FILE =
      Pattern.compile(
          "|\\W|cluster(\\W?|[^\\w./\\\\-].*|\\.[^.]+\\.[^.]+)|clusters|in["
              + " _-]?cluster|crate(db)?|table|xmover\\.journal|file|none|no|off|\\w+://.*",
          Pattern.CASE_INSENSITIVE);

  @Option(
      names = "--journal",
      paramLabel = "WHERE",
      description = {
        "Where to remember which tables are without replicas, so that resume and restore find them:"
            + " a file (default: one per cluster in $XDG_STATE_HOME/xmover, or"
            + " ~/.local/state/xmover), or cluster: a table in CrateDB itself, for pods and for a"
            + " second operator; cluster:schema.table names it (default: xmover.journal)."
      })
  private @Nullable String where;

  /**
   * Takes the lock and opens the journal.
   *
   * @param takeover whether to take the lock from another run that holds it
   * @param ofLock is told when the lock can't be kept
   * @param ofJournal is told when a part of the journal can't be read, or was taken away
   */
  Future<Memory> open(
      Toolkit toolkit,
      ClusterIdentity cluster,
      RunIdentity run,
      boolean takeover,
      Consumer<String> ofLock,
      Consumer<String> ofJournal) {
    if (isNowhere(toolkit)) {
      return Future.succeededFuture(new Memory(Lock.NONE, Journal.NONE));
    }
    if (isInCluster()) {
      TableRef table = clusterTable();
      return Memory.open(
          ClusterLock.acquire(
              toolkit.urgent(), table.schema(), LOCK, run, takeover, toolkit.timers(), ofLock),
          () -> clusterJournal(toolkit, ofJournal));
    }
    JournalLocation location = location(toolkit, cluster);
    Path file = file(toolkit, location);
    return Memory.open(
        RunLock.acquire(toolkit.vertx(), location.lock(), run, takeover),
        () -> fileJournal(toolkit.vertx(), file, takeover, ofJournal));
  }

  /** What the journal holds, without a lock: another run may be writing it. */
  Future<Remembered> remembered(Toolkit toolkit, ClusterIdentity cluster) {
    if (isNowhere(toolkit)) {
      return Future.succeededFuture(Remembered.NOTHING);
    }
    if (isInCluster()) {
      TableRef table = clusterTable();
      return ClusterJournal.read(toolkit.urgent(), table.schema(), table.name());
    }
    return FileJournal.read(toolkit.vertx(), file(toolkit, location(toolkit, cluster)));
  }

  /**
   * What is unfinished in the journals of other clusters that were reached by the same address. A
   * journal that was named is the only one that counts.
   */
  Future<List<JournalFolder.Open>> elsewhere(Toolkit toolkit, ClusterIdentity cluster) {
    return isOneOfMany(toolkit)
        ? JournalFolder.reachedAt(
            toolkit.vertx(),
            folder(toolkit),
            toolkit.addresses(),
            Optional.of(location(toolkit, cluster).journal()))
        : Future.succeededFuture(List.of());
  }

  /**
   * The same while nobody knows which cluster it is; a journal in a file that was named is read.
   */
  Future<List<JournalFolder.Open>> anywhere(Toolkit toolkit) {
    if (isOneOfMany(toolkit)) {
      return JournalFolder.reachedAt(
          toolkit.vertx(), folder(toolkit), toolkit.addresses(), Optional.empty());
    }
    return where == null || isInCluster()
        ? Future.succeededFuture(List.of())
        : JournalFolder.in(toolkit.vertx(), named(toolkit, where));
  }

  /** A failure to reach the cluster, with what the journals of this machine know to be open. */
  RuntimeException withOpenEntries(RuntimeException failure, Toolkit toolkit) {
    List<JournalFolder.Open> open = Toolkit.await(anywhere(toolkit));
    return open.isEmpty() ? failure : OpenEntries.in(open, failure);
  }

  private boolean isOneOfMany(Toolkit toolkit) {
    return where == null && !toolkit.isSimulated();
  }

  private static Path folder(Toolkit toolkit) {
    return JournalLocation.folder(toolkit.environment());
  }

  /** The resets that ended. */
  Future<List<PastReset>> history(Toolkit toolkit, ClusterIdentity cluster) {
    if (isNowhere(toolkit)) {
      return Journal.NONE.history();
    }
    if (isInCluster()) {
      TableRef table = clusterTable();
      return ClusterJournal.history(toolkit.urgent(), table.schema(), table.name());
    }
    return FileJournal.history(toolkit.vertx(), file(toolkit, location(toolkit, cluster)));
  }

  private static Future<Journal> fileJournal(
      Vertx vertx, Path file, boolean takeover, Consumer<String> told) {
    return (takeover
            ? FileJournal.takeOver(vertx, file, told)
            : FileJournal.open(vertx, file, told))
        .map(journal -> journal);
  }

  private static JournalLocation location(Toolkit toolkit, ClusterIdentity cluster) {
    return JournalLocation.of(toolkit.environment(), cluster.id());
  }

  private Path file(Toolkit toolkit, JournalLocation location) {
    return where == null ? location.journal() : named(toolkit, where);
  }

  private static Path named(Toolkit toolkit, String where) {
    if (NO_FILE.matcher(where.strip()).matches()) {
      throw new InvalidSettings(
          "--journal '%s' names no file: write cluster or cluster:schema.table for a table in CrateDB, or a path like ./journal.jsonl"
              .formatted(where));
    }
    return toolkit.environment().file(where);
  }

  private Future<Journal> clusterJournal(Toolkit toolkit, Consumer<String> told) {
    TableRef table = clusterTable();
    return ClusterJournal.open(toolkit.urgent(), table.schema(), table.name(), told)
        .map(journal -> journal);
  }

  /** What is simulated in this process dies with it: there is nothing to remember. */
  private boolean isNowhere(Toolkit toolkit) {
    return where == null && toolkit.isSimulated();
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
