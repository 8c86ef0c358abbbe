///usr/bin/env jbang "$0" "$@" ; exit $?
// All commands, and a simulated CrateDB to try them on: jbang xmover@catalog COMMAND
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/cratesim/CrateSim.java

import cratesim.CrateSim;
import xmover.cli.Cli;
import xmover.cli.XmoverCommand;

class xmover {
  public static void main(String... args) {
    Cli.main(new XmoverCommand(), CrateSim::start, args);
  }
}
