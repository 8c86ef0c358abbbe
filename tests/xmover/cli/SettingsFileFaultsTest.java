package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.TestEnvironment;

/** A settings file that was read otherwise than it was written: the wrong cluster, or no login. */
class SettingsFileFaultsTest {
  @TempDir private Path home;
  private final Map<String, String> variables = new HashMap<>();

  private Path write(String text) throws IOException {
    Path file = home.resolve(".config/xmover/xmover.properties");
    Files.createDirectories(file.getParent());
    return Files.writeString(file, text);
  }

  private Operator.Outcome types(String... words) {
    return Operator.types(new TestEnvironment(home).with(variables), words);
  }

  private String refused(String... words) {
    var outcome = types(words);
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertEquals("", outcome.out());
    return outcome.err();
  }

  /** Editors of Windows write one; the profile's line became one of another profile. */
  @Test
  void a_byte_order_mark_does_not_hide_the_profile_of_the_first_line() throws IOException {
    write("\ufeffprod.connect=http://127.0.0.1:2\nprod.max-wait=9s\nconnect=http://127.0.0.1:1\n");
    assertTrue(refused("detect", "--profile", "prod").contains("127.0.0.1:2"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"\ufeffprod.max-wait=1s", "a.b.max-wait=1s", ".max-wait=1s"})
  void what_can_be_no_name_of_a_profile_is_refused(String line) throws IOException {
    write("max-wait=2s\n" + line + "\n");
    assertTrue(refused("settings").contains("no name of a profile"), () -> refused("settings"));
  }

  @Test
  void a_profile_that_the_file_does_not_have_is_refused_wherever_it_is_named() throws IOException {
    write("test.connect=http://127.0.0.1:1\nconnect=http://127.0.0.1:2\n");
    assertTrue(refused("detect", "--profile=prod").contains("no profile 'prod'"));
    variables.put("XMOVER_PROFILE", "prod");
    assertTrue(refused("detect").contains("no profile 'prod'"));
    assertTrue(refused("settings").contains("no profile 'prod'"));
  }

  /** A script whose variable is empty acted on the cluster of the common lines. */
  @Test
  void an_empty_profile_is_not_taken_for_none() throws IOException {
    write("connect=http://127.0.0.1:1\n");
    for (String empty : new String[] {"--profile=", "--settings="}) {
      String error = refused("detect", empty);
      assertTrue(error.contains(empty.replace("=", "") + " names nothing"), error);
      assertFalse(error.contains("127.0.0.1"), error);
    }
    assertTrue(refused("detect", "--profile", "").contains("--profile names nothing"));
  }

  @ParameterizedTest
  @CsvSource({
    "connect=http://127.0.0.1:1, connect=http://127.0.0.1:2, 'connect', 'connect'",
    "prod.max-wait=1s, prod.max-wait=2s, 'prod.max-wait', 'prod.max-wait'",
    "connect=http://h:1, CRATE_CONNECTION_STRING=http://h:2, 'connect', 'CRATE_CONNECTION_STRING'",
  })
  void what_is_set_twice_is_refused(String one, String other, String name, String again)
      throws IOException {
    write(one + "\n# between\n" + other + "\n");
    String error = refused("settings");
    assertTrue(error.contains("'" + name + "' in line 1 and '" + again + "' in line 3"), error);
  }

  @ParameterizedTest
  @ValueSource(strings = {"pa\\ss#word", "pa\\new", "ends\\", "pa\\:ss", "three\\\\\\s"})
  void a_backslash_does_not_vanish_from_a_password(String password) throws IOException {
    write("# C:\\notes\nCRATE_PASSWORD=" + password + "\nmax-wait=1s\n");
    String error = refused("settings");
    assertTrue(error.contains("line 2") && error.contains("as \\\\"), error);
    assertFalse(error.contains(password), error);
  }

  @Test
  void a_backslash_that_is_written_twice_is_one() throws IOException {
    write("exclude=a\\\\b\nCRATE_USERNAME=j\\u00f6rg\n");
    String told = types("settings").out();
    assertTrue(told.contains("exclude = a\\b") || told.contains("exclude = a\\u005cb"), told);
    assertTrue(told.contains("CRATE_USERNAME = j\u00f6rg"), told);
  }

  @Test
  void a_link_to_a_file_that_is_gone_is_not_the_same_as_no_file() throws IOException {
    Path folder = Files.createDirectories(home.resolve(".config/xmover"));
    Files.createSymbolicLink(folder.resolve("xmover.properties"), home.resolve("gone"));
    assertTrue(refused("settings").contains("link"), () -> refused("settings"));
    Files.delete(folder.resolve("xmover.properties"));
    Files.delete(folder);
    Files.createSymbolicLink(folder, home.resolve("gone"));
    assertTrue(refused("settings").contains("link"), () -> refused("settings"));
  }

  @Test
  void a_word_of_a_sentence_is_no_option_that_the_file_sets() throws IOException {
    write("schema=doc\nconnect=sim:quiet\n");
    String error = types("monitor", "doc.nix").err();
    assertTrue(error.contains("doc.nix"), error);
    assertFalse(error.contains("is set by"), error);
  }

  @Test
  void what_may_be_set_is_listed_also_while_the_file_makes_no_sense() throws IOException {
    write("zzzz=1\n");
    var outcome = types("settings", "--list");
    assertEquals(0, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.out().contains("max-wait\n"), outcome.out());
  }
}
