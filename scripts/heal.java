///usr/bin/env jbang "$0" "$@" ; exit $?
// The whole pipeline: go on with what was left, detect, choose, heal, prove. Never asks.
//   jbang heal@catalog --connect URL --concurrent 2 --dry-run
//SOURCES ../lib/xmover/Xmover.java

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import xmover.Script;
import xmover.Toolkit;
import xmover.detect.Analysis;
import xmover.options.DetectionArguments;
import xmover.options.HealArguments;
import xmover.remedy.RemedyPolicy;
import xmover.run.ExitCode;
import xmover.run.Run;
import xmover.run.RunOptions;

@Command(
    name = "heal",
    description = "Find and heal every table that qualifies, the gentlest remedy first.",
    footer = {
      "Example: xmover heal --dry-run%nExample: xmover heal --concurrent 2 --max-runtime 2h",
      "Example: xmover heal --table 'doc.*' --serve 8080",
      "Never asks. Exit codes: 0 all done, 1 error, 2 nothing succeeded and leases timed out, 3"
          + " some tables failed, 4 CRITICAL: replicas not restored."
    })
class heal extends Script {
  @Mixin DetectionArguments which = new DetectionArguments();

  /** --dry-run, --remedy, --max-wait 720s, --concurrent, --no-resume, --ignore-gate … */
  @Mixin HealArguments typed = new HealArguments();

  @Override
  protected ExitCode run(Toolkit xmover) {
    // HOW. As typed; without --remedy the gentlest that helps. Edit here: when it must be over.
    RunOptions how = typed.options(RemedyPolicy.AUTO);
    // how = how.maxRuntime(java.time.Duration.ofHours(2));

    // BEGIN. Takes the cluster's lock, opens the journal, listens for Ctrl-C and SIGTERM.
    try (Run run = xmover.begin(how)) {
      // RESUME. What an earlier run left at zero comes first; where that fails nothing new begins.
      if (run.resume().critical().isEmpty()) {
        // DETECT and CHOOSE. Edit here: which tables.
        Analysis seen = xmover.detect(which.thresholds(), which.filter());
        // seen = seen.only(finding -> !finding.table().schema().equals("archive"));
        // seen = seen.worst(10);

        // HEAL. Worst first, --concurrent at a time, each behind its gates, the gentlest remedy
        // first: flush; move the sick copy; rebuild it; replicas to 0 only where none of these can.
        run.heal(seen);
      }
      // END and TELL. Puts back what is to be put back, says what was done, answers the exit code.
      return xmover.end(run);
    }
  }

  public static void main(String... args) {
    Script.main(new heal(), args);
  }
}
