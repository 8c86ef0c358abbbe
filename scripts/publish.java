///usr/bin/env jbang "$0" "$@" ; exit $?
// Writes a folder for a web server, from which laptops get the toolkit as one jar:
//   ./jbang publish target/site --url https://ops.example.com/xmover
//SOURCES xmover.java
//SOURCES install.java
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/packaging/Packaging.java
//FILES published/jbang-catalog.json=../jbang-catalog.json
//FILES published/detect.java=detect.java
//FILES published/heal.java=heal.java
//FILES published/monitor.java=monitor.java
//FILES published/reset.java=reset.java
//FILES published/shell.java=shell.java

import packaging.PublishCommand;
import xmover.Script;
import xmover.environment.ThisProcess;

class publish {
  public static void main(String... args) {
    Script.main(new PublishCommand(ThisProcess.classPath()), args);
  }
}
