package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import xmover.environment.TestEnvironment;
import xmover.options.Cli;

/** What a file, a profile and variables set, which of them counts, and what of it is shown. */
class SettingsTest {
  private static final String NOWHERE = "https://127.0.0.1:1";

  @TempDir private Path home;
  private final Map<String, String> variables = new HashMap<>();

  private Path file() {
    return home.resolve(".config/xmover/xmover.properties");
  }

  private void write(String... lines) throws IOException {
    Files.createDirectories(file().getParent());
    Files.writeString(file(), String.join("\n", lines));
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-------"));
  }

  private Operator.Outcome types(String... words) {
    return Operator.types(new TestEnvironment(home).with(variables), words);
  }

  private String value(String name, String... more) {
    for (var one : typesSettings(more).json().get("settings")) {
      if (one.get("name").asText().equals(name)) {
        return one.get("value").asText() + " from " + one.get("from").asText();
      }
    }
    return "unset";
  }

  private Operator.Outcome typesSettings(String... more) {
    String[] words = new String[more.length + 3];
    words[0] = "settings";
    words[1] = "--output";
    words[2] = "json";
    System.arraycopy(more, 0, words, 3, more.length);
    return types(words);
  }

  private String refused(String... words) {
    var outcome = types(words);
    assertEquals(1, outcome.exitCode(), outcome.out() + outcome.err());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().startsWith("xmover: "), outcome.err());
    assertTrue(outcome.err().lines().count() <= 2, outcome.err());
    assertFalse(outcome.err().contains("Exception"), outcome.err());
    return outcome.err();
  }

  @Test
  void without_a_file_nothing_is_set_and_nothing_is_said() {
    var outcome = types("settings");
    assertEquals(0, outcome.exitCode());
    assertEquals("", outcome.err());
    assertTrue(outcome.out().startsWith("Nothing is set"), outcome.out());
  }

  @Test
  void a_value_of_the_file_is_that_of_the_option() throws IOException {
    write("percentage=0");
    String error = refused("detect", "--connect", NOWHERE);
    assertTrue(error.contains("--percentage must be above 0, not 0 (percentage is set by"), error);
  }

  @Test
  void a_typed_option_beats_the_file() throws IOException {
    write("connect-timeout=soon");
    String error = refused("detect", "--connect", NOWHERE, "--connect-timeout", "1s");
    assertFalse(error.contains("soon"), error);
    assertTrue(error.contains("127.0.0.1:1"), error);
  }

  @Test
  void a_profile_beats_the_file_and_a_variable_beats_both() throws IOException {
    write("CRATE_USERNAME=file", "prod.CRATE_USERNAME=profile", "test.CRATE_USERNAME=other");
    assertEquals("file from " + file(), value("CRATE_USERNAME"));
    String profile = "profile from profile prod of " + file();
    assertEquals(profile, value("CRATE_USERNAME", "--profile", "prod"));
    variables.put("XMOVER_PROFILE", "prod");
    assertEquals(profile, value("CRATE_USERNAME"));
    variables.put("CRATE_USERNAME", "variable");
    assertEquals("variable from a variable", value("CRATE_USERNAME"));
  }

  @Test
  void where_to_connect_comes_from_the_file_unless_a_variable_or_an_option_says_it()
      throws IOException {
    write("connect=http://127.0.0.1:1", "prod.connect=http://127.0.0.1:2");
    assertTrue(refused("detect").contains("127.0.0.1:1"));
    assertTrue(refused("detect", "--profile", "prod").contains("127.0.0.1:2"));
    variables.put("CRATE_CONNECTION_STRING", "http://127.0.0.1:3");
    assertTrue(refused("detect", "--profile=prod").contains("127.0.0.1:3"));
    assertTrue(refused("detect", "--connect", "http://127.0.0.1:4").contains("127.0.0.1:4"));
  }

  /** Else a mounted secret of the file would win over what was exported for this once. */
  @Test
  void a_password_of_a_variable_hides_the_password_file_of_the_file() throws IOException {
    write("CRATE_PASSWORD_FILE=/mounted");
    variables.put("CRATE_PASSWORD", "once");
    assertEquals("unset", value("CRATE_PASSWORD_FILE"));
    assertEquals("*** from a variable", value("CRATE_PASSWORD"));
  }

  @Test
  void a_flag_that_the_file_sets_and_somebody_types_is_set() throws IOException {
    write("verbose=true", "wait-recovery=false");
    var seen = parsed("detect", "-v");
    assertTrue(seen.getCommandSpec().findOption("-v").<Boolean>getValue());
    assertTrue(parsed("detect").getCommandSpec().findOption("-v").<Boolean>getValue());
    assertFalse(parsed("heal").getCommandSpec().findOption("--wait-recovery").<Boolean>getValue());
    var typed = parsed("heal", "--wait-recovery");
    assertTrue(typed.getCommandSpec().findOption("--wait-recovery").<Boolean>getValue());
  }

  private CommandLine parsed(String... words) {
    var environment = new TestEnvironment(home).with(variables).environment();
    CommandLine all = Cli.parsed(environment, Operator.xmover(), words);
    return all.getSubcommands().get(words[0]);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connect=https://ops:hunter2@db1:4200/            | connect",
        "prod.connect=https://db1:4200?password=hunter2   | connect",
        "CRATE_PASSWORD=hunter2                           | CRATE_PASSWORD",
        "CRATE_JWT=hunter2                                | CRATE_JWT",
        "XMOVER_TOKEN=hunter2                             | XMOVER_TOKEN",
        "XMOVER_WEBHOOK_LOGIN=ops:hunter2                 | XMOVER_WEBHOOK_LOGIN",
        "webhook=https://chat.example/hooks/hunter2       | webhook",
      })
  void a_secret_is_never_shown_and_a_file_that_others_read_is_warned_of(String line, String name)
      throws IOException {
    write(line, "prod.max-wait=60s");
    var quiet = types("settings", "--profile", "prod");
    assertEquals("", quiet.err());
    assertTrue(quiet.out().contains(name + " = "), quiet.out());
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    var outcome = types("settings", "--profile", "prod");
    var json = typesSettings("--profile", "prod");
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.err().contains("chmod 600 " + file()), outcome.err());
    String all = quiet.out() + outcome.out() + outcome.err() + json.out() + json.err();
    assertFalse(all.contains("hunter2"), all);
  }

  @Test
  void a_file_without_a_secret_may_be_read_by_all() throws IOException {
    write("max-wait=60s", "connect=https://ops@db1:4200");
    Files.setPosixFilePermissions(file(), PosixFilePermissions.fromString("rw-r--r--"));
    assertEquals("", types("settings").err());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "max-wiat=60s             | 'max-wiat', which is no setting: did you mean max-wait",
        "prod.crate_password=x    | did you mean CRATE_PASSWORD",
        "zzzz=1                   | xmover settings --list",
        "yes=true                 | 'yes', which can only be typed",
        "prod.force=true          | 'prod.force', which can only be typed",
        "ignore-gate=disk         | 'ignore-gate', which can only be typed",
        "debug=true               | 'debug', which can only be typed",
        "takeover=true            | 'takeover', which can only be typed",
        "dry-run=true             | 'dry-run', which can only be typed",
        "allow-cleartext-password=true | which can only be typed",
        "max-wait=soon            | (max-wait is set by",
        "concurrent=many          | (concurrent is set by",
        "remedy=prayer            | (remedy is set by",
        "CRATE_SSL_VERIFY=maybe   | (CRATE_SSL_VERIFY is set by",
      })
  void what_makes_no_sense_is_a_sentence_and_nothing_is_sent(String line, String sentence)
      throws IOException {
    write(line);
    String error = refused("heal", "--connect", NOWHERE);
    assertTrue(error.contains(sentence), error);
    assertFalse(error.contains("127.0.0.1"), error);
  }

  @Test
  void a_missing_file_or_profile_is_a_sentence() throws IOException {
    assertTrue(refused("heal", "--settings", "gone").contains("There is no settings file"));
    assertTrue(refused("heal", "--profile", "prod").contains("There is no profile 'prod'"));
    write("max-wait=60s");
    assertTrue(refused("heal", "--profile", "prod").contains("it has none"));
    write("test.max-wait=60s");
    assertTrue(refused("heal", "--profile", "prod").contains("it has test"));
    variables.put("XMOVER_SETTINGS", "elsewhere");
    assertTrue(refused("settings").contains("elsewhere"));
  }

  @Test
  void a_path_that_no_file_has_is_a_sentence() {
    assertTrue(refused("heal", "--settings", "a\0b").contains("can't be a file's path"));
  }

  @Test
  void colours_of_a_variable_beat_those_of_the_file() throws IOException {
    write("color=always");
    assertEquals("always from " + file(), value("color"));
    variables.put("NO_COLOR", "1");
    assertEquals("unset", value("color"));
  }

  @Test
  void a_part_of_the_url_that_has_no_effect_is_said_once() {
    String url = "postgresql://127.0.0.1:1?application_name=psql";
    String error = types("test-connection", "--connect", url).err();
    assertEquals(2, error.split("application_name is ignored", -1).length, error);
  }

  @Test
  void a_password_that_begins_a_unicode_escape_is_not_repeated() throws IOException {
    write("CRATE_PASSWORD=\\user-hunter2");
    assertFalse(refused("settings").contains("hunter2"));
  }

  @Test
  void the_folder_of_settings_may_be_named_by_the_system() throws IOException {
    Path other = Files.createDirectories(home.resolve("other/xmover"));
    Files.writeString(other.resolve("xmover.properties"), "max-wait=1s");
    variables.put("XDG_CONFIG_HOME", home.resolve("other").toString());
    assertTrue(value("max-wait").startsWith("1s from "));
  }

  @Test
  void an_error_of_the_file_is_json_where_the_log_is() throws IOException {
    write("log-format=json", "max-wait=soon");
    var outcome = types("heal", "--connect", NOWHERE);
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().startsWith("{"), outcome.err());
  }

  @ParameterizedTest
  @ValueSource(strings = {"detect", "heal", "reset", "monitor"})
  void a_script_alone_reads_the_same_file(String script) throws IOException {
    write("connect=http://127.0.0.1:1", "takeover=true");
    var around = new TestEnvironment(home).with(variables);
    String[] words = script.equals("reset") ? new String[] {"doc.t"} : new String[0];
    assertEquals(1, Cli.run(around.environment(), Operator.script(script), words));
    assertTrue(around.err().contains("'takeover', which can only be typed"), around.err());
  }

  @Test
  void help_is_given_whatever_the_file_says() throws IOException {
    write("nonsense=1");
    assertEquals(0, types("heal", "--help").exitCode());
    assertEquals(0, types("--version").exitCode());
  }
}
