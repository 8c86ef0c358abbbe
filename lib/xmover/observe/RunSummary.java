package xmover.observe;

import java.time.Duration;
import java.util.Locale;
import xmover.reset.ResetFailure;
import xmover.reset.ResetJob;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.table.Bytes;

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
            .number("Time", r -> r.job().map(job -> seconds(job.times().total())).orElse("-"))
            .number("At 0", r -> r.job().map(job -> seconds(job.times().atRisk())).orElse("-"))
            .number("Wait", r -> r.job().map(job -> seconds(job.times().waited())).orElse("-"))
            .text("Replicas", 9, RunSummary::replicas)
            .text("Translog", 12, RunSummary::translog)
            .render(report.results(), terminal, result -> !result.isCompleted())
        + counts()
        + advice();
  }

  private String counts() {
    String left =
        report.beyondLimit() == 0
            ? ""
            : ", %d left for another run (--max-tables)".formatted(report.beyondLimit());
    return "\n%d succeeded, %d failed%s, in %s\n"
        .formatted(report.completed(), report.failed(), left, seconds(report.took()));
  }

  private String advice() {
    var lines = new StringBuilder();
    for (TableResult result : report.results()) {
      Advice.all(result).forEach(advice -> lines.append(line(result, advice)));
    }
    return lines.isEmpty() ? "" : "\nWhat to do:\n" + lines;
  }

  private static String line(TableResult result, String advice) {
    return "  " + Terminal.printable(result.finding().table() + ": " + advice) + "\n";
  }

  /** One word for what became of a table. */
  static String result(TableResult result) {
    if (result.isCritical()) {
      return "CRITICAL";
    }
    return result
        .job()
        .map(job -> job.cause().map(RunSummary::word).orElse("completed"))
        .orElse("not started");
  }

  private static String word(ResetFailure failure) {
    return failure.cause().name().toLowerCase(Locale.ROOT).replace('_', ' ');
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
    Bytes before = result.finding().largestTranslog();
    return before
        + " → "
        + result
            .after()
            .map(after -> after.largestReplicaTranslog().map(Bytes::toString).orElse("recovering"))
            .orElse("?");
  }

  /** {@code 0.3s}, and from a hundred on without tenths. */
  static String seconds(Duration time) {
    return time.toSeconds() >= 100
        ? time.toSeconds() + "s"
        : String.format(Locale.ROOT, "%.1fs", time.toMillis() / 1000.0);
  }
}
