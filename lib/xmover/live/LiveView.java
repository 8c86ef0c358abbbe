package xmover.live;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;
import xmover.print.DurationText;
import xmover.reset.machine.ResetPolicy;
import xmover.table.Printable;

/**
 * A run as it looks on a terminal at one instant: what is at risk, the counts, then the tables that
 * are under way or have failed, as many as there is room for, and how many others there are.
 */
final class LiveView {
  private static final int NAME = 30;
  private static final int BAR = 10;
  private static final Comparator<TableProgress> NEWS_FIRST =
      Comparator.comparingInt(table -> order(table.stage()));

  private static final int NARROW = 70;
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss", Locale.ROOT);

  private final RunSnapshot run;
  private final int columns;
  private final ZoneId zone;

  private LiveView(RunSnapshot run, int columns, ZoneId zone) {
    this.run = run;
    this.columns = columns;
    this.zone = zone;
  }

  /**
   * Lines that fit into so many columns, and not more of them than rows.
   *
   * @param zone of whoever looks at the clock
   */
  static List<AttributedString> of(RunSnapshot run, int columns, int rows, ZoneId zone) {
    return new LiveView(run, columns, zone).lines(rows);
  }

  private List<AttributedString> lines(int rows) {
    List<AttributedString> lines = new ArrayList<>();
    lines.add(line(run.risk().text(run.now()), risk()));
    lines.add(line(counts(), AttributedStyle.BOLD));
    run.stopping().ifPresent(reason -> lines.add(line("Stopping: " + reason, bad())));
    run.trouble()
        .filter(reason -> run.risk().failing().isEmpty())
        .ifPresent(reason -> lines.add(line(reason, bad())));
    run.paused()
        .ifPresent(since -> lines.add(line("Paused: no new table starts", AttributedStyle.BOLD)));
    List<TableProgress> shown =
        run.tables().stream().filter(t -> isShown(t.stage())).sorted(NEWS_FIRST).toList();
    int room = Math.max(0, rows - lines.size() - 2) / linesEach();
    shown.stream().limit(room).map(this::table).forEach(lines::addAll);
    if (shown.size() > room) {
      lines.add(
          line("… and %s more".formatted(shown.size() - room), AttributedStyle.DEFAULT.faint()));
    }
    rest().ifPresent(rest -> lines.add(line(rest, AttributedStyle.DEFAULT.faint())));
    return lines.subList(0, Math.min(lines.size(), rows));
  }

  /** What is under way, and what somebody has to look at. */
  private static boolean isShown(Stage stage) {
    return switch (stage) {
      case CRITICAL, RESETTING, RECOVERING, STARTING, FAILED, NOT_CURED -> true;
      case QUEUED, NOT_STARTED, COMPLETED -> false;
    };
  }

  /** {@code 37 waiting, next doc.a · 4 done}; empty when there is nothing of the kind. */
  private Optional<String> rest() {
    RunCounts counts = run.counts();
    List<String> parts = new ArrayList<>();
    run.tables().stream()
        .filter(table -> table.stage() == Stage.QUEUED)
        .findFirst()
        .ifPresent(next -> parts.add(counts.at(Stage.QUEUED) + " waiting, next " + next.table()));
    if (counts.at(Stage.COMPLETED) > 0) {
      parts.add(counts.at(Stage.COMPLETED) + " done");
    }
    if (counts.at(Stage.NOT_STARTED) > 0) {
      parts.add(counts.at(Stage.NOT_STARTED) + " not started");
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(String.join(" · ", parts));
  }

  private AttributedStyle risk() {
    return switch (run.risk().level()) {
      case NONE -> AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
      case ONE_COPY -> AttributedStyle.BOLD.foreground(AttributedStyle.YELLOW);
      case RESTORE_FAILING -> AttributedStyle.BOLD.foreground(AttributedStyle.RED);
    };
  }

  private static int order(Stage stage) {
    return switch (stage) {
      case CRITICAL -> 0;
      case RESETTING -> 1;
      case RECOVERING -> 2;
      case STARTING -> 3;
      case FAILED, NOT_CURED -> 4;
      case QUEUED -> 5;
      case NOT_STARTED -> 6;
      case COMPLETED -> 7;
    };
  }

  private String counts() {
    RunCounts counts = run.counts();
    var text = new StringBuilder();
    run.cluster().ifPresent(cluster -> text.append(cluster.name()).append(": "));
    text.append("%s of %s done".formatted(counts.ended(), counts.all()));
    count(text, counts.at(Stage.FAILED) + counts.at(Stage.CRITICAL), "failed");
    count(text, counts.at(Stage.NOT_CURED), "not cured");
    count(text, counts.atZero(), "at 0 replicas");
    count(text, counts.at(Stage.RECOVERING), "recovering");
    run.remaining()
        .ifPresent(
            left ->
                text.append(", about ")
                    .append(DurationText.text(left))
                    .append(" left, until ")
                    .append(CLOCK.format(run.now().plus(left).atZone(zone))));
    return text.toString();
  }

  private static void count(StringBuilder text, int number, String what) {
    if (number > 0) {
      text.append(", ").append(number).append(' ').append(what);
    }
  }

  private int linesEach() {
    return columns < NARROW ? 2 : 1;
  }

  /** Where it is narrow, the name has a line of its own. */
  private List<AttributedString> table(TableProgress table) {
    String name = Printable.line(table.table().toString());
    AttributedStyle style = style(table.stage());
    return linesEach() == 2
        ? List.of(line(fitted(name, columns), style), line("  " + detail(table), style))
        : List.of(line(fitted(name, Math.min(NAME, columns / 3)) + "  " + detail(table), style));
  }

  private String detail(TableProgress table) {
    return switch (table.stage()) {
      case QUEUED -> "waits for its turn";
      case STARTING -> table.treating().map(r -> "tries " + r.word()).orElse("asked the gates");
      case RESETTING -> resetting(table);
      case RECOVERING -> recovering(table);
      case COMPLETED, NOT_CURED, FAILED, CRITICAL, NOT_STARTED -> ended(table);
    };
  }

  private String resetting(TableProgress table) {
    var text = new StringBuilder(atZero(table));
    table
        .leases()
        .ifPresent(
            leases ->
                text.append(
                    "  leases %s/%s %s"
                        .formatted(leases.now(), leases.expected(), bar(leases.cleared()))));
    table
        .waiting()
        .ifPresent(
            wait ->
                text.append(
                    "  look %s/%s in %s"
                        .formatted(wait.attempt(), wait.attempts(), until(wait.nextLook()))));
    return text.append("  ").append(word(table.state())).toString();
  }

  private String atZero(TableProgress table) {
    String limit = run.policy().map(policy -> " of " + limit(table, policy)).orElse("");
    return table
        .atZero(run.now())
        .map(time -> "at 0 for " + DurationText.text(time) + limit)
        .orElse("");
  }

  private static String limit(TableProgress table, ResetPolicy policy) {
    return DurationText.text(table.limit(policy));
  }

  private static String recovering(TableProgress table) {
    return table
        .recovery()
        .map(
            seen ->
                String.format(
                    Locale.ROOT,
                    "replicas recover %s %3.0f %%  %s of %s copies started",
                    bar(seen.percent() / 100),
                    seen.percent(),
                    seen.started(),
                    seen.copies()))
        .orElse("replicas recover");
  }

  private String ended(TableProgress table) {
    String after = table.translogAfter().map(bytes -> " → " + bytes).orElse("");
    return table.word().orElse("")
        + "  "
        + table.translogBefore()
        + after
        + table.atZero(run.now()).map(time -> "  at 0 for " + DurationText.text(time)).orElse("");
  }

  private String until(Instant then) {
    Duration left = Duration.between(run.now(), then);
    return DurationText.text(left.isNegative() ? Duration.ZERO : left);
  }

  private static String bar(double share) {
    int full = (int) Math.round(Math.max(0, Math.min(1, share)) * BAR);
    return "[" + "#".repeat(full) + ".".repeat(BAR - full) + "]";
  }

  private static String word(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static AttributedStyle style(Stage stage) {
    return switch (stage) {
      case CRITICAL, FAILED, NOT_CURED -> bad();
      case QUEUED, NOT_STARTED, COMPLETED -> AttributedStyle.DEFAULT.faint();
      case STARTING, RESETTING, RECOVERING -> AttributedStyle.DEFAULT;
    };
  }

  private static AttributedStyle bad() {
    return AttributedStyle.DEFAULT.foreground(AttributedStyle.RED);
  }

  /** Cut in columns, not in characters: a name may be in a script of wide ones. */
  private AttributedString line(String text, AttributedStyle style) {
    var line = new AttributedStringBuilder().append(Printable.line(text), style);
    return line.toAttributedString().columnSubSequence(0, columns);
  }

  private static String fitted(String name, int width) {
    AttributedString whole = new AttributedString(name);
    int length = whole.columnLength();
    return length <= width
        ? name + " ".repeat(width - length)
        : "…" + whole.columnSubSequence(length - width + 1, length);
  }
}
