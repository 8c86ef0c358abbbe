package xmover.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.run.JournalPlace;

/** Where a run remembers what it began. */
public final class JournalArguments {
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

  /** As typed. */
  public JournalPlace place() {
    return new JournalPlace(where);
  }
}
