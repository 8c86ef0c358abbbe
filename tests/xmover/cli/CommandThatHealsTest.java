package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command that {@code monitor} gives for a sick table, typed as it stands there. */
class CommandThatHealsTest {
  private static final Pattern WORD =
      Pattern.compile("(?:'[^']*'|\"[^\"]*\"|\\\\'|[^\\s'\"\\\\])+");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"|\\\\(')");
  private static final String SICK =
      "\"shards\": 1, \"replicas\": \"1\", \"size\": \"1gb\", \"sick\": {\"translog\": \"%s\"}";
  private static final String TABLES =
      """
      {"name": "doc.t", %1$s}, {"name": "doc.it's, *", %1$s},
      {"name": "doc.p", "shards": 1, "replicas": "1", "partitioned_by": ["month", "region"],
       "partitions": [{"values": [1704067200000, "eu, west"], "replicas": "1", "sick": {"translog": "%2$s"}},
                      {"values": [1706745600000, null]}]}
      """;

  @TempDir private Path folder;

  /** What a shell makes of a line. */
  private static List<String> words(String line) {
    return WORD.matcher(line)
        .results()
        .map(
            word ->
                QUOTED
                    .matcher(word.group())
                    .replaceAll(
                        part ->
                            Matcher.quoteReplacement(
                                part.group(1) != null
                                    ? part.group(1)
                                    : part.group(2) != null ? part.group(2) : part.group(3))))
        .toList();
  }

  private static List<String> commands(String told) {
    return told.lines()
        .filter(line -> line.startsWith("To heal "))
        .map(line -> line.substring(line.indexOf(": xmover ") + ": xmover ".length()))
        .toList();
  }

  /** Types each command with what only looks; every plan is for the one table it was told for. */
  private void typed(String translog, List<String> expected, String... thresholds)
      throws Exception {
    String tables = TABLES.formatted(SICK.formatted(translog), translog);
    try (var crate = new WiredCluster(folder, "", tables)) {
      String told = crate.types("monitor", thresholds).out();
      List<String> commands = commands(told);
      assertEquals(expected, commands.stream().sorted().toList(), told);
      for (String command : commands) {
        List<String> typed = new ArrayList<>(words(command));
        typed.add("--dry-run");
        String name = typed.remove(0);
        var plan = crate.types(name, typed.toArray(String[]::new));
        assertEquals(0, plan.exitCode(), command + "\n" + plan);
        assertTrue(
            plan.out().contains("\n1 to heal without a reset, 0 to reset, 0 not"),
            command + "\n" + plan.out());
      }
    }
  }

  @Test
  void it_plans_the_healing_of_that_table_whatever_it_is_called() throws Exception {
    typed(
        "2gb",
        List.of(
            "heal --table 'doc.t'",
            "reset \"doc.it's, *\" --remedy auto",
            "reset \"doc.p[month=1704067200000,region='eu, west']\" --remedy auto"));
  }

  @Test
  void thresholds_that_the_monitor_was_given_are_those_of_the_command() throws Exception {
    typed(
        "100mb",
        List.of(
            "heal --table 'doc.t' --sizeMB 50.5 --percentage 10",
            "reset \"doc.it's, *\" --remedy auto --force",
            "reset \"doc.p[month=1704067200000,region='eu, west']\" --remedy auto --force"),
        "--sizeMB",
        "50.5",
        "--percentage",
        "10");
  }
}
