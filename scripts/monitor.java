///usr/bin/env jbang "$0" "$@" ; exit $?
// Phase 3 alone: leases, translog and recovery of tables, once or again and again. Changes nothing.
//   jbang monitor@catalog doc.metrics --watch 5s --connect URL
//SOURCES ../lib/xmover/Xmover.java

import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;
import xmover.Script;
import xmover.Toolkit;
import xmover.options.DetectionArguments;
import xmover.options.WatchArguments;
import xmover.run.ExitCode;
import xmover.table.TableRef;

@Command(
    name = "monitor",
    description = "Show the leases, translogs and recoveries of tables, once or again and again.",
    footer = "Example: xmover monitor doc.metrics --watch 5s%nExample: xmover monitor --serve 8080")
class monitor extends Script {
  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description = TABLES + " (default: every table that qualifies for a reset).")
  List<String> tables = List.of();

  /** --watch 5s, --serve 8080. */
  @Mixin WatchArguments watch = new WatchArguments();

  /** --sizeMB 512, --percentage 200, --table, --schema, --exclude. */
  @Mixin DetectionArguments which = new DetectionArguments();

  @Override
  protected ExitCode run(Toolkit xmover) {
    // SERVE. With --serve a page shows it until a signal comes, and nothing is printed.
    if (watch.isServed()) {
      return xmover.serve(watch, tables, which);
    }

    // WHICH. The tables named, else those that qualify for a reset now. Edit here.
    List<TableRef> watched =
        tables.isEmpty()
            ? xmover.detect(which.thresholds(), which.filter()).tables()
            : xmover.tables(tables);
    // watched = xmover.tables(List.of("doc.metrics", "doc.events"));
    // watched = xmover.detect().findings().stream().map(found -> found.table()).toList();

    // LOOK, TELL. A row per shard copy, how fast each table grows, and the command that heals it.
    var growing = xmover.growing();
    do {
      xmover.print(growing.saw(xmover.look(watched, which.thresholds())));
    } while (xmover.again(watch.every()));
    return ExitCode.DONE;
  }

  public static void main(String... args) {
    Script.main(new monitor(), args);
  }
}
