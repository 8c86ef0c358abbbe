///usr/bin/env jbang "$0" "$@" ; exit $?
// Leases, translog and recovery of tables, once or again and again. Changes nothing.
//   jbang monitor@catalog doc.metrics --watch 5s --connect URL
//SOURCES ../lib/xmover/Xmover.java

import java.util.List;
import xmover.cli.Cli;
import xmover.cli.ExitCode;
import xmover.cli.MonitorCommand;
import xmover.cli.Toolkit;
import xmover.environment.Environment;
import xmover.table.TableRef;

class monitor extends MonitorCommand {
  @Override
  public ExitCode run(Environment environment) {
    if (isServed(environment)) {
      return serve(environment);
    }
    try (Toolkit toolkit = open(environment)) {
      List<TableRef> tables = watched(toolkit);
      do {
        // A row per shard copy: its state and node, uncommitted translog, leases, recovery.
        print(environment, Toolkit.await(toolkit.detection().copies(tables)));
      } while (again(toolkit));
    }
    return ExitCode.DONE;
  }

  public static void main(String... args) {
    Cli.main(new monitor(), args);
  }
}
