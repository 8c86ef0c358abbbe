///usr/bin/env jbang "$0" "$@" ; exit $?
// Phase 2 alone: drop the replicas of the tables named, wait for the leases, restore.
//   jbang reset@catalog doc.metrics 'doc.t[month=1704067200000,region=NULL]' --connect URL
//SOURCES ../lib/xmover/Xmover.java

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import xmover.Script;
import xmover.Toolkit;
import xmover.options.ResetArguments;
import xmover.remedy.RemedyPolicy;
import xmover.run.ExitCode;
import xmover.run.Run;
import xmover.run.RunOptions;

@Command(
    name = "reset",
    description = "Reset the tables named: replicas to 0, wait for the leases, restore.",
    footer = {
      "Example: xmover reset doc.metrics --dry-run%nExample: xmover reset doc.metrics doc.events",
      "Example: xmover reset 'doc.t[month=1704067200000,region=NULL]' --yes",
      "On a terminal it shows the plan and asks. Exit codes as of heal."
    })
class reset extends Script {
  @Parameters(arity = "1..*", paramLabel = "TABLE", description = TABLES + ".")
  List<String> tables = List.of();

  /** --yes, --force, --dry-run, --max-wait 720s, --backoff, --lease-sync, --ignore-gate … */
  @Mixin ResetArguments typed = new ResetArguments();

  @Override
  protected ExitCode run(Toolkit xmover) {
    // HOW. As typed. Edit here: a wait, a gate of your own, who is told (xmover.reset.RunEvent).
    RunOptions how = typed.options(RemedyPolicy.RESET);
    // how = how.maxWait(java.time.Duration.ofMinutes(5));
    // how = how.gate("daytime", t -> java.time.LocalTime.now().getHour() < 18, "nobody is here");
    // how = how.listener(lines(org.tinylog.Logger::info));

    // PLAN. Every statement as it would be sent, what each gate says; nothing is changed.
    if (!typed.yes() && !xmover.confirmed("Reset now?", tables, typed.force(), how)) {
      return ExitCode.ERROR;
    }

    // RESET. For each table: gates → journal → replicas 0 → leases gone → restore → copies STARTED.
    // Whatever fails, dies or stops it, the setting is put back; exit code 4 where that failed.
    try (Run run = xmover.begin(how)) {
      run.heal(xmover.named(tables, typed.force()));
      return xmover.end(run);
    }
  }

  public static void main(String... args) {
    Script.main(new reset(), args);
  }
}
