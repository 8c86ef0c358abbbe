package xmover.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import xmover.Repository;
import xmover.gates.EveryGate;
import xmover.gates.Preflight;
import xmover.gates.RecurrenceGate;
import xmover.gates.SafetyGate;
import xmover.reset.Remedy;

/** The page "Which cure?" tells of each remedy the gates that the code asks, and no others. */
class WhichRemedyTest {
  private static final Pattern NAME = Pattern.compile("`([a-z-]+)`");

  @Test
  void each_remedy_has_the_gates_that_speak_for_it_in_the_code() throws IOException {
    Map<String, Set<String>> inCode = new TreeMap<>();
    for (Remedy remedy : EnumSet.complementOf(EnumSet.of(Remedy.NONE))) {
      Set<String> names = new TreeSet<>();
      gates().stream().filter(gate -> gate.guards(remedy)).forEach(gate -> names.add(gate.name()));
      inCode.put(remedy.name().toLowerCase(Locale.ROOT).replace('_', '-'), names);
    }
    assertEquals(inCode, inDocs());
  }

  @Test
  void no_gate_is_missing_here() {
    assertEquals(Preflight.NAMES, gates().stream().map(SafetyGate::name).toList());
  }

  @Test
  void the_page_of_the_gates_tells_each_of_them() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/gates.md"));
    Set<String> told = new TreeSet<>();
    for (String row : page.lines().filter(line -> line.startsWith("| `")).toList()) {
      told.addAll(names(row.substring(1, row.indexOf('|', 1))));
    }
    assertEquals(new TreeSet<>(Preflight.NAMES), told);
  }

  private static List<SafetyGate> gates() {
    var limit = new RecurrenceGate.Limit(1, Duration.ofDays(1));
    return EveryGate.of(limit, InstantSource.fixed(Instant.EPOCH));
  }

  /** The first column of the table names the remedy, the last its gates. */
  private static Map<String, Set<String>> inDocs() throws IOException {
    String page = Files.readString(Repository.root().resolve("docs/which-cure.md"));
    Map<String, Set<String>> remedies = new TreeMap<>();
    for (String line : page.lines().filter(row -> row.startsWith("| `")).toList()) {
      List<String> cells = List.of(line.substring(1).split("\\|", -1));
      remedies.put(names(cells.get(0)).iterator().next(), names(cells.get(cells.size() - 2)));
    }
    return remedies;
  }

  private static Set<String> names(String cell) {
    Set<String> names = new TreeSet<>();
    Matcher name = NAME.matcher(cell);
    while (name.find()) {
      names.add(name.group(1));
    }
    return names;
  }
}
