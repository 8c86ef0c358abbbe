package xmover.observe;

import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;
import xmover.reset.Cure;
import xmover.reset.FewerCopies;
import xmover.reset.Remedy;
import xmover.reset.ResetFailure;
import xmover.reset.ResetJob;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.Treatment;
import xmover.table.Bytes;
import xmover.table.Printable;

/** What a run did, for people: a line per table, the counts, and what to do about each failure. */
public final class RunSummary {
  private final RunReport report;
  private final Terminal terminal;

  public RunSummary(RunReport report, Terminal terminal) {
    this.report = report;
    this.terminal = terminal;
  }

  /** The whole text, ending with a line break. */
  public String render() {
    if (report.results().isEmpty()) {
      return "Nothing to reset.\n";
    }
    return new TextTable<TableResult>()
            .text("Table", result -> result.finding().table())
            .text("Result", 11, RunSummary::result)
            .number("Time", r -> r.took().map(Lasting::text).orElse("-"))
            .number("At 0", r -> r.job().map(job -> Lasting.text(job.times().atRisk())).orElse("-"))
            .number("Wait", r -> r.job().map(job -> Lasting.text(job.times().waited())).orElse("-"))
            .text("Replicas", 9, RunSummary::replicas)
            .text("Translog", 12, RunSummary::translog)
            .render(report.results(), terminal, r -> !r.isCompleted() || r.isNotCured())
        + counts()
        + fewer()
        + spared()
        + advice();
  }

  private String counts() {
    String left =
        report.beyondLimit() == 0
            ? ""
            : ", %s left for another run (--max-tables)".formatted(report.beyondLimit());
    return "\n%s%s, in %s\n".formatted(counted(report), left, Lasting.text(report.took()));
  }

  private String fewer() {
    List<TableResult> some =
        report.results().stream().filter(result -> result.fewer().isAny()).toList();
    if (some.isEmpty()) {
      return "";
    }
    var lines = new StringBuilder("\nWith one copy fewer meanwhile:\n");
    some.forEach(result -> lines.append(line(result, fewer(result.fewer()))));
    return some.size() == 1 ? lines.toString() : lines + "  in all " + fewer(sum()) + "\n";
  }

  private String spared() {
    int tables = report.spared().size();
    return tables == 0
        ? ""
        : "\nA reset would have left %s with one copy: %s\n"
            .formatted(
                tables == 1 ? "1 table" : "%s tables".formatted(tables), report.sparedBytes());
  }

  private FewerCopies sum() {
    return report.results().stream()
        .map(TableResult::fewer)
        .reduce(FewerCopies.NEVER, FewerCopies::plus);
  }

  /** {@code 2.6s of 1.1 GB}, {@code at least 4.0s of 1.1 GB}; a dash when no copy was missing. */
  static String fewer(FewerCopies fewer) {
    return fewer.isAny()
        ? "%s%s of %s"
            .formatted(fewer.ended() ? "" : "at least ", Lasting.text(fewer.time()), fewer.bytes())
        : "-";
  }

  /** {@code 4 succeeded, 1 failed}, and how many of them are back and not healed. */
  static String counted(RunReport report) {
    int notCured = report.notCured().size();
    return "%s succeeded%s, %s failed"
        .formatted(
            report.completed(),
            notCured == 0 ? "" : " (%s of them not cured)".formatted(notCured),
            report.failed());
  }

  private String advice() {
    var lines = new StringBuilder();
    for (TableResult result : report.results()) {
      Advice.all(result).forEach(advice -> lines.append(line(result, advice)));
    }
    return lines.isEmpty() ? "" : "\nWhat to do (with the same --connect and --journal):\n" + lines;
  }

  private static String line(TableResult result, String advice) {
    return "  " + Printable.line(result.finding().table() + ": " + advice) + "\n";
  }

  /** One word for what became of a table. */
  public static String result(TableResult result) {
    if (result.isCritical()) {
      return "CRITICAL";
    }
    if (result.isNotCured()) {
      return "not cured";
    }
    if (result.isRefused()) {
      return "refused";
    }
    return result
        .job()
        .map(job -> job.cause().map(ResetFailure::cause).map(RunSummary::word).orElse("completed"))
        .or(() -> result.treatment().filter(RunSummary::isTold).map(RunSummary::word))
        .orElse("not started");
  }

  private static boolean isTold(Treatment treatment) {
    return treatment.applied() || treatment.remedy() == Remedy.NONE;
  }

  /** Every word that {@link #result} may answer. */
  public static List<String> results() {
    return Stream.of(
            Stream.of("CRITICAL", "not cured", "refused", "completed", "not started"),
            Stream.of(Remedy.values()).map(RunSummary::word),
            Stream.of(ResetFailure.Cause.values()).map(RunSummary::word))
        .flatMap(words -> words)
        .distinct()
        .toList();
  }

  /** Of a table that was not reset. */
  private static String word(Treatment treatment) {
    return treatment.cure().isNotCured() ? "not cured" : word(treatment.remedy());
  }

  private static String word(Remedy remedy) {
    return switch (remedy) {
      case FLUSH -> "flushed";
      case MOVE -> "moved";
      case REBUILD, REBUILD_ALONE -> "rebuilt";
      case NONE -> "healed already";
      case RESET -> "completed";
    };
  }

  private static String word(ResetFailure.Cause cause) {
    return cause.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String replicas(TableResult result) {
    String before =
        result
            .job()
            .map(ResetJob::original)
            .or(() -> result.finding().relation().replicas())
            .map(Object::toString)
            .orElse("?");
    return before + " → " + result.after().map(TableResult.After::replicas).orElse("?");
  }

  static String translog(TableResult result) {
    boolean seen = result.after().isPresent() || result.cure().isPresent();
    return result.finding().largestTranslog()
        + " → "
        + result
            .after()
            .flatMap(TableResult.After::largestReplicaTranslog)
            .or(() -> result.cure().flatMap(Cure::worstReplica))
            .map(Bytes::toString)
            .orElse(seen ? "recovering" : "?");
  }
}
