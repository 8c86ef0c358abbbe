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

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import xmover.Repository;

/** Exit code 0 when nothing was found, 1 when something was. */
public class Lint {
  private static final String ERROR_PRONE =
      String.join(
          " ",
          "-Xplugin:ErrorProne",
          "-Xep:NullAway:ERROR",
          "-XepOpt:NullAway:AnnotatedPackages=xmover",
          // JUnit fills fields in methods of its own.
          "-XepOpt:NullAway:ExcludedFieldAnnotations=org.junit.jupiter.api.io.TempDir",
          // Scripts live in no package, because JBang needs none.
          "-Xep:DefaultPackage:OFF");

  public static void main(String... args) throws IOException {
    String libraries = System.getProperty("java.class.path");
    Path classes = Files.createTempDirectory("lint");
    var arguments =
        new ArrayList<>(
            List.of(
                "--release=17",
                // These three speak of jars we only use.
                "-Xlint:all,-classfile,-path,-processing",
                "-Werror",
                "-proc:none",
                "-XDcompilePolicy=simple",
                "--should-stop=ifError=FLOW",
                ERROR_PRONE,
                "-processorpath",
                libraries,
                "-classpath",
                libraries,
                "-d",
                classes.toString()));
    var sources = sources();
    sources.forEach(source -> arguments.add(source.toString()));
    var compiler = ToolProvider.getSystemJavaCompiler();
    int found = compiler.run(null, System.err, System.err, arguments.toArray(String[]::new));
    System.out.printf(
        "lint: %d files, %s%n", sources.size(), found == 0 ? "nothing found" : "failed");
    System.exit(found == 0 ? 0 : 1);
  }

  private static List<Path> sources() throws IOException {
    var sources = new ArrayList<Path>();
    for (String folder : List.of("lib", "scripts", "tests")) {
      try (Stream<Path> files = Files.walk(Repository.root().resolve(folder))) {
        files.filter(file -> file.toString().endsWith(".java")).sorted().forEach(sources::add);
      }
    }
    return sources;
  }
}
