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
  public static void main(String... args) {
    // These commands are the scripts beside this one.
    var all = new XmoverCommand(new heal(), new detect(), new reset(), new monitor(), new shell());
    Script.main(all, CrateSim::start, args);
  }
}
