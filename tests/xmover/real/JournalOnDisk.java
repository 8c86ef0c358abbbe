package xmover.real;

import java.nio.file.Path;
import xmover.journal.file.FileJournal;

/** The journal file of a test's commands. */
final class JournalOnDisk {
  private final RealCluster cluster;
  private final Path file;

  JournalOnDisk(RealCluster cluster, Path folder) {
    this.cluster = cluster;
    this.file = folder.resolve("journal.jsonl");
  }

  /** What {@code --journal} names. */
  Path path() {
    return file;
  }

  /** How many of its entries were begun and not ended. */
  int unfinished() {
    var journal = RealCluster.get(FileJournal.open(cluster.vertx, file, told -> {}));
    return RealCluster.get(journal.unfinished().eventually(journal::close)).size();
  }
}
