package xmover.print;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.reset.Cure;
import xmover.reset.FewerCopies;
import xmover.reset.Remedy;
import xmover.reset.RemedyResult;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.table.Bytes;
import xmover.table.Printable;

/** What a run did, for people: a line per table, the counts, and what to do about each failure. */
public final class RunSummary {
  private static final int FEW = 3;

  private final RunReport report;

  /** Those that are told in a line, by the reason. */
  private final Map<String, List<TableResult>> notBegun;

  private final Terminal terminal;

  public RunSummary(RunReport report, Terminal terminal) {
    this.report = report;
    this.notBegun = notBegun(report);
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
            .number("Time", r -> r.took().map(DurationText::text).orElse("-"))
            .number(
                "At 0",
                r -> r.job().map(job -> DurationText.text(job.times().atRisk())).orElse("-"))
            .number(
                "Wait",
                r -> r.job().map(job -> DurationText.text(job.times().waited())).orElse("-"))
            .text("Replicas", 9, RunSummary::replicas)
            .text("Translog", 12, RunSummary::translog)
            .render(told(), terminal, RunSummary::isNotDone)
        + collapsed().stream()
            .map(line -> " " + Printable.line(line) + "\n")
            .collect(Collectors.joining())
        + counts()
        + fewer()
        + spared()
        + advice();
  }

  /** Of many tables that were not begun for one reason it is enough to know how many they are. */
  private boolean isCollapsed(TableResult result) {
    return notBegun.getOrDefault(result.notStarted(), List.of()).contains(result);
  }

  /** Those that have a line of their own. */
  public List<TableResult> told() {
    return report.results().stream().filter(result -> !isCollapsed(result)).toList();
  }

  /** A line for each kind of the others. */
  public List<String> collapsed() {
    return notBegun.entrySet().stream()
        .map(
            kind ->
                "%s tables, first %s: not begun (%s)"
                    .formatted(
                        kind.getValue().size(),
                        kind.getValue().get(0).finding().table(),
                        kind.getKey()))
        .toList();
  }

  /** Whether something is left to do about it. */
  public static boolean isNotDone(TableResult result) {
    return !result.isCompleted() || result.isNotCured();
  }

  private static Map<String, List<TableResult>> notBegun(RunReport report) {
    Map<String, List<TableResult>> all =
        report.results().stream()
            .filter(result -> Outcome.of(result) == Outcome.NOT_BEGUN)
            .collect(
                Collectors.groupingBy(
                    TableResult::notStarted, LinkedHashMap::new, Collectors.toList()));
    all.values().removeIf(results -> results.size() <= FEW);
    return all;
  }

  private String counts() {
    return "\n%s\n".formatted(headline(report));
  }

  /**
   * {@code CRITICAL 1 · not cured 1 · refused 1 · healed 10 of 13 in 7m48s}: worst first, each
   * table once.
   */
  public static String headline(RunReport report) {
    Map<Outcome, Long> counts =
        report.results().stream()
            .collect(
                Collectors.groupingBy(
                    Outcome::of, () -> new EnumMap<>(Outcome.class), Collectors.counting()));
    long healed = Optional.ofNullable(counts.remove(Outcome.HEALED)).orElse(0L);
    Stream<String> others =
        counts.entrySet().stream().map(count -> count.getKey() + " " + count.getValue());
    String all =
        "healed %s of %s in %s"
            .formatted(healed, report.results().size(), DurationText.text(report.took()));
    Stream<String> left =
        report.beyondLimit() == 0
            ? Stream.empty()
            : Stream.of("left for another run %s (--max-tables)".formatted(report.beyondLimit()));
    return Stream.of(others, Stream.of(all), left)
        .flatMap(parts -> parts)
        .collect(Collectors.joining(" · "));
  }

  /** What became of a table, worst first; each counts once. */
  private enum Outcome {
    CRITICAL("CRITICAL"),
    NOT_CURED("not cured"),
    FAILED("failed"),
    REFUSED("refused"),
    NOT_BEGUN("not begun"),
    NOT_AWAITED("restored, not checked"),
    HEALED_LATE("healed, though the wait was given up"),
    HEALED("healed");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    static Outcome of(TableResult result) {
      if (result.isCritical()) {
        return CRITICAL;
      }
      boolean gentler =
          result.job().isEmpty() && result.treatment().filter(RemedyResult::applied).isPresent();
      boolean done = result.isCompleted() || result.isTimedOut() || gentler;
      if (done && result.cure().filter(Cure::isNotCured).isPresent()) {
        return NOT_CURED;
      }
      if (result.isCompleted()) {
        boolean awaited =
            result.cure().filter(cure -> cure.state() != Cure.State.NOT_AWAITED).isPresent();
        return awaited ? HEALED : NOT_AWAITED;
      }
      if (result.job().isPresent()) {
        return result.isTimedOut() && result.cure().filter(Cure::isCured).isPresent()
            ? HEALED_LATE
            : FAILED;
      }
      return result.isRefused() ? REFUSED : NOT_BEGUN;
    }

    @Override
    public String toString() {
      return words;
    }
  }

  private String fewer() {
    List<TableResult> some =
        report.results().stream().filter(result -> result.fewer().isAny()).toList();
    if (some.isEmpty()) {
      return "";
    }
    var lines = new StringBuilder("\nWith one copy fewer meanwhile:\n");
    some.forEach(
        result -> lines.append(line(result.finding().table() + ": " + fewer(result.fewer()))));
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
  public static String fewer(FewerCopies fewer) {
    return fewer.isAny()
        ? "%s%s of %s"
            .formatted(
                fewer.ended() ? "" : "at least ", DurationText.text(fewer.time()), fewer.bytes())
        : "-";
  }

  private String advice() {
    String steps = nextSteps().stream().map(RunSummary::line).collect(Collectors.joining());
    return steps.isEmpty() ? "" : "\nWhat to do (with the same --connect and --journal):\n" + steps;
  }

  /** A sentence each; none when all is well. */
  public List<String> nextSteps() {
    Stream<String> again =
        notBegun.values().stream()
            .map(
                tables ->
                    "The %s tables that were not begun: the same command again"
                        .formatted(tables.size()));
    Stream<String> each =
        told().stream()
            .flatMap(
                result ->
                    Advice.all(result).stream()
                        .map(advice -> result.finding().table() + ": " + advice));
    return Stream.concat(again, each).toList();
  }

  private static String line(String text) {
    return "  " + Printable.line(text) + "\n";
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

  private static boolean isTold(RemedyResult treatment) {
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
  private static String word(RemedyResult treatment) {
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

  public static String replicas(TableResult result) {
    String before =
        result
            .job()
            .map(ResetJob::original)
            .or(() -> result.finding().relation().replicas())
            .map(Object::toString)
            .orElse("?");
    return before + " → " + result.after().map(TableResult.After::replicas).orElse("?");
  }

  public static String translog(TableResult result) {
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
