package xmover.print;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import xmover.reset.RebalanceHold;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.JournalEntry;
import xmover.table.Printable;
import xmover.table.TableRef;

/** For people: what was begun and not ended, the cluster's truth beside it, and what to do. */
public final class UnfinishedText {
  private UnfinishedText() {}

  /**
   * The first line: whether a run is at work, and whether anybody has to do something.
   *
   * @param holder the run that is at work; empty when none is
   */
  public static String headline(Optional<String> holder, Unfinished unfinished, Instant now) {
    return Printable.line(
            holder
                .map(run -> "A run is at work: " + run + ": leave it")
                .orElseGet(() -> "No run is at work" + left(unfinished, now)))
        + "\n";
  }

  private static String left(Unfinished unfinished, Instant now) {
    List<JournalEntry> atZero =
        unfinished.unread().isPresent()
            ? unfinished.entries()
            : unfinished.entries().stream().filter(unfinished::isAtZero).toList();
    if (unfinished.entries().isEmpty()) {
      return "";
    }
    if (atZero.isEmpty()) {
      return ": nothing is at 0, to be looked at once more → xmover resume";
    }
    Instant longest = Collections.min(atZero.stream().map(JournalEntry::since).toList());
    return ": %s %s 0 replicas for %s → xmover restore%s"
        .formatted(
            atZero.size() == 1 ? "1 table" : atZero.size() + " tables",
            unfinished.unread().isPresent() ? "may be AT" : "AT",
            DurationText.text(Duration.between(longest, now)),
            unfinished.unread().isPresent() ? ", once the cluster can be looked at" : "");
  }

  /**
   * What was begun, ending with a line break.
   *
   * @param atWork whether a run is at work, which nobody should take over
   */
  public static String render(Unfinished unfinished, boolean atWork, Terminal terminal) {
    return begun(unfinished, atWork, terminal)
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

  private static String begun(Unfinished unfinished, boolean atWork, Terminal terminal) {
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
        + (atWork
            ? "\nThe run that is at work goes on with them.\n"
            : "\nGo on with them: xmover resume. Just put the replicas back: xmover restore\n");
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
