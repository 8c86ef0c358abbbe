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
import xmover.environment.TestEnvironment;

/** A login of a settings file was shown to others, or sent though a stronger place has one. */
class LoginOfAFileTest {
  @TempDir private Path home;
  private final Map<String, String> variables = new HashMap<>();

  private Path write(String text) throws IOException {
    Path file = home.resolve(".config/xmover/xmover.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r--r--"));
  }

  private Operator.Outcome types(String... words) {
    return Operator.types(new TestEnvironment(home).with(variables), words);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "connect=postgresql://u:my hunter2@h",
        "connect=https://h?password=my hunter2",
        "connect=crate:hunter2@h:4200",
        "connect=https://h?password=a&hunter2",
        "connect=postgresql://u:a/hunter2@h",
        "connect=hunter2",
        "webhook=https://h?token=hunter2",
        "webhook=hooks.slack.com/services/hunter2",
        "alertmanager=https://am/hunter2/",
        "push-gateway=https://am:9091/hunter2",
        "push-gateway=https://u:hunter2@am:9091/",
        "journal=postgresql://u:hunter2@h",
      })
  void no_secret_is_shown_and_a_file_that_others_read_is_warned_of(String line) throws IOException {
    Path file = write(line + "\n");
    var text = types("settings");
    var json = types("settings", "--output", "json");
    assertTrue(text.err().contains("chmod 600 " + file), text.err());
    String all = text.out() + text.err() + json.out() + json.err();
    assertFalse(all.contains("hunter2"), all);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "connect=postgresql://ops:x@db1,[::1]:5433/doc?sslmode=require"
            + " | postgresql://ops:***@db1:5432,[::1]:5433?sslmode=require",
        "connect=https://ops@db1/proxy | https://ops@db1:4200/…",
        "connect=sim:large?tables=41   | sim:large?tables=41",
        "webhook=https://chat/services/x | https://chat/…",
        "alertmanager=http://am:9093/  | http://am:9093",
      })
  void who_is_asked_and_as_whom_is_shown(String line, String shown) throws IOException {
    write(line + "\n");
    String told = types("settings").out();
    assertTrue(told.contains(" = " + shown + "  ("), told);
  }

  private String connect(String profile) {
    String told = types("settings", "--profile=" + profile).out();
    return told.replaceFirst("(?s).*connect = (.*?)  \\(.*", "$1");
  }

  /** A variable beats the file: its login was not sent, though it was shown as set. */
  @Test
  void the_login_of_a_variable_or_a_profile_beats_that_of_a_weaker_url() throws IOException {
    write(
        """
        connect=http://ops:x@h:1?password=y
        ops.max-wait=1s
        prod.CRATE_USERNAME=bob
        test.CRATE_JWT=t
        """);
    assertEquals("http://ops:***@h:1", connect("ops"));
    assertEquals("http://h:1", connect("prod"));
    assertEquals("http://ops@h:1", connect("test"));
    variables.put("CRATE_USERNAME", "ops");
    assertEquals("http://ops:***@h:1", connect("ops"));
    variables.put("CRATE_PASSWORD", "z");
    assertEquals("http://ops@h:1", connect("ops"));
    variables.put("CRATE_USERNAME", "ann");
    assertEquals("http://h:1", connect("ops"));
  }

  @Test
  void two_ways_in_are_told_by_where_they_stand() throws IOException {
    Path file = write("CRATE_JWT=token\n");
    variables.put("CRATE_CONNECTION_STRING", "http://ops:x@127.0.0.1:1");
    String error = types("detect").err();
    assertFalse(error.contains("CRATE_PASSWORD"), error);
    assertTrue(error.contains("out of the URL"), error);
    assertTrue(error.contains("CRATE_JWT is set by " + file), error);
  }
}
