///usr/bin/env jbang "$0" "$@" ; exit $?
// Compiles lib/, scripts/ and tests/ with every warning an error: those of javac, Error Prone
// and NullAway.
//   ./jbang tests/Lint.java
//
// Error Prone 2.42 is the last that runs on JDK 17. AllTests brings the versions of all libraries.
//JAVA 17+
//SOURCES AllTests.java
//DEPS com.google.errorprone:error_prone_core:2.42.0
//DEPS com.uber.nullaway:nullaway:0.12.10
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.api=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.file=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.main=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.model=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.parser=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.processing=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.tree=ALL-UNNAMED
//RUNTIME_OPTIONS --add-exports=jdk.compiler/com.sun.tools.javac.util=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=jdk.compiler/com.sun.tools.javac.code=ALL-UNNAMED
//RUNTIME_OPTIONS --add-opens=jdk.compiler/com.sun.tools.javac.comp=ALL-UNNAMED

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.DiagnosticCollector;
import javax.tools.JavaFileObject;
import javax.tools.ToolProvider;
import xmover.Repository;

/** Exit code 0 when nothing was found, 1 when something was. */
public class Lint {
  private static final List<String> ERROR_PRONE =
      List.of(
          "-Xplugin:ErrorProne",
          // Picocli needs these fields although nobody reads them.
          "-XepOpt:Unused:exemptNames=help,debug,common",
          // The operators' handbook counts in seconds: 720, not 12 minutes.
          "-Xep:CanonicalDuration:OFF",
          // Scripts live in no package, because JBang needs none.
          "-Xep:DefaultPackage:OFF");
  private static final List<String> NULLAWAY =
      List.of(
          "-Xep:NullAway:ERROR", "-XepOpt:NullAway:AnnotatedPackages=xmover,cratesim,packaging");
  // In a test, a null where none belongs is a failed test and needs no proof.
  private static final List<String> NO_NULLAWAY = List.of("-Xep:NullAway:OFF");

  private final Path classes;
  private final DiagnosticCollector<JavaFileObject> found = new DiagnosticCollector<>();

  private Lint(Path classes) {
    this.classes = classes;
  }

  public static void main(String... args) throws IOException {
    var lint = new Lint(Files.createTempDirectory("lint"));
    boolean compiled =
        lint.compiles(NULLAWAY, "lib", "scripts") && lint.compiles(NO_NULLAWAY, "tests");
    var found = lint.found.getDiagnostics();
    found.forEach(System.err::println);
    System.out.printf("lint: %d found%n", found.size());
    System.exit(compiled && found.isEmpty() ? 0 : 1);
  }

  private boolean compiles(List<String> nullness, String... folders) throws IOException {
    String libraries = System.getProperty("java.class.path");
    String plugin = String.join(" ", ERROR_PRONE) + " " + String.join(" ", nullness);
    var options =
        List.of(
            "--release=17",
            // These three speak of jars we only use.
            "-Xlint:all,-classfile,-path,-processing",
            "-Xmaxwarns",
            "1000",
            "-proc:none",
            "-XDcompilePolicy=simple",
            "--should-stop=ifError=FLOW",
            plugin,
            "-processorpath",
            libraries,
            "-classpath",
            classes + File.pathSeparator + libraries,
            "-d",
            classes.toString());
    var compiler = ToolProvider.getSystemJavaCompiler();
    var files = compiler.getStandardFileManager(found, null, UTF_8);
    var sources = files.getJavaFileObjectsFromPaths(sources(folders));
    // The findings are counted, because -Werror would end at the first class that has some.
    return compiler.getTask(null, files, found, options, null, sources).call();
  }

  private static List<Path> sources(String... folders) throws IOException {
    var sources = new ArrayList<Path>();
    for (String folder : folders) {
      try (Stream<Path> files = Files.walk(Repository.root().resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    return sources;
  }
}
