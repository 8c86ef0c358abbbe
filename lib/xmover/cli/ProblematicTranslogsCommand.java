package xmover.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import xmover.Script;
import xmover.Toolkit;
import xmover.detect.Analysis;
import xmover.environment.Environment;
import xmover.options.AutoexecArguments;
import xmover.options.DetectionArguments;
import xmover.options.OutputArguments;
import xmover.print.SqlByHand;
import xmover.remedy.RemedyPolicy;
import xmover.run.ExitCode;
import xmover.run.Run;
import xmover.run.RunOptions;

/** The handbook's command: the analysis, the SQL that heals by hand, or the healing itself. */
@Command(
    name = "problematic-translogs",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Analyse the tables whose replicas hold too much uncommitted translog, and heal them.",
    footer = {
      "",
      "Without --autoexec nothing is changed. Exit codes: 0 all done, 1 error, 2 nothing succeeded"
          + " and leases timed out, 3 some tables failed, 4 CRITICAL: replicas not restored.",
      "Example: xmover problematic-translogs",
      "Example: xmover problematic-translogs --sizeMB 300 --execute > reset.sql",
      "Example: xmover problematic-translogs --autoexec --dry-run"
    })
public final class ProblematicTranslogsCommand extends Script {
  @Mixin private final DetectionArguments which = new DetectionArguments();
  @Mixin private final OutputArguments output = new OutputArguments();

  @Option(
      names = "--execute",
      description = "Print the complete SQL to heal them by hand, instead of the analysis.")
  private boolean execute;

  @Option(
      names = "--autoexec",
      description =
          "Heal what qualifies: replicas to 0, wait for the leases, restore. Never asks. With it"
              + " --output json is what the run did. What heal has for options goes with it.")
  private boolean autoexec;

  @Mixin private final AutoexecArguments typed = new AutoexecArguments();

  @Override
  protected void check(Environment environment) {
    if (typed.dryRun() && !autoexec) {
      throw refused("--dry-run goes with --autoexec: alone, the analysis changes nothing anyway");
    }
    if (execute && autoexec) {
      throw refused("--execute prints the SQL and --autoexec runs it: give one of them");
    }
    if (typed.early() && !autoexec) {
      throw refused("--early goes with --autoexec: the analysis lists early copies anyway");
    }
    if (!autoexec && typed.isWatched(environment)) {
      throw refused(
          "--report, --serve, metrics and alerts are of a run: add --autoexec, or watch without"
              + " one: xmover monitor --serve 8080");
    }
    if (autoexec && output.form() == OutputArguments.Form.csv) {
      throw refused("--output csv is a form of the analysis: for a run take --output json");
    }
  }

  @Override
  protected ExitCode run(Toolkit xmover) {
    if (autoexec) {
      return heal(xmover);
    }
    Analysis seen = xmover.detect(which.thresholds(), which.filter());
    if (execute) {
      xmover.print(SqlByHand.of(seen));
    } else {
      xmover.print(xmover.traced(seen), output.form());
    }
    return ExitCode.DONE;
  }

  /** The same way as the script heal, with the handbook's remedy. */
  private ExitCode heal(Toolkit xmover) {
    boolean json = output.form() == OutputArguments.Form.json;
    RunOptions how = typed.options(RemedyPolicy.RESET, json);
    try (Run run = xmover.begin(how)) {
      if (run.resume().critical().isEmpty()) {
        run.heal(xmover.detect(which.thresholds(), which.filter()));
      }
      return xmover.end(run);
    }
  }
}
