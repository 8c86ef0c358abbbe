package xmover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import xmover.Script;
import xmover.Toolkit;
import xmover.environment.Environment;
import xmover.options.JournalArguments;
import xmover.options.JsonArguments;
import xmover.options.ObserverArguments;
import xmover.run.ExitCode;
import xmover.run.Run;
import xmover.run.RunOptions;
import xmover.table.ReplicaSetting;

/** The panic button: puts replicas back and waits for nothing. */
@Command(
    name = "restore",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Put replicas back at once, for all unfinished resets or the tables named.",
    footer = {
      "",
      "A table whose number_of_replicas is neither 0 nor the one to restore is left as it is.",
      "Example: xmover restore --takeover",
      "Example: xmover restore doc.metrics --to 0-1"
    })
public final class RestoreCommand extends Script {
  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description =
          "schema.table, 'schema.table[column=value,…]', 'schema.table[ident]' or 'schema.table[*]'"
              + " (default: every unfinished reset).")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "REPLICAS",
      description =
          "The number_of_replicas to set, such as 1 or 0-1, for a table that no journal knows"
              + " (default: what the journal remembers).")
  private @Nullable String to;

  @Option(
      names = "--takeover",
      description = "Restore even if a run holds the lock: it must not go on with these tables.")
  private boolean takeover;

  @Mixin private final JsonArguments output = new JsonArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final ObserverArguments observers = new ObserverArguments();

  @Override
  protected void check(Environment environment) {
    if (to != null && tables.isEmpty()) {
      throw refused("--to needs the tables it is for");
    }
    if (to != null && setting().filter(typed -> !typed.isZero()).isEmpty()) {
      throw refused("--to '" + to + "' is nothing to restore replicas to: write 1, 0-1 or 1-all");
    }
  }

  private Optional<ReplicaSetting> setting() {
    return ReplicaSetting.read(to);
  }

  @Override
  protected ExitCode run(Toolkit xmover) {
    RunOptions how =
        RunOptions.DEFAULT
            .journal(journal.place())
            .watchers(observers.printing(output.isJson()))
            .takeover(takeover);
    try (Run run = xmover.begin(how)) {
      run.restore(tables, setting());
      return xmover.end(run);
    }
  }
}
