package xmover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.suite.NeedsWeb;

/**
 * What `./jbang` promises on a machine with and without JBang, Maven or Java; it needs no network.
 * Some seconds of CPU: JBang compiles a small script for each of the first tests.
 */
@NeedsWeb
class LauncherTest {
  private static final Path LAUNCHER = Repository.root().resolve("jbang");
  private static final String ESCAPE = "\u001b";
  private static final String BASICS =
      "bash basename cat chmod cp cut dirname env mkdir mktemp mv readlink rm sha256sum shasum";
  private static final Path BASH = Command.installed("bash").orElseThrow();

  @TempDir private static Path basics;
  @TempDir private Path folder;
  private Path tools;

  /** What a machine has that lacks all we look for. */
  @BeforeAll
  static void collect_the_basic_tools() throws IOException {
    for (String name : BASICS.split(" ", -1)) {
      Optional<Path> found = Command.installed(name);
      if (found.isPresent()) {
        program(basics.resolve(name), "exec " + found.get() + " \"$@\"");
      }
    }
  }

  @BeforeEach
  void have_a_folder_for_more_tools() throws IOException {
    tools = Files.createDirectory(folder.resolve("tools"));
  }

  @Test
  void arguments_reach_the_script_as_they_were_typed() throws Exception {
    Path script =
        write(
            "Arguments.java",
            """
            class Arguments {
              public static void main(String... arguments) {
                for (String argument : arguments) System.out.println("[" + argument + "]");
              }
            }
            """);
    var outcome =
        Command.jbang(
                script.toString(), "a b", "it's", "$HOME", "say \"x\"", "*", "a\\b", "`id`", ";&|")
            .run();
    assertEquals(
        "[a b]\n[it's]\n[$HOME]\n[say \"x\"]\n[*]\n[a\\b]\n[`id`]\n[;&|]\n", outcome.out());
    assertEquals(0, outcome.exitCode());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "export LC_ALL=C;", "export LC_CTYPE=POSIX;", "export LANG=C;"})
  void umlauts_survive_in_the_c_locale_and_where_none_is_set(String locale) throws Exception {
    Path script =
        write(
            "CodePoints.java",
            """
            class CodePoints {
              public static void main(String... arguments) {
                arguments[0].codePoints().forEach(System.out::println);
              }
            }
            """);
    // A shell makes the argument: this test's own Java may run without a locale itself.
    String typed = locale + "exec %s %s $'\\xc3\\xa4'".formatted(LAUNCHER, script);
    var outcome =
        Command.of(BASH, "-c", typed).without("LANG").without("LC_ALL").without("LC_CTYPE").run();
    assertEquals("228\n", outcome.out(), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(ints = {4, 143, 255})
  void the_exit_code_of_a_script_is_passed_on(int code) throws Exception {
    Path script =
        write(
            "Exit.java",
            """
            class Exit {
              public static void main(String... arguments) {
                System.exit(%d);
              }
            }
            """
                .formatted(code));
    assertEquals(code, Command.jbang(script.toString()).run().exitCode());
  }

  @Test
  void nothing_is_coloured_where_nobody_reads() throws Exception {
    Path script = write("Broken.java", "class Broken { nonsense }");
    var outcome = Command.jbang(script.toString()).run();
    assertTrue(outcome.exitCode() != 0, outcome.out());
    assertTrue(outcome.err().contains("[jbang]"), outcome.err());
    assertFalse((outcome.out() + outcome.err()).contains(ESCAPE), outcome.err());
  }

  @Test
  void an_installed_jbang_is_preferred() throws Exception {
    program(tools.resolve("jbang"), "echo installed: \"$@\"");
    var outcome = bare("run", "a b").run();
    assertEquals("installed: run a b\n", outcome.out());
  }

  @Test
  void a_jbang_installed_in_its_own_folder_needs_no_path() throws Exception {
    program(folder.resolve("own/bin/jbang"), "echo installed: \"$@\"; exit 7");
    var outcome = bare("run").with("JBANG_DIR", folder.resolve("own")).run();
    assertEquals("installed: run\n", outcome.out());
    assertEquals(7, outcome.exitCode());
  }

  @Test
  void pinned_ignores_an_installed_jbang() throws Exception {
    program(tools.resolve("jbang"), "echo installed");
    program(tools.resolve("java"), "echo pinned; exit 3");
    var outcome =
        bare("run").with("XMOVER_JBANG", "pinned").with("JBANG_JAR", write("fake.jar", "")).run();
    assertEquals("pinned\n", outcome.out());
    assertEquals(3, outcome.exitCode());
  }

  @Test
  void a_symbolic_link_to_the_launcher_is_no_installed_jbang() throws Exception {
    Path link = Files.createSymbolicLink(tools.resolve("jbang"), LAUNCHER);
    program(tools.resolve("java"), "echo ran");
    var outcome = bare(link, "run").with("JBANG_JAR", write("fake.jar", "")).run();
    assertEquals("ran\n", outcome.out());
    var again = bare(link, "run").run();
    Files.delete(link);
    assertTrue(again.err().contains("neither jbang nor mvn found"), again.err());
  }

  @Test
  void a_download_with_another_checksum_is_refused() throws Exception {
    program(tools.resolve("java"), "echo must not run");
    maven("echo not a jar >");
    var outcome = bare("run").run();
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("checksum mismatch"), outcome.err());
    assertEquals("", outcome.out());
    assertFalse(Files.exists(folder.resolve("cache/xmover")), "the wrong file was kept");
  }

  @Test
  void the_download_is_kept_so_that_maven_is_asked_once() throws Exception {
    Path jar = cachedJar();
    assumeTrue(Files.exists(jar), "this machine has its own JBang");
    program(tools.resolve("java"), "echo ran; exit 0");
    maven("cp " + jar);
    assertEquals("ran\n", bare("run").run().out());
    Files.delete(tools.resolve("mvn"));
    assertEquals("ran\n", bare("run").run().out());
  }

  @Test
  void a_failed_download_is_told() throws Exception {
    program(tools.resolve("java"), "echo must not run");
    program(tools.resolve("mvn"), "echo no route to host; exit 1");
    var outcome = bare("run").run();
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("no route to host"), outcome.err());
    assertTrue(outcome.err().contains("could not fetch dev.jbang:jbang-cli"), outcome.err());
    assertEquals("", outcome.out());
  }

  @Test
  void without_maven_it_says_what_to_install() throws Exception {
    program(tools.resolve("java"), "echo must not run");
    var outcome = bare("run").run();
    assertEquals(2, outcome.exitCode());
    assertTrue(outcome.err().contains("neither jbang nor mvn found: install one"), outcome.err());
  }

  @Test
  void without_java_it_says_what_to_install() throws Exception {
    var outcome = bare("run").with("JBANG_JAR", write("fake.jar", "")).run();
    assertEquals(2, outcome.exitCode());
    assertEquals("jbang: no java found: install a JDK 17 or newer\n", outcome.err());
  }

  /** The launcher on a machine with nothing but the basic tools and an empty home. */
  private Command bare(String... arguments) {
    return bare(LAUNCHER, arguments);
  }

  private Command bare(Path program, String... arguments) {
    return Command.of(program, arguments)
        .with("PATH", tools + File.pathSeparator + basics)
        .with("HOME", folder)
        .with("XDG_CACHE_HOME", folder.resolve("cache"))
        .without("JBANG_DIR")
        .without("JAVA_HOME");
  }

  /** A Maven that makes the jar asked for with a command that ends before the file's name. */
  private void maven(String make) throws IOException {
    program(
        tools.resolve("mvn"),
        """
        for word in "$@"; do
          case $word in -DoutputDirectory=*) folder=${word#*=} ;; -Dartifact=*) artifact=${word#*=} ;; esac
        done
        version=${artifact#*:*:}
        %s "$folder/jbang-cli-${version%%%%:*}-all.jar"
        """
            .formatted(make));
  }

  private static Path cachedJar() throws IOException {
    String cache = System.getenv("XDG_CACHE_HOME");
    Path folder =
        cache == null ? Path.of(System.getProperty("user.home"), ".cache") : Path.of(cache);
    String launcher = Files.readString(LAUNCHER);
    String version = launcher.replaceFirst("(?s).*\nversion=(\\S+)\n.*", "$1");
    return folder.resolve("xmover/jbang-" + version + ".jar");
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void program(Path file, String body) throws IOException {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "#!" + BASH + "\n" + body + "\n");
    assertTrue(file.toFile().setExecutable(true));
  }
}
