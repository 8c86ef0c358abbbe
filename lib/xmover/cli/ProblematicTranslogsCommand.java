package xmover.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import xmover.environment.Environment;
import xmover.observe.SqlByHand;
import xmover.reset.RunLimits;

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
      "Example: xmover problematic-translogs --sizeMB 300 --execute > reset.sql",
      "Example: xmover problematic-translogs --autoexec --dry-run"
    })
public final class ProblematicTranslogsCommand extends DetectCommand {
  @Option(
      names = "--execute",
      description = "Print the complete SQL to heal them by hand, instead of the analysis.")
  private boolean execute;

  @Option(
      names = "--autoexec",
      description = "Heal what qualifies: replicas to 0, wait for the leases, restore. Never asks.")
  private boolean autoexec;

  @Option(
      names = "--early",
      description =
          "With --autoexec: also move or rebuild copies that miss an operation below the"
              + " thresholds; such tables are never reset. --remedy must allow move or rebuild.")
  private boolean early;

  @Option(
      names = "--dry-run",
      description = "With --autoexec: tell each statement instead of sending it.")
  private boolean dryRun;

  @Option(
      names = "--no-resume",
      description =
          "With --autoexec: refuse to start while resets of earlier runs are unfinished,"
              + " instead of going on with them first.")
  private boolean noResume;

  @Mixin private final RunArguments run = new RunArguments();
  @Mixin private final GateArguments gates = new GateArguments();
  @Mixin private final BatchArguments batches = new BatchArguments();
  @Mixin private final RemedyArguments remedy = new RemedyArguments();
  @Mixin private final ExposureArguments exposure = new ExposureArguments();
  @Mixin private final RecoveryArguments recovery = new RecoveryArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final LogArguments log = new LogArguments();
  @Mixin private final ObserverArguments observers = new ObserverArguments();

  @Override
  public ExitCode run(Environment environment) {
    if (dryRun && !autoexec) {
      throw refused("--dry-run goes with --autoexec: alone, the analysis changes nothing anyway");
    }
    if (execute && autoexec) {
      throw refused("--execute prints the SQL and --autoexec runs it: give one of them");
    }
    if (early) {
      checkEarly();
    }
    if (!autoexec && observers.isAsked(environment)) {
      throw refused(
          "--report, --serve, metrics and alerts are of a run: add --autoexec, or watch without"
              + " one: xmover monitor --serve 8080");
    }
    if (autoexec && output().isTyped()) {
      throw refused(
          "--output is how the analysis is printed: for a run add --log-format json, or --report");
    }
    if (execute) {
      print(SqlByHand.of(analyse(environment)));
      return ExitCode.DONE;
    }
    return autoexec ? autoexec(environment) : super.run(environment);
  }

  private void checkEarly() {
    if (!autoexec) {
      throw refused("--early goes with --autoexec: the analysis lists early copies anyway");
    }
    if (remedy.policy().early().isEmpty()) {
      throw refused(
          "--early moves or rebuilds copies, and --remedy allows neither: add --remedy auto, or"
              + " --remedy with move or rebuild among others");
    }
  }

  private ExitCode autoexec(Environment environment) {
    var thresholds = detection().thresholds();
    var filter = detection().filter();
    RunLimits limits = batches.added(run.limits());
    var results = new Results(environment, spec().commandLine(), log);
    var opening = new Opening(environment, connection(), journal, log, observers, results);
    var autoExec = new AutoExec(opening, run);
    AutoExec.Choice choice =
        found ->
            found
                .analyse(thresholds, filter)
                .map(analysis -> early ? analysis.healingEarly() : analysis);
    var precautions =
        new Precautions(
            exposure.limits(limits),
            remedy.policy(),
            recovery.longest(),
            thresholds.size(),
            gates.choice());
    return dryRun
        ? autoExec.dryRun(choice, limits, precautions)
        : autoExec.run(choice, limits, precautions, !noResume);
  }

  private ParameterException refused(String message) {
    return new ParameterException(spec().commandLine(), message);
  }
}
