package packaging;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.Command;
import xmover.suite.NeedsProcess;

/**
 * The installed command as a shell runs it; in place of Java a script that tells how it was called.
 */
@NeedsProcess
class LauncherTest {
  private static final String TELLS =
      """
      [ "$*" != -version ] || { echo 'openjdk version "25.0.9" 2026' >&2; exit; }
      printf '[%s]' "$@"; echo; echo "pid $$"; cat; exit 42
      """;

  @TempDir private Path folder;
  private Laptop laptop;
  private Path java;
  private Path release;

  @BeforeEach
  void install() throws IOException {
    laptop = new Laptop(Files.createDirectory(folder.resolve("it's a laptop")));
    laptop.installs();
    release = laptop.releases().get(0);
    java = folder.resolve("a jdk");
    Files.createDirectories(java.resolve("bin"));
    program(java.resolve("bin/java"), TELLS);
    is("25.0.3", "Temurin");
  }

  @Test
  void arguments_input_and_exit_code_are_those_of_the_application_and_no_shell_stays()
      throws Exception {
    Files.writeString(release.resolve("train.sh"), "");
    Process running = start("detect", "a b", "@it's", "");
    String out = new String(running.getInputStream().readAllBytes(), UTF_8);
    assertEquals(42, running.waitFor());
    assertTrue(
        out.startsWith(
            "[@" + release + "/java.options][xmover][detect][a b][@it's][]\npid " + running.pid()),
        out);
    assertTrue(out.endsWith("\ntyped"), out);
  }

  @Test
  void another_java_runs_without_an_archive_and_without_a_word_and_one_is_made() throws Exception {
    trained("identity of another", "help.aot");
    Path trained = folder.resolve("trained");
    assertEquals(0, Command.of(Path.of("mkfifo"), trained.toString()).run().exitCode());
    Files.writeString(release.resolve("train.sh"), "echo trained > '" + trained + "'");
    var outcome = run("--help");
    assertTrue(outcome.out().startsWith("[@"), outcome.out());
    assertEquals("", outcome.err());
    // Waits for whoever writes into it.
    assertEquals("trained\n", Files.readString(trained));
  }

  @Test
  void the_java_that_trained_gets_its_archive_as_long_as_it_is_the_same() throws Exception {
    Files.writeString(release.resolve("train.sh"), "");
    trained(java + "/bin/java \"25.0.3\" \"Temurin\"", "help.aot", "work.aot");
    String slot = "[-XX:AOTCache=" + release + "/java-25/";
    assertTrue(run().out().startsWith(slot + "help.aot]"), run().out());
    assertTrue(run("detect", "--help").out().startsWith(slot + "help.aot]"));
    assertTrue(run("detect").out().startsWith(slot + "work.aot]"));
    is("25.0.3", "Another vendor");
    assertTrue(run("detect").out().startsWith("[@"), run("detect").out());
  }

  @Test
  void training_that_makes_nothing_is_not_repeated_and_no_half_archive_stays() throws Exception {
    String makesHalf = "for o; do case $o in -XX:AOTCache=*) : >\"${o#*=}\";; esac; done; ";
    String records = "case $* in *AOTMode=record*) exit 0;; esac; ";
    program(java.resolve("bin/java"), makesHalf + records + "exit 42");
    var train = Command.of(Path.of("/bin/sh"), release.resolve("train.sh").toString());
    train.with("JAVA_HOME", java).run();
    Path slot = release.resolve("java-25");
    try (var files = Files.list(slot)) {
      assertEquals(List.of(slot.resolve("identity")), files.toList());
    }
    Files.writeString(release.resolve("train.sh"), "kill $PPID");
    assertEquals(42, run("--help").exitCode());
  }

  @Test
  void a_java_of_no_known_version_is_asked() throws Exception {
    Files.delete(java.resolve("release"));
    Files.writeString(release.resolve("train.sh"), "");
    assertEquals(42, run("detect").exitCode());
  }

  @Test
  void an_old_java_is_refused_in_a_sentence() throws Exception {
    for (String version : List.of("11.0.2", "1.8.0_402")) {
      is(version, "Temurin");
      var outcome = run("--help");
      assertEquals(1, outcome.exitCode());
      assertEquals("", outcome.out());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertTrue(outcome.err().contains(" is Java " + version), outcome.err());
    }
  }

  @Test
  void no_java_at_all_is_told_in_a_sentence() throws Exception {
    var outcome = command("--help").without("JAVA_HOME").with("PATH", folder).run();
    assertEquals(1, outcome.exitCode());
    assertEquals(
        "xmover: no java found: install Java 17 or newer, or set JAVA_HOME\n", outcome.err());
  }

  @Test
  void an_application_that_is_gone_is_told_in_a_sentence() throws Exception {
    Release.remove(release);
    var outcome = run("--help");
    assertEquals(1, outcome.exitCode());
    assertEquals("xmover: " + release + " is gone: install it again\n", outcome.err());
    assertFalse(Files.exists(release));
  }

  private void is(String version, String vendor) throws IOException {
    Files.writeString(
        java.resolve("release"),
        "JAVA_VERSION=\"%1$s\"\nJAVA_RUNTIME_VERSION=\"%1$s\"\nIMPLEMENTOR=\"%2$s\"\nMODULES=\"a b\"\n"
            .formatted(version, vendor));
  }

  private void trained(String identity, String... archives) throws IOException {
    Path slot = Files.createDirectory(release.resolve("java-25"));
    Files.writeString(slot.resolve("identity"), identity + "\n");
    for (String archive : archives) {
      Files.createFile(slot.resolve(archive));
    }
  }

  private Command.Outcome run(String... arguments) throws Exception {
    return command(arguments).run();
  }

  private Command command(String... arguments) {
    return Command.of(laptop.file(".local/bin/xmover"), arguments).with("JAVA_HOME", java);
  }

  private Process start(String... arguments) throws IOException {
    var process = new ProcessBuilder(laptop.file(".local/bin/xmover").toString());
    process.command().addAll(List.of(arguments));
    process.environment().putAll(Map.of("JAVA_HOME", java.toString()));
    Path typed = Files.writeString(folder.resolve("typed"), "typed");
    return process.redirectInput(typed.toFile()).start();
  }

  private static void program(Path file, String script) throws IOException {
    Files.writeString(file, "#!/bin/sh\n" + script);
    assertTrue(file.toFile().setExecutable(true));
  }
}
