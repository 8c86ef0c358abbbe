package packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.Command;
import xmover.cli.Operator;
import xmover.environment.TestEnvironment;
import xmover.options.Cli;
import xmover.suite.NeedsProcess;

/**
 * The installed command, as an operator has it, with this Java. Some ten seconds of CPU: it makes
 * the archives of classes, which is what may break with a Java.
 */
@NeedsProcess
class InstalledCommandTest {
  @TempDir private Path folder;

  @Test
  void it_runs_from_an_archive_of_this_java_as_it_does_from_the_clone_and_goes_without_a_trace()
      throws Exception {
    Path home = Files.createDirectory(folder.resolve("it's home"));
    install(home);
    Path xmover = home.resolve(".local/bin/xmover");
    List<String> archives = archives(home);
    assertEquals(2, archives.size(), archives.toString());

    var help = Command.of(xmover, "--help").with("JAVA_HOME", javaHome()).run();
    assertEquals(Operator.types("--help").out(), help.out());
    assertEquals("", help.err());
    assertEquals(0, help.exitCode());
    var refused = Command.of(xmover, "detect", "--sizeMB", "x").with("JAVA_HOME", javaHome()).run();
    assertEquals(1, refused.exitCode(), refused.err());
    var detected =
        Command.of(xmover, "detect", "--connect", "sim:quiet").with("JAVA_HOME", javaHome()).run();
    assertEquals(0, detected.exitCode(), detected.err());
    assertTrue(detected.out().contains("Cluster quiet"), detected.out());
    assertEquals(archives, archives(home));

    install(home, "--uninstall");
    try (Stream<Path> left = Files.list(home)) {
      assertEquals(List.of(), left.toList());
    }
  }

  private void install(Path home, String... arguments) throws IOException {
    var around =
        new TestEnvironment(home)
            .with(Map.of("JAVA_HOME", javaHome(), "PATH", System.getenv("PATH")));
    int exitCode =
        Cli.run(
            around.environment(),
            new InstallCommand(Operator.xmover(), classPath(), new TrainingProcess()),
            arguments);
    assertEquals(0, exitCode, around.err());
  }

  private static String javaHome() {
    return System.getProperty("java.home");
  }

  private static List<String> archives(Path home) throws IOException {
    try (Stream<Path> all = Files.walk(home.resolve(".local/share/xmover"))) {
      return all.map(String::valueOf)
          .filter(file -> file.matches(".*\\.(jsa|aot)"))
          .sorted()
          .toList();
    }
  }

  /** That of these tests, whose classes may lie in a folder. */
  private String classPath() throws IOException {
    String classPath = System.getProperty("java.class.path");
    Path first = Path.of(classPath.split(File.pathSeparator, 2)[0]);
    if (!Files.isDirectory(first)) {
      return classPath;
    }
    Path jar = folder.resolve("tests.jar");
    int made =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file",
                jar.toString(),
                "-C",
                first.toString(),
                ".");
    assertEquals(0, made);
    return Stream.of(classPath.split(File.pathSeparator))
        .map(entry -> entry.equals(first.toString()) ? jar.toString() : entry)
        .collect(Collectors.joining(File.pathSeparator));
  }
}
