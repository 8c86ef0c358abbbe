package xmover.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import xmover.Script;
import xmover.Toolkit;
import xmover.options.JournalArguments;
import xmover.options.JsonArguments;
import xmover.options.ObserverArguments;
import xmover.options.WaitArguments;
import xmover.run.ExitCode;
import xmover.run.Run;
import xmover.run.RunOptions;

/** Goes on with the resets that other runs began and did not end. */
@Command(
    name = "resume",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Go on with resets that were begun and not ended, from what the cluster says now.",
    footer = {
      "",
      "Example: xmover resume",
      "Example: xmover resume --takeover",
      "Leases already cleared: restore. Still at zero: wait on. Already restored: finish. Renamed:"
          + " follow it. Dropped: close, once that is proven. Changed by somebody else: tell, and"
          + " leave it. All tables go on at once, whatever --concurrent says. Running it twice does"
          + " no harm."
    })
public final class ResumeCommand extends Script {
  @Option(
      names = "--takeover",
      description = "Go on even if another run holds the lock: make sure that it is dead.")
  private boolean takeover;

  @Mixin private final WaitArguments waits = new WaitArguments();
  @Mixin private final JsonArguments output = new JsonArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final ObserverArguments observers = new ObserverArguments();

  @Override
  protected ExitCode run(Toolkit xmover) {
    RunOptions how =
        waits
            .into(RunOptions.DEFAULT)
            .journal(journal.place())
            .watchers(observers.printing(output.isJson()))
            .takeover(takeover);
    try (Run run = xmover.begin(how)) {
      run.resume();
      return xmover.end(run);
    }
  }
}
