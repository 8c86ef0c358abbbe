///usr/bin/env jbang "$0" "$@" ; exit $?
// Phase 1 alone: which tables are problematic. Changes nothing.
//   jbang detect@catalog --connect postgresql://crate@db1:5432 --schema doc
//SOURCES ../lib/xmover/Xmover.java

import xmover.cli.Cli;
import xmover.cli.DetectCommand;

class detect {
  public static void main(String... args) {
    System.exit(Cli.run(new DetectCommand(), args));
  }
}
