package xmover.observe;

import java.time.temporal.ChronoUnit;
import java.util.List;
import xmover.reset.PastReset;

/** For people: the last resets and gentler remedies that ended, and what came of them. */
public final class HistoryText {
  /** How many are shown. */
  private static final int SHOWN = 10;

  private HistoryText() {}

  /**
   * The text, ending with a line break; empty when nothing was done.
   *
   * @param history oldest first
   */
  public static String render(List<PastReset> history, Terminal terminal) {
    if (history.isEmpty()) {
      return "";
    }
    List<PastReset> last = history.subList(Math.max(0, history.size() - SHOWN), history.size());
    return "\nHealed in the last 30 days: %s%s\n"
            .formatted(history.size(), history.size() > SHOWN ? ", the last " + SHOWN : "")
        + new TextTable<PastReset>()
            .text("Table", PastReset::table)
            .text("Remedy", reset -> reset.remedy().word())
            .text("Ended", reset -> reset.at().truncatedTo(ChronoUnit.SECONDS))
            .text("Outcome", PastReset::outcome)
            .text("By", reset -> reset.run().user() + "@" + reset.run().host())
            .text("Told", PastReset::told)
            .render(last, terminal, reset -> reset.outcome() == PastReset.Outcome.NOT_CURED);
  }
}
