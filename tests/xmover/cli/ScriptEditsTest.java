package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.TestEnvironment;
import xmover.options.Action;
import xmover.options.Cli;

/**
 * What stands in a script to be uncommented at three in the morning: each such line is, alone, and
 * the script is compiled and run. A line that has no effect here, or none that is looked at, fails.
 * Some seconds of CPU: a script is compiled for each.
 */
class ScriptEditsTest {
  private static final Pattern COMMENTED = Pattern.compile("^( +)// (\\S.*\\);)$");

  private static final String TABLES =
      """
      {"name": "doc.events", "shards": 2, "replicas": "1", "stuck_translog": "9gb"},
      {"name": "doc.metrics", "shards": 1, "replicas": "1", "stuck_translog": "8gb"},
      {"name": "archive.old", "shards": 1, "replicas": "1", "stuck_translog": "7gb"},
      {"name": "doc.alone", "shards": 1, "replicas": "0", "stuck_translog": "9gb"}
      """;

  private static final Set<String> ALL = Set.of("doc.events", "doc.metrics", "archive.old");

  private static final Map<String, List<String>> TYPED =
      Map.of(
          "detect", List.of(),
          "heal", List.of("--concurrent", "3", "--log-format", "json"),
          "reset", List.of("doc.events", "doc.metrics", "--yes", "--log-format", "json"),
          "monitor", List.of());

  /** What a line begins with, and what comes of it: the script as it was, and as it is then. */
  private static final Map<String, BiConsumer<Ran, Ran>> EFFECTS = new HashMap<>();

  /** What is put in place of a figure, so that its effect can be waited for. */
  private static final Map<String, String> SOONER =
      Map.of(
          "worst(10)", "worst(1)", "ofHours(2)", "ofMillis(1)", "getHour() < 18", "getHour() < 0");

  private static final Map<String, Ran> AS_IT_IS = new HashMap<>();

  static {
    EFFECTS.put("detect: seen.only(", ScriptEditsTest::leavesTheArchiveAlone);
    EFFECTS.put("detect: seen.worst(", ScriptEditsTest::seesTheWorstAlone);
    EFFECTS.put("detect: xmover.copies(", ScriptEditsTest::showsCopies);
    EFFECTS.put("heal: how.maxRuntime(", ScriptEditsTest::endsBeforeAllIsDone);
    EFFECTS.put("heal: seen.only(", ScriptEditsTest::healsNoArchive);
    EFFECTS.put("heal: seen.worst(", ScriptEditsTest::healsTheWorstAlone);
    EFFECTS.put("reset: how.maxWait(", ScriptEditsTest::waitsFiveMinutes);
    EFFECTS.put("reset: how.gate(", ScriptEditsTest::keepsTheTablesAsTheyAre);
    EFFECTS.put("reset: how.listener(", ScriptEditsTest::isToldAll);
    EFFECTS.put("monitor: xmover.tables(", ScriptEditsTest::leavesTheArchiveAlone);
    EFFECTS.put("monitor: xmover.detect(", ScriptEditsTest::showsWhatNeedsNoResetToo);
  }

  @TempDir private Path folder;

  /** A line that is commented out. */
  record Edit(String script, String statement) {
    /** Which method it uses first; what it stands for. */
    String name() {
      Matcher call = Pattern.compile("\\b(seen|how|xmover)\\.(?!print)\\w+\\(").matcher(statement);
      assertTrue(call.find(), statement);
      return script + ": " + call.group();
    }
  }

  /** What a script did. */
  record Ran(Operator.Outcome outcome, List<String> changes, List<String> settings) {}

  static List<Edit> edits() throws IOException {
    List<Edit> all = new ArrayList<>();
    for (String script : List.of("detect", "heal", "monitor", "reset")) {
      Files.readString(EditedScript.file(script))
          .lines()
          .map(COMMENTED::matcher)
          .filter(Matcher::matches)
          .forEach(line -> all.add(new Edit(script, line.group(2))));
    }
    return all;
  }

  @Test
  void each_line_that_can_be_edited_is_looked_at_and_no_other() throws IOException {
    List<String> names = edits().stream().map(Edit::name).toList();
    assertEquals(EFFECTS.keySet(), Set.copyOf(names));
    assertEquals(EFFECTS.size(), names.size(), names.toString());
  }

  @ParameterizedTest
  @MethodSource("edits")
  void a_line_that_is_uncommented_does_what_it_says(Edit edit) throws IOException {
    String source = Files.readString(EditedScript.file(edit.script()));
    String uncommented = source.replace("// " + edit.statement(), edit.statement());
    assertFalse(uncommented.equals(source), edit.toString());
    Ran edited = ran(edit.script(), compiled(edit, uncommented));
    // What comes of it may take hours, or the night.
    String sooner = uncommented;
    for (var figure : SOONER.entrySet()) {
      sooner = sooner.replace(figure.getKey(), figure.getValue());
    }
    if (!sooner.equals(uncommented)) {
      edited = ran(edit.script(), compiled(edit, sooner));
    }
    EFFECTS.get(edit.name()).accept(plain(edit.script()), edited);
  }

  @ParameterizedTest
  @ValueSource(strings = {"detect", "heal", "monitor", "reset"})
  void a_script_can_be_read_on_one_screen_and_run_by_its_name(String script) throws IOException {
    Path file = EditedScript.file(script);
    int lines = Files.readAllLines(file).size();
    assertTrue(lines >= 30 && lines <= 60, script + " has " + lines + " lines");
    assertTrue(Files.isExecutable(file), script);
    assertTrue(Files.readString(file).startsWith("///usr/bin/env jbang "), script);
  }

  /** As it is in the repository; the same for each of its lines. */
  private Ran plain(String script) throws IOException {
    Ran plain = AS_IT_IS.get(script);
    if (plain == null) {
      plain = ran(script, Operator.script(script));
      AS_IT_IS.put(script, plain);
    }
    return plain;
  }

  private Action compiled(Edit edit, String source) throws IOException {
    return EditedScript.compile(
        edit.script(), source, Files.createTempDirectory(folder, edit.script()));
  }

  private Ran ran(String name, Action script) throws IOException {
    Path home = Files.createTempDirectory(folder, name);
    try (var crate = new WiredCluster(home, "", TABLES)) {
      var around = new TestEnvironment(home).with(crate.time);
      List<String> words = new ArrayList<>(TYPED.get(name));
      words.addAll(List.of("--connect", crate.pg()));
      int code = Cli.run(around.environment(), script, words.toArray(String[]::new));
      return new Ran(
          new Operator.Outcome(code, around.out(), around.err()),
          crate.log.matching("^(ALTER TABLE|OPTIMIZE)"),
          crate
              .execute("SELECT table_name, number_of_replicas FROM information_schema.tables")
              .stream()
              .map(Object::toString)
              .toList());
    }
  }

  private static Set<String> healed(Ran ran) {
    return ran.outcome().logged().byTable("result", "result").keySet();
  }

  private static boolean shows(Ran ran, String table) {
    return ran.outcome().out().contains(table);
  }

  private static void assertEnds(int code, Ran ran) {
    assertEquals(code, ran.outcome().exitCode(), ran.toString());
  }

  private static void leavesTheArchiveAlone(Ran plain, Ran edited) {
    Stream.of(plain, edited).forEach(ran -> assertEnds(0, ran));
    assertTrue(shows(plain, "archive.old"), plain.toString());
    assertFalse(shows(edited, "archive.old"), edited.toString());
    assertTrue(shows(edited, "doc.events") && shows(edited, "doc.metrics"), edited.toString());
  }

  private static void seesTheWorstAlone(Ran plain, Ran edited) {
    Stream.of(plain, edited).forEach(ran -> assertEnds(0, ran));
    assertTrue(shows(plain, "doc.metrics"), plain.toString());
    assertFalse(shows(edited, "doc.metrics"), edited.toString());
    assertTrue(shows(edited, "doc.events"), edited.toString());
  }

  private static void showsCopies(Ran plain, Ran edited) {
    assertEnds(0, edited);
    assertTrue(edited.outcome().out().endsWith(plain.outcome().out()), edited.toString());
    assertTrue(edited.outcome().out().contains("STARTED"), edited.toString());
    assertFalse(plain.outcome().out().contains("STARTED"), plain.toString());
  }

  private static void endsBeforeAllIsDone(Ran plain, Ran edited) {
    assertEnds(0, plain);
    assertTrue(edited.outcome().exitCode() != 0, edited.toString());
    assertTrue(edited.outcome().err().contains("--max-runtime is over"), edited.toString());
    assertEquals(plain.settings(), edited.settings());
  }

  private static void healsNoArchive(Ran plain, Ran edited) {
    Stream.of(plain, edited).forEach(ran -> assertEnds(0, ran));
    assertEquals(ALL, healed(plain));
    assertEquals(Set.of("doc.events", "doc.metrics"), healed(edited));
  }

  private static void healsTheWorstAlone(Ran plain, Ran edited) {
    Stream.of(plain, edited).forEach(ran -> assertEnds(0, ran));
    assertEquals(ALL, healed(plain));
    assertEquals(Set.of("doc.events"), healed(edited));
  }

  private static void waitsFiveMinutes(Ran plain, Ran edited) {
    Stream.of(plain, edited).forEach(ran -> assertEnds(0, ran));
    assertEquals(720_000, plain.outcome().logged().only("run_started").path("max_wait_ms").asInt());
    assertEquals(
        300_000, edited.outcome().logged().only("run_started").path("max_wait_ms").asInt());
  }

  private static void keepsTheTablesAsTheyAre(Ran plain, Ran edited) {
    assertEnds(0, plain);
    assertFalse(plain.changes().isEmpty(), plain.toString());
    assertEnds(1, edited);
    assertEquals(List.of(), edited.changes());
    assertEquals(plain.settings(), edited.settings());
    assertTrue(edited.outcome().err().contains("nobody is here"), edited.toString());
  }

  private static void isToldAll(Ran plain, Ran edited) {
    Stream.of(plain, edited).forEach(ran -> assertEnds(0, ran));
    assertEquals(List.of(), told(plain));
    for (String words :
        List.of("Run .* reached cluster .*", "Sending: ALTER .*", "The run is over: .*")) {
      assertTrue(told(edited).stream().anyMatch(line -> line.matches(words)), edited.toString());
    }
  }

  private static List<String> told(Ran ran) {
    return ran.outcome().logged().texts("log", "message");
  }

  private static void showsWhatNeedsNoResetToo(Ran plain, Ran edited) {
    Stream.of(plain, edited).forEach(ran -> assertEnds(0, ran));
    assertFalse(shows(plain, "doc.alone"), plain.toString());
    assertTrue(shows(edited, "doc.alone"), edited.toString());
  }
}
