///usr/bin/env jbang "$0" "$@" ; exit $?
// The hub of what packs the application for other machines: a house of its own, which no command
// brings along. A script that says `//SOURCES ../lib/packaging/Packaging.java` has it.
//JAVA 17+
//DEPS org.ow2.asm:asm:9.9.1
//COMPILE_OPTIONS -encoding UTF-8
//FILES packaging/Packaging.java=Packaging.java
//FILES packaging/Xmover.java=../xmover/Xmover.java
//FILES packaging/java.sh=../../config/install/java.sh
//FILES packaging/launch.sh=../../config/install/launch.sh
//FILES packaging/train.sh=../../config/install/train.sh
//SOURCES Application.java
//SOURCES Completion.java
//SOURCES HubFile.java
//SOURCES IndexPage.java
//SOURCES InstallCommand.java
//SOURCES InstallFolders.java
//SOURCES Inventory.java
//SOURCES ManPage.java
//SOURCES MavenFolder.java
//SOURCES NewerClasses.java
//SOURCES PublishCommand.java
//SOURCES PublishedCatalog.java
//SOURCES PublishedJar.java
//SOURCES PublishedScript.java
//SOURCES Release.java
//SOURCES Resource.java
//SOURCES Training.java
//SOURCES TrainingProcess.java
package packaging;

/** Packs the application: an installed command, and what a web server hands out. */
public final class Packaging {
  private Packaging() {}
}
