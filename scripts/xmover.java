///usr/bin/env jbang "$0" "$@" ; exit $?
// All commands: jbang xmover@catalog COMMAND
//SOURCES ../lib/xmover/Xmover.java

import xmover.cli.Cli;
import xmover.cli.XmoverCommand;

class xmover {
  public static void main(String... args) {
    Cli.main(new XmoverCommand(), args);
  }
}
