package xmover.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import xmover.Script;
import xmover.Toolkit;
import xmover.options.JournalArguments;
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
      "Changes nothing. Exit code 0 also when something is unfinished; where the cluster can't be"
          + " looked at, 4 when the journal holds something, else 1."
    })
public final class StatusCommand extends Script {
  @Mixin private final JournalArguments journal = new JournalArguments();

  @Override
  protected ExitCode run(Toolkit xmover) {
    Status status = xmover.status(journal.place());
    xmover.print(status);
    status.requireSeen();
    return ExitCode.DONE;
  }
}
