package packaging;

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
import xmover.cli.Operator;

/** What install puts where, what it refuses, and what it takes away again. */
class InstallTest {
  private static final String LAUNCHER = ".local/bin/xmover";
  private static final String BASH = ".local/share/bash-completion/completions/xmover";

  @TempDir private Path folder;
  private Laptop laptop;

  @BeforeEach
  void have_a_laptop() throws IOException {
    laptop = new Laptop(folder);
  }

  @Test
  void the_command_and_what_belongs_to_it_go_to_the_users_folders() throws IOException {
    var outcome = laptop.installs();
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(Files.isExecutable(laptop.file(LAUNCHER)));
    Path release = laptop.releases().get(0);
    assertEquals(List.of(release), laptop.trained());
    assertTrue(laptop.text(LAUNCHER).contains("'" + release + "'"), laptop.text(LAUNCHER));
    assertTrue(Files.exists(release.resolve("xmover.jar")));
    assertTrue(Files.exists(release.resolve("lib/library.jar")));
    assertTrue(
        laptop
            .all()
            .containsAll(
                List.of(
                    BASH,
                    ".local/share/zsh/site-functions/_xmover",
                    ".local/share/man/man1/xmover.1",
                    ".local/share/man/man1/xmover-detect.1")),
        laptop.all().toString());
  }

  @Test
  void data_goes_where_the_variable_says_and_the_command_where_the_option_says() {
    Path data = laptop.file("data");
    var outcome = laptop.installs(Map.of("XDG_DATA_HOME", data.toString()), "--bin", "my bin");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(Files.exists(laptop.file("my bin/xmover")));
    assertTrue(Files.isDirectory(data.resolve("xmover")));
    assertFalse(Files.exists(laptop.file(".local")));
  }

  @Test
  void what_path_lacks_is_told_and_no_profile_is_touched() throws IOException {
    Files.writeString(laptop.file(".profile"), "mine");
    var outcome = laptop.installs();
    String bin = laptop.file(".local/bin").toString();
    assertTrue(outcome.out().contains("export PATH='" + bin + "':\"$PATH\""), outcome.out());
    assertEquals("mine", laptop.text(".profile"));
    var again = laptop.installs(Map.of("PATH", "/bin:" + bin));
    assertFalse(again.out().contains("PATH"), again.out());
  }

  @Test
  void uninstall_leaves_what_was_there_before_and_nothing_else() throws IOException {
    Files.createDirectories(laptop.file(".local/bin"));
    Files.writeString(laptop.file(".local/bin/other"), "of somebody");
    List<String> before = laptop.all();
    laptop.installs();
    // What a later start makes.
    Files.createDirectories(laptop.releases().get(0).resolve("java-25"));
    Files.writeString(laptop.releases().get(0).resolve("java-25/help.aot"), "");
    // What an installation that was killed leaves.
    Files.createDirectories(laptop.file(".local/share/xmover/unfinished-1/lib"));
    var outcome = laptop.installs("--uninstall");
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(before, laptop.all());
    assertEquals(0, laptop.installs("--uninstall").exitCode());
  }

  @Test
  void folders_that_were_made_for_it_go_too() {
    laptop.installs();
    laptop.installs("--bin", "elsewhere");
    laptop.installs("--uninstall");
    assertEquals(List.of(), laptop.all());
  }

  @Test
  void a_file_of_somebody_else_is_not_replaced() throws IOException {
    Files.createDirectories(laptop.file(".local/bin"));
    Files.writeString(laptop.file(LAUNCHER), "another xmover");
    List<String> before = laptop.all();
    Operator.Outcome outcome = laptop.installs();
    assertEquals(1, outcome.exitCode());
    assertEquals("", outcome.out());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains(LAUNCHER + " is there already"), outcome.err());
    assertEquals("another xmover", laptop.text(LAUNCHER));
    assertEquals(before, laptop.all());
    assertEquals(List.of(), laptop.trained());
  }

  @Test
  void a_link_of_somebody_else_is_not_replaced() throws IOException {
    Files.createDirectories(laptop.file(".local/bin"));
    Files.createSymbolicLink(laptop.file(LAUNCHER), Path.of("/nowhere"));
    assertEquals(1, laptop.installs().exitCode());
    assertTrue(Files.isSymbolicLink(laptop.file(LAUNCHER)));
  }

  @Test
  void a_file_that_was_changed_since_is_left_and_told() throws IOException {
    laptop.installs();
    Files.writeString(laptop.file(BASH), "mine now");
    assertEquals(1, laptop.installs().exitCode());
    var outcome = laptop.installs("--uninstall");
    assertTrue(outcome.out().contains(BASH), outcome.out());
    assertEquals("mine now", laptop.text(BASH));
    assertFalse(Files.exists(laptop.file(LAUNCHER)));
  }

  @Test
  void a_new_version_takes_over_and_the_one_before_stays_for_a_run_that_goes_on()
      throws IOException {
    laptop.installs();
    Path first = laptop.releases().get(0);
    laptop.jar("install.jar", "2");
    laptop.installs();
    assertEquals(2, laptop.releases().size());
    assertTrue(Files.exists(first.resolve("xmover.jar")));
    assertFalse(laptop.text(LAUNCHER).contains(first.toString()));

    laptop.jar("library.jar", "newer");
    laptop.installs();
    assertEquals(2, laptop.releases().size());
    assertFalse(Files.exists(first));
    laptop.installs("--uninstall");
    assertEquals(List.of(), laptop.all());
  }

  @Test
  void the_same_version_again_stays_as_it_is() throws IOException {
    laptop.installs();
    Path jar = laptop.releases().get(0).resolve("xmover.jar");
    var before = Files.getLastModifiedTime(jar);
    laptop.installs();
    assertEquals(1, laptop.releases().size());
    assertEquals(before, Files.getLastModifiedTime(jar));
  }

  @Test
  void another_folder_moves_the_command() {
    laptop.installs();
    laptop.installs("--bin", "bin");
    assertFalse(Files.exists(laptop.file(LAUNCHER)));
    assertTrue(Files.exists(laptop.file("bin/xmover")));
  }

  @Test
  void classes_that_are_in_no_jar_are_refused() {
    var outcome = laptop.installs(laptop.home() + ":" + laptop.classPath(), Map.of());
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("only jars can be installed"), outcome.err());
    assertEquals(List.of(), laptop.all());
  }

  @Test
  void a_folder_that_can_not_be_made_is_told_in_a_sentence() throws IOException {
    Files.writeString(laptop.file("file"), "");
    var outcome = laptop.installs("--bin", "file");
    assertEquals(1, outcome.exitCode());
    assertEquals(1, outcome.err().lines().count(), outcome.err());
    assertTrue(outcome.err().contains("can't write"), outcome.err());
    laptop.installs("--uninstall");
    assertEquals(List.of("file"), laptop.all());
  }
}
