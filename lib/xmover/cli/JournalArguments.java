package xmover.cli;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.detect.ClusterIdentity;
import xmover.journal.FileJournal;
import xmover.journal.JournalLocation;
import xmover.journal.Memory;
import xmover.journal.RunLock;
import xmover.reset.Journal;
import xmover.reset.JournalEntry;
import xmover.reset.RunIdentity;

/** Where a run remembers what it began. */
final class JournalArguments {
  @Option(
      names = "--journal",
      paramLabel = "FILE",
      description =
          "The file that remembers which tables are without replicas, so that resume and restore"
              + " find them (default: one per cluster in $XDG_STATE_HOME/xmover or"
              + " ~/.local/state/xmover).")
  private @Nullable String where;

  /**
   * Takes the lock and opens the journal.
   *
   * @param takeover whether to take the lock from another run that holds it
   */
  Future<Memory> open(Toolkit toolkit, ClusterIdentity cluster, RunIdentity run, boolean takeover) {
    JournalLocation location = location(cluster);
    return Memory.open(
        RunLock.acquire(toolkit.vertx(), location.lock(), run, takeover),
        () -> open(toolkit.vertx(), file(location), takeover));
  }

  /** What the journal holds, without a lock: another run may be writing it. */
  Future<List<JournalEntry>> unfinished(Toolkit toolkit, ClusterIdentity cluster) {
    return FileJournal.read(toolkit.vertx(), file(location(cluster)));
  }

  private static Future<Journal> open(Vertx vertx, Path file, boolean takeover) {
    return (takeover ? FileJournal.takeOver(vertx, file) : FileJournal.open(vertx, file))
        .map(journal -> journal);
  }

  private static JournalLocation location(ClusterIdentity cluster) {
    return JournalLocation.of(
        System.getenv(), Path.of(System.getProperty("user.home")), cluster.id());
  }

  private Path file(JournalLocation location) {
    return where == null ? location.journal() : Path.of(where);
  }
}
