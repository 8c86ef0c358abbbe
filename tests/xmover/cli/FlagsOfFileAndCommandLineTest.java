package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import xmover.environment.TestEnvironment;
import xmover.options.Cli;

/** A flag that was set by a file and typed, too, came out as neither said. */
class FlagsOfFileAndCommandLineTest {
  @TempDir private Path home;

  private void write(String text) throws IOException {
    Path file = home.resolve(".config/xmover/xmover.properties");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private CommandLine parsed(String... words) {
    CommandLine all = Cli.parsed(new TestEnvironment(home).environment(), Operator.xmover(), words);
    return all.getSubcommands().get(words[0]);
  }

  private static boolean value(CommandLine command, String option) {
    return command.getCommandSpec().findOption(option).<Boolean>getValue();
  }

  @ParameterizedTest
  @CsvSource({
    "--quiet, --no-quiet",
    "--verbose, --no-verbose",
    "--abort-on-red, --no-abort-on-red",
    "--early, --no-early",
    "--no-resume, --resume",
    "--hold-rebalance, --no-hold-rebalance",
    "--wait-recovery, --no-wait-recovery",
  })
  void what_is_typed_counts_whatever_the_file_says(String yes, String no) throws IOException {
    for (String filed : List.of("true", "false")) {
      write(yes.substring(2) + "=" + filed + "\n");
      assertEquals(Boolean.valueOf(filed), value(parsed("heal"), yes));
      assertTrue(value(parsed("heal", yes), yes), filed);
      assertFalse(value(parsed("heal", no), yes), filed);
    }
  }

  @Test
  void no_flag_is_turned_around_by_a_default() {
    var all = Cli.commandLine(new TestEnvironment(home).environment(), Operator.xmover());
    all.setDefaultValueProvider(argument -> argument.arity().max() == 0 ? "true" : null);
    all.parseArgs("heal", "-v", "--early", "--dry-run");
    var heal = all.getSubcommands().get("heal");
    for (String flag : List.of("-v", "--early", "--dry-run")) {
      assertTrue(value(heal, flag), flag);
    }
  }

  @Test
  void who_types_v_hears_more_though_the_file_is_quiet_and_the_other_way_round()
      throws IOException {
    write("quiet=true\n");
    assertFalse(value(parsed("heal", "-v"), "-q"));
    assertTrue(value(parsed("heal", "--no-verbose"), "-q"));
    write("verbose=true\n");
    assertFalse(value(parsed("heal", "-q"), "-v"));
    write("quiet=true\nprod.verbose=true\n");
    assertFalse(value(parsed("heal", "--profile", "prod"), "-q"));
  }

  /** What stood in it was read after the settings were: its profile was ignored. */
  @Test
  void a_file_of_options_is_refused_as_its_profile_would_be_ignored() throws IOException {
    write("connect=http://127.0.0.1:1\nprod.connect=http://127.0.0.1:2\n");
    Path options = Files.writeString(home.resolve("options"), "--profile prod");
    var outcome = Operator.types(new TestEnvironment(home).with(Map.of()), "detect", "@" + options);
    assertEquals(1, outcome.exitCode(), outcome::toString);
    assertTrue(outcome.err().contains("begins with @"), outcome.err());
    assertFalse(outcome.err().contains("127.0.0.1"), outcome.err());
  }
}
