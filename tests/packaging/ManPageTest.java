package packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import xmover.cli.Operator;
import xmover.environment.TestEnvironment;
import xmover.options.Cli;

/** What `man` and TAB know of the commands. */
class ManPageTest {
  private final CommandLine commands =
      Cli.commandLine(new TestEnvironment(Path.of("")).environment(), Operator.xmover());

  @Test
  void a_page_tells_every_option_of_its_command_and_what_it_takes() {
    CommandLine detect = commands.getSubcommands().get("detect");
    String page = new ManPage(detect, "1.0").text();
    for (OptionSpec option : detect.getCommandSpec().options()) {
      if (option.hidden()) {
        continue;
      }
      String name = option.longestName().replace("-", "\\-");
      assertTrue(page.contains(name), () -> option + " is not in " + page);
    }
    assertTrue(page.contains("\\fB\\-\\-sizeMB MB\\fR"), page);
    assertTrue(page.startsWith(".TH \"XMOVER-DETECT\" 1"), page);
  }

  @Test
  void the_page_of_all_names_each_command() {
    String page = new ManPage(commands, "1.0").text();
    for (String name : commands.getSubcommands().keySet()) {
      assertTrue(page.contains("\\fB" + name.replace("-", "\\-") + "\\fR"), page);
    }
  }

  @Test
  void no_text_is_taken_for_a_request_of_roff() {
    CommandSpec spec = CommandSpec.create().name("one");
    spec.usageMessage().description(".so /etc/passwd", "a\\b 50%% …").footer("'quoted");
    List<String> lines = new ManPage(new CommandLine(spec), "1.0").text().lines().toList();
    assertTrue(lines.contains("one \\- \\&.so /etc/passwd a\\eb 50% \\[u2026]"), lines.toString());
    assertTrue(lines.contains("\\&'quoted"), lines.toString());
    String ascii =
        new String(
            String.join("", lines).getBytes(StandardCharsets.US_ASCII), StandardCharsets.US_ASCII);
    assertEquals(String.join("", lines), ascii);
  }

  @Test
  void completion_knows_the_options_of_every_command() {
    String bash = Completion.bash(commands);
    assertTrue(bash.contains("--sizeMB"), bash);
    assertTrue(bash.contains("--lease-sync"), bash);
    assertTrue(bash.contains("complete -F _complete_xmover"), bash);
  }

  @Test
  void completion_of_zsh_finds_that_of_bash_in_any_folder() {
    String zsh = Completion.zsh(commands, Path.of("/it's/xmover"));
    assertTrue(zsh.startsWith("#compdef xmover\n"), zsh);
    assertTrue(zsh.contains("source '/it'\\''s/xmover'\n"), zsh);
  }
}
