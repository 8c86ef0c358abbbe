package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import xmover.cluster.connection.ConnectionOptions;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.TestEnvironment;
import xmover.fuzz.RandomText;
import xmover.fuzz.Tries;

/** Whatever is typed, it is taken or refused in a sentence: nobody is shown a stack trace. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedOptionsTest {
  private static final List<String> VALUES =
      List.of(
          "0",
          "1",
          "-1",
          "10s",
          "5m",
          "-3h",
          "99999999999999d",
          "1e9",
          "NaN",
          "Infinity",
          "1.5gb",
          "512",
          "99999999999999999999",
          "none",
          "all",
          "json",
          "text",
          "doc.t",
          "doc.*",
          "*",
          "[",
          "doc.t[a=b]",
          "http://x:1",
          "http://[::1",
          "crate://u:p@h:1?sslmode=",
          "localhost:0",
          ":-1",
          "::1",
          "[::1]:8080",
          "unix:/x",
          "",
          " ",
          "-",
          "--",
          "@",
          "@nope",
          "\0",
          "%00",
          "postgresql://%zz@h",
          "file:///etc",
          "1s,2s",
          "1s..2s",
          "a=b",
          "reset",
          "heal");

  @TempDir private Path folder;

  private static List<String> words(CommandLine command, RandomGenerator random) {
    List<String> options =
        command.getCommandSpec().options().stream().map(option -> option.longestName()).toList();
    List<String> words = new ArrayList<>();
    for (int count = random.nextInt(7); count > 0; count--) {
      String value = value(random);
      if (options.isEmpty() || random.nextInt(3) == 0) {
        words.add(value);
      } else {
        String option = RandomText.one(random, options);
        words.addAll(random.nextBoolean() ? List.of(option, value) : List.of(option + "=" + value));
      }
    }
    words.removeIf(word -> word.equals("--help") || word.startsWith("--debug"));
    return words;
  }

  private static String value(RandomGenerator random) {
    return random.nextInt(4) == 0 ? RandomText.any(random) : RandomText.one(random, VALUES);
  }

  @Test
  void options_of_every_command_are_read_or_refused() {
    CommandLine family = Operator.commandLine();
    List<String> commands = List.copyOf(family.getSubcommands().keySet());
    Tries.of(
        500,
        random -> {
          String command = RandomText.one(random, commands);
          List<String> words = words(family.getSubcommands().get(command), random);
          words.add(0, command);
          try {
            family.parseArgs(words.toArray(String[]::new));
          } catch (ParameterException refused) {
            String said = refused.getMessage();
            assertFalse(said.matches("(?s).*(Exception|java\\.).*"), () -> words + ": " + said);
          }
        });
  }

  /** Of a quote that is alone picocli warned on stderr, with the names of classes. */
  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '`',
      value = {"a\"b,c   ; a\"b|c", "\"a,b\" ; \"a|b\"", "x\"y,\"  ; x\"y|\""})
  void a_quote_is_a_character_of_a_name(String typed, String names) {
    CommandLine family = Operator.commandLine();
    CommandLine.ParseResult parsed = family.parseArgs("detect", "--table", typed);
    List<String> tables = parsed.subcommand().matchedOptionValue("--table", List.of());
    assertEquals(List.of(names.split("[|]")), tables);
  }

  /** Without a simulated cluster each ends where it would connect. */
  @Test
  void what_is_typed_ends_with_a_code_and_a_sentence() {
    List<String> names =
        List.of(
            "detect",
            "heal",
            "reset",
            "monitor",
            "status",
            "history",
            "resume",
            "restore",
            "forget",
            "test-connection",
            "problematic-translogs",
            "ctl");
    Map<String, CommandLine> commands = Operator.commandLine().getSubcommands();
    Tries.of(
        15,
        random -> {
          String name = RandomText.one(random, names);
          List<String> typed = new ArrayList<>(List.of(name));
          typed.addAll(words(commands.get(name), random));
          if (!name.equals("ctl")) {
            typed.addAll(
                random.nextBoolean() ? 1 : typed.size(), List.of("--connect", "sim:drill"));
          }
          typed.removeIf(word -> word.startsWith("@") || word.startsWith("http"));
          var around = new TestEnvironment(folder).withoutSimulator();
          var outcome = Operator.types(around, typed.toArray(String[]::new));
          String said = typed + ": " + outcome;
          assertTrue(outcome.exitCode() >= 0 && outcome.exitCode() <= 4, said);
          assertFalse(outcome.err().matches("(?s).*(\\tat |unexpected|Exception).*"), said);
        });
  }

  @Test
  void a_url_and_variables_are_settings_or_refused_in_a_sentence() {
    List<String> parts =
        List.of(
            "http",
            "https",
            "crate",
            "postgresql",
            "://",
            ":",
            "//",
            "@",
            "/",
            "?",
            "&",
            "=",
            "sslmode",
            "sslrootcert",
            "verify-ca",
            "h",
            "h1,h2",
            "4200",
            "-1",
            "[",
            "]",
            "::1",
            "%41",
            "%",
            "%00",
            "user",
            "p:w",
            "schema",
            "doc",
            "pool_size",
            "0");
    List<String> variables =
        List.of(
            "CRATE_USERNAME",
            "CRATE_PASSWORD",
            "CRATE_PASSWORD_FILE",
            "CRATE_SCHEMA",
            "CRATE_SSL_VERIFY",
            "CRATE_CONNECTION_STRING",
            "XMOVER_CONNECT",
            "CRATE_SSL");
    Tries.of(
        1000,
        random -> {
          var url = new StringBuilder(random.nextBoolean() ? "postgresql://" : "");
          for (int count = random.nextInt(8); count > 0; count--) {
            url.append(
                random.nextInt(8) == 0 ? RandomText.any(random) : RandomText.one(random, parts));
          }
          Map<String, String> environment =
              Map.of(RandomText.one(random, variables), value(random));
          try {
            ConnectionOptions.of(url.toString()).resolve(environment, file -> value(random));
          } catch (InvalidSettings refused) {
            assertTrue(refused.getMessage().length() > 10, refused.getMessage());
            assertEquals(-1, refused.getMessage().indexOf("Exception"), refused.getMessage());
          }
        });
  }
}
