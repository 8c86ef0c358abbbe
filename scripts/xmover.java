///usr/bin/env jbang "$0" "$@" ; exit $?
// All commands: jbang xmover@catalog COMMAND
//SOURCES ../lib/xmover/Xmover.java

import xmover.Xmover;

class xmover {
  public static void main(String... args) {
    System.out.println(Xmover.VERSION);
  }
}
