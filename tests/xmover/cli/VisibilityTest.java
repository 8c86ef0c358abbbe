package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What users get to know who may not see, or not change, everything. */
class VisibilityTest {
  @TempDir private static Path folder;
  private static WiredCluster drill;

  @BeforeAll
  static void start() throws IOException {
    drill = WiredCluster.withUsers(folder);
  }

  @AfterAll
  static void stop() {
    drill.close();
  }

  static List<String> visitors() {
    return drill.urls("visitor");
  }

  static List<String> strangers() {
    return drill.urls("stranger");
  }

  @ParameterizedTest
  @MethodSource("visitors")
  void who_does_not_see_all_is_told_and_it_is_no_error(String url) {
    var outcome = Operator.types("detect", "--connect", url);
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome
            .out()
            .contains(
                "Not seen: User 'visitor' is no superuser: only the 2 tables on which it holds a"
                    + " privilege were looked at. Other tables may be problematic."),
        outcome.out());
  }

  @ParameterizedTest
  @MethodSource("visitors")
  void programs_are_told_too(String url) {
    JsonNode hidden =
        Operator.types("detect", "--output", "json", "--connect", url).json().path("hidden");
    assertFalse(hidden.path("every_table_visible").asBoolean(true));
    assertEquals(2, hidden.path("visible_tables").asInt());
  }

  @ParameterizedTest
  @MethodSource("visitors")
  void a_table_that_the_user_may_not_alter_is_left_alone(String url) {
    JsonNode tables =
        Operator.types("detect", "--output", "json", "--connect", url).json().path("tables");
    var actions = new TreeMap<String, String>();
    tables.forEach(t -> actions.put(t.path("table").asText(), t.path("action").asText()));
    assertEquals("{events=reset, metrics=refused}", actions.toString());
    assertTrue(tables.toString().contains("not enough privilege: GRANT DDL ON TABLE"));
  }

  @ParameterizedTest
  @MethodSource("visitors")
  void a_run_for_a_table_that_qualifies_and_may_not_be_altered_ends_with_1(String url) {
    int before = drill.log.matching("^ALTER").size();
    var outcome =
        Operator.types(
            folder, "problematic-translogs", "--autoexec", "--table", "metrics", "--connect", url);
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.out().contains("refused"), outcome::out);
    assertTrue(outcome.out().contains("GRANT DDL ON TABLE \"doc\".\"metrics\""), outcome::out);
    assertEquals(before, drill.log.matching("^ALTER").size());
  }

  @ParameterizedTest
  @MethodSource("strangers")
  void who_may_not_look_is_told_which_privilege_is_missing(String url) {
    for (String command : List.of("detect", "problematic-translogs", "test-connection")) {
      var outcome = Operator.types(command, "--connect", url);
      assertEquals(1, outcome.exitCode());
      assertEquals("", outcome.out());
      assertTrue(outcome.err().contains("user 'stranger' lacks a privilege"), outcome.err());
    }
  }

  @Test
  void who_may_not_change_settings_can_not_hold_rebalancing_and_no_table_is_touched()
      throws Exception {
    var outcome =
        Operator.types(
            folder,
            "reset",
            "doc.events",
            "--yes",
            "--hold-rebalance",
            "--log-format",
            "json",
            "--connect",
            drill.pg("visitor"));
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertEquals("PRIVILEGE", outcome.logged().only("sql_failed").path("kind").asText());
    assertEquals(List.of(), drill.log.matching("^ALTER"));
  }

  @Test
  void who_sees_all_is_told_nothing_of_privileges() {
    var outcome = Operator.types("detect", "--connect", drill.pg());
    assertFalse(outcome.out().contains("superuser"), outcome.out());
  }
}
