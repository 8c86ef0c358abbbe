///usr/bin/env jbang "$0" "$@" ; exit $?
// Leases, translog and recovery of tables, once or again and again. Changes nothing.
//   jbang monitor@catalog doc.metrics --watch 5s --connect URL
//SOURCES ../lib/xmover/Xmover.java

import java.util.List;
import xmover.cli.Cli;
import xmover.cli.ExitCode;
import xmover.cli.MonitorCommand;
import xmover.cli.Toolkit;
import xmover.table.TableRef;

class monitor extends MonitorCommand {
  @Override
  public Integer call() {
    if (isServed()) {
      return serve().number();
    }
    try (Toolkit toolkit = open()) {
      List<TableRef> tables = watched(toolkit);
      do {
        // A row per shard copy: its state and node, uncommitted translog, leases, recovery.
        print(Toolkit.await(toolkit.detection().copies(tables)));
      } while (again(toolkit));
    }
    return ExitCode.DONE.number();
  }

  public static void main(String... args) {
    System.exit(Cli.run(new monitor(), args));
  }
}
