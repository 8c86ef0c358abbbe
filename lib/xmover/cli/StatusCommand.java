package xmover.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import xmover.Script;
import xmover.Toolkit;
import xmover.options.JournalArguments;
import xmover.options.JsonArguments;
import xmover.run.ExitCode;
import xmover.run.Status;

/** Tells which resets are unfinished, and what the cluster says of them. */
@Command(
    name = "status",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Show unfinished resets beside the cluster's truth, and tables without replicas.",
    footer = {
      "",
      "Example: xmover status",
      "Example: xmover status --journal cluster --fail-if-unfinished",
      "Changes nothing. Exit code 0 also when something is unfinished, unless asked for otherwise;"
          + " where the cluster can't be looked at, 4 when the journal holds something, else 1."
    })
public final class StatusCommand extends Script {
  @Option(
      names = "--fail-if-unfinished",
      description =
          "End with 1 when something is unfinished, and with 4 while a table is at 0 replicas, also"
              + " when a run is at work on it.")
  private boolean failIfUnfinished;

  @Mixin private final JsonArguments output = new JsonArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();

  @Override
  protected ExitCode run(Toolkit xmover) {
    Status status = xmover.status(journal.place());
    if (output.isJson()) {
      xmover.print(status.json());
    } else {
      xmover.print(status);
    }
    status.requireSeen();
    return failIfUnfinished ? status.urgency() : ExitCode.DONE;
  }
}
