package xmover.journal.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RunIdentity;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/** The journal of a process that died while a table was at zero. */
public final class LeftJournal {
  private LeftJournal() {}

  /** Writes it. */
  public static void write(
      Path file, TableRef table, TableIdentity identity, String original, Instant since)
      throws IOException {
    var entry =
        new JournalEntry(
            new RunIdentity("dead", "ops", "laptop", since),
            table,
            Optional.of(identity),
            new ReplicaSetting(original),
            1,
            ResetState.MONITORING_LEASES,
            Optional.empty(),
            OpenEnds.NONE,
            since,
            since);
    Files.write(file, JournalLine.of(entry));
    Files.writeString(file, "\n", java.nio.file.StandardOpenOption.APPEND);
  }
}
