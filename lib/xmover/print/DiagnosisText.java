package xmover.print;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import xmover.table.Diagnosis;
import xmover.table.Diagnosis.Kind;
import xmover.table.Finding;
import xmover.table.KnownBug;
import xmover.table.Printable;

/** Diagnoses for people: a word in the table of shards, and below it what the words mean. */
public final class DiagnosisText {
  private DiagnosisText() {}

  /** Short, so that the table fits 80 columns. */
  public static String word(Kind kind) {
    return switch (kind) {
      case HOLE -> "hole";
      case LAGGING_COPY -> "lagging";
      case FLUSHES_BY_ITSELF -> "flushes";
      case UNKNOWN -> "unknown";
    };
  }

  /** A line per word that occurs, then the known bugs with the tables that may have met them. */
  static String legend(List<Finding> findings) {
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    var tablesOf = new TreeMap<String, Set<String>>();
    for (Finding finding : findings) {
      for (Diagnosis diagnosis : finding.diagnoses()) {
        kinds.add(diagnosis.kind());
        diagnosis.causes().stream()
            .map(DiagnosisText::sentence)
            .forEach(
                bug ->
                    tablesOf
                        .computeIfAbsent(bug, b -> new TreeSet<>())
                        .add(finding.table().toString()));
      }
    }
    var lines = new StringBuilder();
    kinds.forEach(kind -> lines.append(" %-7s = %s\n".formatted(word(kind), meaning(kind))));
    tablesOf.forEach(
        (bug, tables) -> {
          String line = "%s (%s)".formatted(bug, String.join(", ", tables));
          lines.append(' ').append(Printable.line(line)).append('\n');
        });
    return lines.toString();
  }

  private static String meaning(Kind kind) {
    return switch (kind) {
      case HOLE -> "an operation is missing in this copy, no flush frees its translog";
      case LAGGING_COPY -> "this copy is complete, another copy of its shard is behind";
      case FLUSHES_BY_ITSELF -> "all copies are complete, the next flush frees it: leave it";
      case UNKNOWN -> "CrateDB reports too little to tell; see --output json";
    };
  }

  private static String sentence(KnownBug bug) {
    String fixed =
        bug.fixedIn()
            .map(version -> "fixed in " + version + " (take the newest release)")
            .orElse("with no version that fixes it");
    String help = bug.help().isEmpty() ? "" : "; what helps: " + bug.help();
    return "May be a bug of this CrateDB, %s: %s%s".formatted(fixed, bug.text(), help);
  }
}
