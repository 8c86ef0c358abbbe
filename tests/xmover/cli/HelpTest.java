package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine.Model.OptionSpec;
import xmover.options.HelpGroup;

/** The help of every command. */
class HelpTest {
  /** How help is asked for: of all commands together, and of each. */
  static List<List<String>> requests() {
    var requests = new ArrayList<>(List.of(List.of("--help"), List.of("help")));
    for (String command : Operator.commandLine().getSubcommands().keySet()) {
      if (!command.equals("help")) {
        requests.add(List.of(command, "--help"));
        requests.add(List.of(command, "--help-all"));
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

  @Test
  void all_of_the_help_of_all_commands_is_one_word_and_the_help_names_it() {
    assertTrue(Operator.types("--help").out().contains("All options: xmover --help-all"));
    String all = Operator.types("--help-all").out();
    for (String command : commands()) {
      assertTrue(all.contains("Usage: xmover " + command), command);
    }
    assertTrue(all.contains("--allow-cleartext-password"), all);
    assertTrue(all.contains("Connection:"), all);
  }

  static List<String> commands() {
    return Operator.commandLine().getSubcommands().keySet().stream()
        .filter(command -> !command.equals("help"))
        .toList();
  }

  private static List<String> lines(String... request) {
    return Operator.types(request).out().lines().toList();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void all_of_it_is_in_groups_that_have_the_same_order_in_every_command(String command) {
    List<String> order = Stream.of(HelpGroup.values()).map(group -> group.heading() + ":").toList();
    List<String> shown = lines(command, "--help-all").stream().filter(order::contains).toList();
    assertEquals(order.stream().filter(shown::contains).toList(), shown);
    assertTrue(shown.contains("Help:"), shown.toString());
  }

  @Test
  void a_run_has_a_group_for_each_thing_one_may_ask() {
    assertEquals(
        List.of(
            "Which tables:",
            "What is done:",
            "Pace:",
            "Waiting:",
            "Safety:",
            "Journal:",
            "Reporting:",
            "Connection:",
            "Help:"),
        lines("heal", "--help-all").stream()
            .filter(line -> line.matches("\\w.*:"))
            .filter(line -> !line.equals("Examples:"))
            .toList());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void all_of_it_tells_every_option_once(String command) {
    List<String> shown = lines(command, "--help-all");
    for (OptionSpec option :
        Operator.commandLine().getSubcommands().get(command).getCommandSpec().options()) {
      String name = option.longestName().replaceFirst(option.negatable() ? "--(no-)?" : "--", "");
      var told = Pattern.compile("  .{4}--(\\[no-]|no-)?\\Q" + name + "\\E(?![\\w-])");
      int times = option.hidden() ? 0 : 1;
      assertEquals(
          times, shown.stream().filter(line -> told.matcher(line).lookingAt()).count(), name);
    }
  }

  @Test
  void an_option_that_went_to_the_settings_is_said_to_have_gone_there() {
    List<String> hidden =
        Operator.commandLine().getSubcommands().get("heal").getCommandSpec().options().stream()
            .filter(OptionSpec::hidden)
            .map(option -> option.longestName().substring(2))
            .toList();
    assertEquals(6, hidden.size(), hidden.toString());
    String settings = Operator.types("settings", "--help").out();
    String all = Operator.types("heal", "--help-all").out();
    for (String name : hidden) {
      assertTrue(settings.contains(name + " ("), settings);
      assertTrue(all.contains(name), all);
      assertFalse(Operator.types("heal", "--help").out().contains(name), name);
    }
  }

  @ParameterizedTest
  @MethodSource("commands")
  void examples_come_first_and_can_be_typed(String command) {
    for (String all : List.of("--help", "--help-all")) {
      List<String> told = lines(command, all);
      int first = told.indexOf("Examples:");
      assertTrue(first > 0, told.toString());
      assertTrue(told.subList(0, first).stream().noneMatch(line -> line.startsWith("  ")));
      List<String> examples =
          told.subList(first + 1, told.size()).stream().takeWhile(line -> !line.isEmpty()).toList();
      assertTrue(examples.size() >= 2 && examples.size() <= 3, examples.toString());
      examples.forEach(HelpTest::canBeTyped);
    }
  }

  private static void canBeTyped(String example) {
    String typed = example.replaceFirst(".*xmover ", "").replaceFirst(" [|<>] .*", "");
    Operator.parses(List.of(typed.replace("'", "").split(" ")));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void the_short_one_fits_a_screen_and_names_the_long_one_at_its_end(String command) {
    List<String> told = lines(command, "--help");
    assertTrue(told.size() < 50, () -> told.size() + " lines");
    assertEquals("All options: xmover " + command + " --help-all", told.get(told.size() - 1));
  }

  @Test
  void the_short_one_tells_what_is_typed_in_an_incident_and_warns_of_it() {
    String reset = Operator.types("reset", "--help").out();
    for (String option : List.of("--dry-run", "--yes", "--force", "--journal", "--connect")) {
      assertTrue(reset.contains(option), reset);
    }
    assertFalse(reset.contains("--pool-size"), reset);
    assertTrue(reset.contains("has one copy for a while"), reset);
    String resume = Operator.types("resume", "--help").out();
    assertTrue(resume.contains("that it is dead"), resume);
  }
}
