package xmover.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xmover.observe.SqlByHand;

/** The handbook's command: the analysis, or the SQL that heals by hand. */
@Command(
    name = "problematic-translogs",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Analyse the tables whose replicas hold too much uncommitted translog.",
    footer = {
      "",
      "Changes nothing. Exit code 0 also when something was found; 1 when it could not look.",
      "Example: xmover problematic-translogs --sizeMB 300 --execute > reset.sql"
    })
public final class ProblematicTranslogsCommand extends DetectCommand {
  @Option(
      names = "--execute",
      description = "Print the complete SQL to heal them by hand, instead of the analysis.")
  private boolean execute;

  @Override
  public Integer call() {
    if (!execute) {
      return super.call();
    }
    print(SqlByHand.of(analyse()));
    return ExitCode.DONE.number();
  }
}
