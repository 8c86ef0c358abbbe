package xmover.observe;

import java.util.List;
import xmover.reset.JournalEntry;
import xmover.reset.RebalanceHold;
import xmover.reset.Unfinished;
import xmover.table.Printable;
import xmover.table.TableRef;

/** For people: what was begun and not ended, the cluster's truth beside it, and what to do. */
public final class UnfinishedText {
  private UnfinishedText() {}

  /** The whole text, ending with a line break. */
  public static String render(Unfinished unfinished, Terminal terminal) {
    return begun(unfinished, terminal)
        + list(
            "\nAt 0 replicas, and no journal explains it (was it you?):\n",
            unfinished.unexplained(),
            "xmover restore %s --to SETTING")
        + list(
            "\nReplicas that report nothing (unassigned, or still starting):\n",
            unfinished.neverStarted(),
            "xmover monitor %s");
  }

  /**
   * What of the cluster's rebalancing an earlier run did not put back.
   *
   * @param now what is in force
   */
  public static String render(RebalanceHold hold, String now) {
    String text =
        "Rebalancing was held by %s: it was '%s' and is '%s' now"
            .formatted(hold.run(), hold.original(), now);
    return "\n"
        + Printable.line(text)
        + (now.equals(RebalanceHold.OFF)
            ? "\nPut it back: xmover resume, or type: "
                + Printable.line(hold.putBack().text())
                + ";\n"
            : "\nNothing is left to put back; the next run or xmover resume forgets it.\n");
  }

  private static String begun(Unfinished unfinished, Terminal terminal) {
    if (unfinished.entries().isEmpty()) {
      return "No unfinished reset.\n";
    }
    return "Unfinished resets: "
        + unfinished.entries().size()
        + "\n"
        + new TextTable<JournalEntry>()
            .text("Table", JournalEntry::table)
            .text("State", JournalEntry::state)
            .number("Replicas", JournalEntry::original)
            .text("Cluster says", unfinished::truth)
            .text("Since", entry -> entry.run().started())
            .text("By", entry -> entry.run().user() + "@" + entry.run().host())
            .text("Run", entry -> entry.run().runId())
            .render(unfinished.entries(), terminal, entry -> true)
        + "\nGo on with them: xmover resume. Just put the replicas back: xmover restore\n";
  }

  private static String list(String heading, List<TableRef> tables, String command) {
    var text = new StringBuilder();
    for (TableRef table : tables) {
      text.append("  ")
          .append(Printable.line(table.toString()))
          .append("   ")
          .append(Printable.line(command.formatted(table.argument())))
          .append('\n');
    }
    return text.isEmpty() ? "" : heading + text;
  }
}
