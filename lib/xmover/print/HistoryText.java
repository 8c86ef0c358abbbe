package xmover.print;

import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import xmover.reset.FewerCopies;
import xmover.reset.PastReset;
import xmover.reset.PastReset.Figures;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Printable;

/** For people: the resets and gentler remedies that ended, and what came of them. */
public final class HistoryText {
  /** How many are shown. */
  private static final int SHOWN = 10;

  private HistoryText() {}

  /**
   * All of them, each run with its tables, ending with a line break.
   *
   * @param history oldest first
   */
  public static String byRun(List<PastReset> history, Terminal terminal) {
    Map<RunIdentity, List<PastReset>> runs =
        history.stream()
            .collect(Collectors.groupingBy(PastReset::run, LinkedHashMap::new, toList()));
    var text = new StringBuilder("Ended in the last 30 days: " + history.size() + "\n");
    runs.forEach((run, resets) -> text.append(of(run, resets, terminal)));
    return text.toString();
  }

  private static String of(RunIdentity run, List<PastReset> resets, Terminal terminal) {
    String heading =
        "Run %s by %s@%s, begun %s"
            .formatted(run.runId(), run.user(), run.host(), seconds(run.started()));
    return "\n%s\n".formatted(Printable.line(heading))
        + new TextTable<PastReset>()
            .text("Table", PastReset::table)
            .text("Ended", 10, reset -> seconds(reset.at()).toString().replace('T', ' '))
            .text("Result", 13, reset -> reset.remedy().word() + ", " + reset.outcome())
            .number("At 0", figure(f -> f.atZero().map(DurationText::text).orElse("-")))
            .text("One copy fewer", 8, figure(f -> time(f.fewer())))
            .text("Translog", 10, figure(f -> size(f.before()) + " → " + size(f.after())))
            .render(resets, terminal, HistoryText::isAlarming)
        + resets.stream().map(HistoryText::why).collect(Collectors.joining());
  }

  private static Function<PastReset, Object> figure(Function<Figures, Object> figure) {
    return reset -> reset.figures().map(figure).orElse("-");
  }

  private static String time(FewerCopies fewer) {
    return (fewer.ended() ? "" : "at least ") + DurationText.text(fewer.time());
  }

  private static String size(Optional<Bytes> bytes) {
    return bytes.map(Bytes::toString).orElse("-");
  }

  /** Why it was done, and what came of it. */
  private static String why(PastReset reset) {
    String all =
        Stream.of(reset.figures().map(Figures::reason).orElse(""), reset.told())
            .filter(words -> !words.isEmpty())
            .collect(Collectors.joining(" → "));
    return all.isEmpty() ? "" : "  " + Printable.line(reset.table() + ": " + all) + "\n";
  }

  private static Instant seconds(Instant time) {
    return time.truncatedTo(ChronoUnit.SECONDS);
  }

  private static boolean isAlarming(PastReset reset) {
    return reset.outcome() == PastReset.Outcome.NOT_CURED
        || reset.outcome() == PastReset.Outcome.FAILED;
  }

  /**
   * The last ones, ending with a line break; empty when nothing was done.
   *
   * @param history oldest first
   */
  public static String render(List<PastReset> history, Terminal terminal) {
    if (history.isEmpty()) {
      return "";
    }
    List<PastReset> last = history.subList(Math.max(0, history.size() - SHOWN), history.size());
    return "\nEnded in the last 30 days: %s%s\n"
            .formatted(history.size(), history.size() > SHOWN ? ", the last " + SHOWN : "")
        + new TextTable<PastReset>()
            .text("Table", PastReset::table)
            .text("Remedy", reset -> reset.remedy().word())
            .text("Ended", reset -> seconds(reset.at()))
            .text("Outcome", PastReset::outcome)
            .text("By", reset -> reset.run().user() + "@" + reset.run().host())
            .text("Told", PastReset::told)
            .render(last, terminal, reset -> reset.outcome() == PastReset.Outcome.NOT_CURED);
  }
}
