///usr/bin/env jbang "$0" "$@" ; exit $?
// Phase 1 alone: which tables hold too much translog? Changes nothing.
//   jbang detect@catalog --connect postgresql://crate@db1:5432/doc --schema doc --output json
//SOURCES ../lib/xmover/Xmover.java

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import xmover.Script;
import xmover.Toolkit;
import xmover.detect.Analysis;
import xmover.options.DetectionArguments;
import xmover.options.OutputArguments;
import xmover.run.ExitCode;

@Command(
    name = "detect",
    description = "Find such tables and change nothing: the first phase alone.",
    footer = {
      "Example: xmover detect --table 'doc.*'",
      "Exit code 0 also when something was found; 1 when it could not look.",
      "Example: xmover detect --schema doc --output json | jq '.tables[].table'"
    })
class detect extends Script {
  /** --sizeMB 512, --percentage 200, --table, --schema, --exclude. */
  @Mixin DetectionArguments which = new DetectionArguments();

  /** --output text, json or csv. */
  @Mixin OutputArguments output = new OutputArguments();

  @Override
  protected ExitCode run(Toolkit xmover) {
    // LOOK. A replica is problematic above --sizeMB; its table qualifies above --percentage of its
    // own translog.flush_threshold_size. Four SELECTs, however many tables there are.
    Analysis seen = xmover.detect(which.thresholds(), which.filter());

    // FILTER. Edit here: a finding has table(), relation(), totals(), diagnoses(), verdict().
    // seen = seen.only(finding -> !finding.table().schema().equals("archive"));
    // seen = seen.worst(10);

    // TELL. And where a replica misses an operation, what may have caused it. Edit here: each copy.
    // xmover.print(xmover.copies(seen.tables()));
    xmover.print(xmover.traced(seen), output.form());
    return ExitCode.DONE;
  }

  public static void main(String... args) {
    Script.main(new detect(), args);
  }
}
