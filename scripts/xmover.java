///usr/bin/env jbang "$0" "$@" ; exit $?
// All commands, and a simulated CrateDB to try them on: jbang xmover@catalog COMMAND
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/cratesim/CrateSim.java
//SOURCES heal.java
//SOURCES detect.java
//SOURCES reset.java
//SOURCES monitor.java
//SOURCES shell.java

import cratesim.CrateSim;
import xmover.Script;
import xmover.cli.XmoverCommand;

class xmover {
  /** All commands; some are the scripts beside this one. */
  static XmoverCommand all() {
    return new XmoverCommand(new heal(), new detect(), new reset(), new monitor(), new shell());
  }

  public static void main(String... args) {
    Script.main(all(), CrateSim::start, args);
  }
}
