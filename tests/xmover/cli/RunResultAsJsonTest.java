package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.TestEnvironment;
import xmover.environment.TypedAnswer;

/** A run with {@code --output json} prints its result as one JSON document, and nothing else. */
class RunResultAsJsonTest {
  /** The look at the leases, which comes after the ALTER to 0 was seen. */
  private static final String LOOK = "= '' AND \"primary\"";

  @TempDir private Path folder;
  private WiredDrill drill;

  @BeforeEach
  void start() {
    drill = new WiredDrill(folder);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  private Operator.Outcome types(String typed) {
    return drill.types(Map.of(), connected(typed));
  }

  private String[] connected(String typed) {
    return Stream.concat(Stream.of(typed.split(" ")), Stream.of("--connect", drill.url()))
        .toArray(String[]::new);
  }

  private void leaveOneAtZero() {
    drill.dieAt(LOOK, 1, "reset doc.events --yes --lease-sync off".split(" "));
  }

  @ParameterizedTest
  @CsvSource({
    "heal --table doc.events, moved",
    "reset doc.events --yes, completed",
    "problematic-translogs --autoexec --table doc.events, completed"
  })
  void it_is_what_the_report_in_a_file_holds(String command, String result) throws Exception {
    isTheReport(command, result);
  }

  @ParameterizedTest
  @ValueSource(strings = {"resume", "restore"})
  void what_is_gone_on_with_or_put_back_is_told_in_the_same_way(String command) throws Exception {
    leaveOneAtZero();
    isTheReport(command, "completed");
  }

  private void isTheReport(String command, String result) throws Exception {
    Path file = folder.resolve("run.json");
    Operator.Outcome outcome = types(command + " --output json --report " + file);
    assertEquals(0, outcome.exitCode(), outcome.toString());
    assertEquals(new ObjectMapper().readTree(Files.readString(file)), outcome.json());
    JsonNode table = outcome.json().at("/results/0");
    assertEquals("events", table.path("table").asText(), outcome.toString());
    assertEquals(result, table.path("result").asText(), outcome.toString());
    assertTrue(outcome.err().contains("[INFO]"), outcome.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heal --table nope | no table matches 'nope'",
        "reset doc.nope --yes | no table matches 'doc.nope'",
        "restore doc.nope --to 1 | no table matches 'doc.nope'",
        "heal --no-resume | xmover resume"
      })
  void a_run_that_fails_after_it_began_tells_why_in_the_same_document(
      String command, String reason) {
    leaveOneAtZero();
    Operator.Outcome outcome = types(command + " --output json");
    assertEquals(outcome.exitCode(), outcome.json().path("exit_code").asInt(), outcome.toString());
    assertFalse(outcome.exitCode() == 0, outcome.toString());
    String error = outcome.json().path("error").asText();
    assertTrue(error.contains(reason), outcome.toString());
    assertTrue(outcome.err().contains(reason), outcome.toString());
  }

  @Test
  void one_that_reaches_no_cluster_does_so_too() {
    drill.goAway();
    Operator.Outcome outcome = types("heal --output json");
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.json().path("error").asText().contains("nobody listens"), outcome.out());
  }

  @Test
  void the_log_stays_on_stderr_also_as_json() {
    Operator.Outcome outcome = types("heal --table doc.events --output json --log-format json");
    assertEquals(1, outcome.json().path("results").size());
    assertEquals(outcome.json().path("run_id"), outcome.logged().only("run_ended").path("run_id"));
  }

  @Test
  void without_a_run_it_is_the_analysis() {
    JsonNode json = types("problematic-translogs --output json").json();
    assertTrue(json.path("tables").size() > 1, json.toString());
    assertFalse(json.has("run_id"), json.toString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "heal --output json --dry-run | --log-format json",
        "reset doc.events --output json --dry-run | --log-format json",
        "problematic-translogs --autoexec --output json --dry-run | --log-format json",
        "problematic-translogs --autoexec --output csv | take --output json",
        "heal --output csv | csv"
      })
  void what_has_no_such_result_is_refused_with_what_to_type_instead(String typed, String advice) {
    Operator.Outcome outcome = types(typed);
    assertEquals(1, outcome.exitCode());
    assertEquals("", outcome.out());
    assertTrue(outcome.err().contains(advice), outcome.err());
    assertEquals(List.of(), drill.sent("ALTER"));
  }

  @Test
  void nobody_is_asked_where_the_plan_would_stand_beside_it() {
    var terminal = new TypedAnswer("yes");
    Operator.Outcome outcome =
        Operator.types(
            new TestEnvironment(folder).with(terminal),
            connected("reset doc.events --output json"));
    assertEquals(1, outcome.exitCode());
    assertEquals("", outcome.out());
    assertEquals(List.of(), terminal.asked());
    assertTrue(outcome.err().contains("add --yes"), outcome.err());
  }
}
