package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Model.OptionSpec;
import xmover.environment.TestEnvironment;

/** {@code heal} and {@code problematic-translogs --autoexec} are the same run. */
class HealIsAutoexecTest {
  private static final String AUTOEXEC = "problematic-translogs --autoexec";

  private static final String TABLES =
      """
      {"name": "doc.moved", "shards": 2, "replicas": "1", "sick": {"translog": "5gb"}},
      {"name": "doc.flushed", "shards": 1, "replicas": "1", "stuck_translog": "9gb",
       "stuck": "unflushed"}
      """;

  @TempDir private Path folder;

  @Test
  void they_have_the_same_options_but_those_of_an_analysis() {
    Map<String, String> autoexec = options("problematic-translogs");
    for (String option : List.of("--autoexec", "--execute", "--output")) {
      autoexec.remove("[" + option + "]");
    }
    Map<String, String> heal = options("heal");
    heal.remove("[--output]");
    assertEquals(autoexec, heal);
  }

  /** Each with all that is to be known of it. */
  private static Map<String, String> options(String command) {
    Map<String, String> all = new TreeMap<>();
    for (OptionSpec option :
        Operator.commandLine().getSubcommands().get(command).getCommandSpec().options()) {
      all.put(
          List.of(option.names()).toString(),
          String.join(
              " ",
              option.type().getName(),
              option.arity().toString(),
              option.paramLabel(),
              String.valueOf(option.defaultValue()),
              String.valueOf(option.splitRegex()),
              String.join(" ", option.description())));
    }
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"--remedy auto", "--remedy reset", "--remedy move --exclude doc.flushed"})
  void with_the_same_remedy_they_send_the_same_statements(String remedy) throws IOException {
    Sent heal = sent("heal " + remedy);
    assertEquals(sent(AUTOEXEC + " " + remedy), heal);
    assertEquals(0, heal.exitCode(), heal.toString());
  }

  @Test
  void only_where_no_remedy_is_typed_they_begin_with_another_one() throws IOException {
    assertEquals(sent(AUTOEXEC + " --remedy auto"), sent("heal"));
    assertEquals(sent("heal --remedy reset"), sent(AUTOEXEC));
  }

  private record Sent(int exitCode, List<String> changes) {}

  private Sent sent(String typed) throws IOException {
    Path home = Files.createTempDirectory(folder, "run");
    try (var crate = new WiredCluster(home, "", TABLES)) {
      List<String> words = new ArrayList<>(List.of(typed.split(" ")));
      words.addAll(List.of("--connect", crate.pg()));
      var around = new TestEnvironment(home).with(crate.time);
      int code = Operator.types(around, words.toArray(String[]::new)).exitCode();
      return new Sent(code, crate.log.matching("^(ALTER|OPTIMIZE|SET|RESET)"));
    }
  }
}
