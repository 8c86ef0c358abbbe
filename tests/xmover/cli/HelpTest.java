package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The help of every command. */
class HelpTest {
  /** How help is asked for: of all commands together, and of each. */
  static List<List<String>> requests() {
    var requests = new ArrayList<>(List.of(List.of("--help"), List.of("help")));
    for (String command : Operator.commandLine().getSubcommands().keySet()) {
      if (!command.equals("help")) {
        requests.add(List.of(command, "--help"));
        requests.add(List.of("help", command));
      }
    }
    return requests;
  }

  @ParameterizedTest
  @MethodSource("requests")
  void it_goes_to_stdout_and_fits_80_columns(List<String> request) {
    var outcome = Operator.types(request.toArray(String[]::new));
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals("", outcome.err());
    assertTrue(outcome.out().startsWith("Usage: xmover"), outcome.out());
    outcome.out().lines().forEach(line -> assertTrue(line.length() <= 80, line));
  }

  @ParameterizedTest
  @MethodSource("requests")
  void it_holds_no_placeholder_and_no_colour(List<String> request) {
    var outcome = Operator.types(request.toArray(String[]::new));
    assertFalse(outcome.out().contains("${"), outcome.out());
    assertFalse(outcome.out().contains("\u001b"), outcome.out());
  }

  @Test
  void the_list_of_commands_needs_the_options_of_none() {
    String all = Operator.commandLine().getUsageMessage();
    assertEquals(all, Operator.types("--help").out());
    var unknown = Operator.types("heel");
    assertEquals(1, unknown.exitCode());
    assertTrue(unknown.err().contains("xmover heal"), unknown.err());
  }
}
