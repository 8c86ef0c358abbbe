package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.Repository;
import xmover.gates.IgnoredGates;
import xmover.gates.Preflight;
import xmover.reset.Cure;
import xmover.reset.machine.ResetState;
import xmover.run.ExitCode;

/** Every word that a run says is explained, and no other one. */
class ExplainTest {
  /** A severity, or what chooses one, comes right before the name of an event. */
  private static final Pattern EVENT =
      Pattern.compile(
          "(?:[Ss]everity(?:\\.[A-Z]+)?|Severity\\.\\w+ : (?:Severity\\.)?\\w+),\\s+(?:\\w+ \\? )?"
              + "\"([a-z_]+)\"(?: : \"([a-z_]+)\")?|pause\\(\\s*\"([a-z]+)\""
              + "|\\.put\\(\"event\", \"([a-z]+)\"");

  private static final Pattern STATEMENT =
      Pattern.compile("statement\\(\\s*Severity\\.\\w+,\\s*\"([a-z_]+)\"");

  private static Set<String> explained(String kind) {
    return Words.ofPage().all().stream()
        .filter(word -> word.kind().equals(kind))
        .map(Words.Word::name)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static Set<String> sorted(Stream<String> names) {
    return names.collect(Collectors.toCollection(TreeSet::new));
  }

  @Test
  void every_exit_code_is_explained() {
    assertEquals(
        sorted(Arrays.stream(ExitCode.values()).map(code -> String.valueOf(code.number()))),
        explained("exit code"));
  }

  @Test
  void every_gate_and_every_group_of_gates_is_explained() {
    var names = Stream.concat(Preflight.NAMES.stream(), IgnoredGates.known().stream());
    assertEquals(sorted(names), explained("gate"));
  }

  @Test
  void every_state_is_explained() {
    assertEquals(sorted(Arrays.stream(ResetState.values()).map(Enum::name)), explained("state"));
  }

  @Test
  void every_event_that_the_code_logs_is_explained_and_no_other_one() {
    Set<String> logged = new TreeSet<>(Set.of("transition"));
    sources().forEach(source -> addEvents(logged, source));
    assertTrue(logged.size() > 50, logged.toString());
    assertEquals(logged, explained("event"));
  }

  private static void addEvents(Set<String> logged, String source) {
    STATEMENT.matcher(source).results().forEach(found -> logged.add("sql_" + found.group(1)));
    EVENT
        .matcher(STATEMENT.matcher(source).replaceAll(""))
        .results()
        .flatMap(found -> IntStream.rangeClosed(1, found.groupCount()).mapToObj(found::group))
        .filter(Objects::nonNull)
        .forEach(logged::add);
    if (source.contains("word(cure)")) {
      Stream.of(Cure.State.CURED, Cure.State.NOT_CURED)
          .forEach(state -> logged.add(state.name().toLowerCase(Locale.ROOT)));
    }
  }

  private static List<String> sources() {
    try (Stream<Path> files = Files.walk(Repository.root().resolve("lib/xmover"))) {
      return files
          // A label of an alert follows its severity.
          .filter(file -> file.toString().endsWith(".java") && !file.endsWith("Alerts.java"))
          .map(ExplainTest::text)
          .toList();
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  @Test
  void each_word_says_what_happened_what_follows_and_what_to_do() {
    for (Words.Word word : Words.ofPage().all()) {
      for (String cell : List.of(word.happened(), word.follows(), word.help())) {
        assertTrue(cell.endsWith("."), word.toString());
      }
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "4                     | xmover resume",
        "shard-limit           | cluster.max_shards_per_node",
        "DISK                  | watermark",
        "restoring_replicas    | until it is seen",
        "sql_failed            | read back",
      })
  void a_word_is_explained_however_it_is_spelt(String word, String sentence) {
    var outcome = Operator.types("explain", word);
    assertEquals(0, outcome.exitCode());
    assertTrue(outcome.out().contains(sentence), outcome.out());
    List<String> lines = outcome.out().lines().toList();
    assertEquals(4, lines.size(), outcome.out());
    assertTrue(lines.get(3).startsWith("  What to do: "), outcome.out());
  }

  @Test
  void a_word_that_is_a_state_and_an_event_is_explained_as_both() {
    String out = Operator.types("explain", "completed").out();
    assertTrue(out.contains("COMPLETED (state)"), out);
    assertTrue(out.contains("completed (event)"), out);
  }

  @ParameterizedTest
  @CsvSource({"shardlimit,shard-limit", "recurence,recurrence", "restore_faild,restore_failed"})
  void an_unknown_word_proposes_near_ones(String typed, String meant) {
    var outcome = Operator.types("explain", typed);
    assertEquals(1, outcome.exitCode());
    assertTrue(outcome.err().contains("did you mean"), outcome.err());
    assertTrue(outcome.err().contains(meant), outcome.err());
  }

  @Test
  void without_a_word_all_are_listed() {
    var outcome = Operator.types("explain");
    assertEquals(0, outcome.exitCode());
    assertEquals(4, outcome.out().lines().count());
    assertTrue(outcome.out().contains("exit code: 0, 1, 2, 3, 4, 130, 143"), outcome.out());
  }
}
