package xmover.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import xmover.Script;
import xmover.Toolkit;
import xmover.options.JournalArguments;
import xmover.options.JsonArguments;
import xmover.options.TableArguments;
import xmover.run.ExitCode;
import xmover.run.RunHistory;

/** Tells what runs did so far, why, and what came of it. */
@Command(
    name = "history",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Show what ended in the last 30 days: when, by whom, why, the time at 0 replicas, the"
            + " translog before and after, and the outcome.",
    footer = {
      "",
      "Oldest first; a dash is what nobody knows. Changes nothing. With the cluster down it shows"
          + " what the journals of this machine know, and ends with 1.",
      "Example: xmover history --table 'doc.*'",
      "Example: xmover history --output json | jq '.resets[].outcome'"
    })
public final class HistoryCommand extends Script {
  @Mixin private final TableArguments which = new TableArguments();
  @Mixin private final JsonArguments output = new JsonArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();

  @Override
  protected ExitCode run(Toolkit xmover) {
    RunHistory history = xmover.history(journal.place()).only(which.filter());
    if (output.isJson()) {
      xmover.print(history.json());
    } else {
      xmover.print(history);
    }
    history.requireSeen();
    return ExitCode.DONE;
  }
}
