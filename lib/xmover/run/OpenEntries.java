package xmover.run;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.detect.ClusterIdentity;
import xmover.journal.file.JournalFolder;
import xmover.reset.Journal;
import xmover.reset.machine.JournalEntry;
import xmover.table.Printable;

/**
 * A command failed, and tables that earlier runs began may be without their replicas: nothing could
 * be done for them. The message has several lines, each of them fit to be printed.
 */
public final class OpenEntries extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** What is open of other clusters: in the journal at hand, and in those of the same address. */
  static List<String> elsewhere(
      Connection connection, RunOptions how, Journal journal, ClusterIdentity cluster) {
    List<JournalEntry> foreign =
        Connection.await(journal.unfinished()).stream()
            .filter(entry -> entry.isOfAnother(cluster.id()))
            .toList();
    return message(foreign, Connection.await(how.journal().elsewhere(connection, cluster)));
  }

  private OpenEntries(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The failure of a command, and what is open in a journal. */
  public static OpenEntries after(Throwable failure, List<JournalEntry> open) {
    return new OpenEntries(
        Printable.line(ClusterFailure.sentence(failure))
            + "\nTables that may be AT 0 REPLICAS, as the journal remembers them:\n"
            + lines(open)
            + "\nWhen the cluster is ready: xmover resume",
        failure);
  }

  /** The same of journals that were found by the address alone. */
  static OpenEntries in(List<JournalFolder.Open> journals, Throwable failure) {
    return new OpenEntries(
        Printable.line(ClusterFailure.sentence(failure))
            + "\n"
            + journals.stream().map(OpenEntries::message).collect(Collectors.joining("\n"))
            + "\nWhen the cluster is back: xmover resume",
        failure);
  }

  /** What a journal of another cluster holds that was worked on by the same address. */
  public static String message(JournalFolder.Open journal) {
    String held =
        journal
            .held()
            .map(hold -> "\n  rebalancing was switched off, it was '" + hold.original() + "'")
            .orElse("");
    return "Unfinished in %s, begun by this address (gone for good: xmover forget):\n%s%s"
        .formatted(journal.file(), lines(journal.entries()), held);
  }

  /**
   * What is open of other clusters, in words.
   *
   * @param here in the journal at hand
   * @param elsewhere in journals of the same address
   */
  static List<String> message(List<JournalEntry> here, List<JournalFolder.Open> elsewhere) {
    return Stream.concat(
            here.isEmpty() ? Stream.empty() : Stream.of(ofAnother(here)),
            elsewhere.stream().map(OpenEntries::message))
        .toList();
  }

  /** What the journal at hand holds of another cluster. */
  private static String ofAnother(List<JournalEntry> entries) {
    return "Unfinished in this journal, and of another cluster (gone for good: xmover forget):\n"
        + lines(entries);
  }

  private static String lines(List<JournalEntry> entries) {
    return entries.stream()
        .map(OpenEntries::line)
        .map(Printable::line)
        .collect(Collectors.joining("\n"));
  }

  private static String line(JournalEntry entry) {
    return "  %s%s: its number_of_replicas was '%s', since %s%s"
        .formatted(
            entry.table(),
            entry.identity().map(who -> " of cluster " + who.clusterId()).orElse(""),
            entry.original(),
            entry.since(),
            entry.ends().missingSince().map(since -> ", missing since " + since).orElse(""));
  }
}
