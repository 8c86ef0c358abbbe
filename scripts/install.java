///usr/bin/env jbang "$0" "$@" ; exit $?
// Installs all commands for this user, as a command that starts fast and needs no JBang:
//   jbang install@catalog --bin ~/bin
//   jbang install@catalog --uninstall
//SOURCES xmover.java
//SOURCES ../lib/xmover/Xmover.java
//SOURCES ../lib/packaging/Packaging.java

import packaging.InstallCommand;
import packaging.TrainingProcess;
import xmover.Script;
import xmover.environment.ThisProcess;

class install {
  public static void main(String... args) {
    var classPath = ThisProcess.classPath();
    Script.main(new InstallCommand(xmover.all(), classPath, new TrainingProcess()), args);
  }
}
