package xmover.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.reflect.Field;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;
import xmover.cli.Operator;
import xmover.environment.TestEnvironment;

/** Under which heading an option is told. */
class HelpGroupTest {
  private static List<OptionSpec> shared() {
    CommandLine family =
        Cli.commandLine(new TestEnvironment(Path.of("")).environment(), Operator.xmover());
    return family.getSubcommands().values().stream()
        .flatMap(command -> command.getCommandSpec().options().stream())
        .filter(option -> option.userObject() instanceof Field)
        .filter(
            option ->
                ((Field) option.userObject())
                    .getDeclaringClass()
                    .getPackageName()
                    .equals("xmover.options"))
        .toList();
  }

  /** A new one belongs under a heading. */
  @Test
  void each_option_that_commands_share_has_a_heading() {
    Set<String> missing = new HashSet<>();
    shared().forEach(option -> missing.add(option.longestName()));
    assertTrue(missing.size() > 50, missing.toString());
    missing.removeAll(HelpGroup.named());
    assertEquals(Set.of(), missing);
  }

  @Test
  void no_heading_names_an_option_that_is_gone() {
    Set<String> gone = new HashSet<>(HelpGroup.named());
    shared().forEach(option -> gone.remove(option.longestName()));
    // Of commands themselves.
    gone.removeAll(Set.of("--early", "--takeover", "--version"));
    assertEquals(Set.of(), gone);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Stop in order: start no new table.     | Stop in order.",
        "What is done (default: auto): flush    | What is done (default: auto).",
        "Ends in .json, .html or .md; else none | Ends in .json, .html or .md.",
        "no full stop                           | no full stop"
      })
  void the_first_clause_ends_where_no_parenthesis_is_open(String description, String clause) {
    assertEquals(clause, HelpPage.clause(description));
  }
}
