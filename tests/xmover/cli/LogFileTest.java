package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.cli.Operator.Outcome;
import xmover.environment.TestEnvironment;
import xmover.environment.TypedAnswer;

/** Where the log goes, and whether what is printed has colours. */
class LogFileTest {
  private static final String TABLES =
      """
      {"name": "doc.t", "shards": 1, "replicas": "1", "size": "1gb", "stuck_translog": "5gb"}
      """;

  @TempDir private Path folder;

  private Outcome heal(WiredCluster crate, String... words) {
    var all = new ArrayList<>(List.of("heal", "--connect", crate.pg(), "--dry-run"));
    all.addAll(List.of(words));
    return Operator.types(
        new TestEnvironment(folder.resolve("home")).with(crate.time), all.toArray(String[]::new));
  }

  @Test
  void the_log_is_appended_to_a_file_of_its_owner_in_its_form() throws Exception {
    Path file = folder.resolve("run.log");
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      Outcome run = heal(crate, "--log-file", file.toString(), "--log-format", "json");
      assertEquals(0, run.exitCode(), run.toString());
      assertEquals("", run.err());
      List<String> first = Files.readAllLines(file);
      assertTrue(first.get(0).startsWith("{"), first.toString());
      assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
      assertEquals(0, heal(crate, "--log-file", file.toString()).exitCode());
      List<String> both = Files.readAllLines(file);
      assertEquals(first, both.subList(0, first.size()));
      assertTrue(both.size() > first.size(), both.toString());
    }
  }

  @Test
  void a_file_that_can_not_be_opened_is_told_in_a_sentence_and_nothing_is_sent() throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLES)) {
      Outcome run = heal(crate, "--log-file", folder.resolve("no/run.log").toString());
      assertEquals(1, run.exitCode(), run.toString());
      assertTrue(run.err().startsWith("xmover: The log file "), run.err());
      assertTrue(run.err().contains("no/run.log can't be opened: "), run.err());
      assertEquals(1, run.err().lines().count(), run.err());
      assertEquals(0, crate.log.arrivals().size());
    }
  }

  @ParameterizedTest
  @CsvSource({
    "auto,   xterm, '', true",
    "auto,   dumb,  '', false",
    "auto,   xterm, 1,  false",
    "always, dumb,  1,  true",
    "never,  xterm, '', false"
  })
  void colours_are_as_typed_before_what_the_surroundings_say(
      String color, String term, String noColor, boolean colored) {
    var around =
        new TestEnvironment(folder)
            .with(new TypedAnswer("no"))
            .with(Map.of("TERM", term, "NO_COLOR", noColor));
    String help = Operator.types(around, "heal", "--help", "--color", color).out();
    assertEquals(colored, help.contains("\u001b["), help);
  }

  private String analysis(String color) {
    var around = new TestEnvironment(folder.resolve("home"));
    return Operator.types(around, "detect", "--connect", "sim:drill", "--color", color).out();
  }

  @Test
  void a_pipe_gets_colours_only_when_asked() {
    assertFalse(Operator.types("heal", "--help").out().contains("\u001b["));
    assertTrue(Operator.types("heal", "--help", "--color=always").out().contains("\u001b["));
    for (String color : List.of("auto", "never")) {
      assertFalse(analysis(color).contains("\u001b["), color);
    }
    assertTrue(analysis("always").contains("\u001b["));
  }
}
