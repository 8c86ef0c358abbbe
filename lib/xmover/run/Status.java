package xmover.run;

import java.util.List;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.detect.ClusterIdentity;
import xmover.journal.JournalFolder;
import xmover.journal.Remembered;
import xmover.observe.HistoryText;
import xmover.observe.Terminal;
import xmover.observe.UnfinishedText;
import xmover.reset.PastReset;
import xmover.reset.Unfinished;

/**
 * What is unfinished, beside the cluster's truth.
 *
 * @param elsewhere what the journals hold of other clusters that this address reached
 * @param history the resets that ended; empty where they can't be read
 * @param historyFailure why not
 */
public record Status(
    ClusterIdentity cluster,
    Remembered remembered,
    Unfinished unfinished,
    List<JournalFolder.Open> elsewhere,
    Optional<List<PastReset>> history,
    Optional<String> historyFailure) {

  /** With the cluster down the journals of this machine still know what is open. */
  public static Status of(Connection connection, JournalPlace journal) {
    ClusterIdentity cluster = identity(connection, journal);
    Remembered remembered = Connection.await(journal.remembered(connection, cluster));
    var history = journal.history(connection, cluster);
    return new Status(
        cluster,
        remembered,
        Connection.await(Unfinished.of(remembered.unfinished(), connection.detection())),
        Connection.await(journal.elsewhere(connection, cluster)),
        Connection.await(history.map(Optional::of).otherwise(Optional.empty())),
        Connection.await(
            history
                .map(read -> Optional.<String>empty())
                .otherwise(failure -> Optional.of(ClusterFailure.sentence(failure)))));
  }

  private static ClusterIdentity identity(Connection connection, JournalPlace journal) {
    try {
      return Connection.await(connection.detection().identity());
    } catch (ClusterFailure failure) {
      throw journal.withOpenEntries(failure, connection);
    }
  }

  /** Fails where the cluster could not be looked at: what is told of it is what the journal has. */
  public void requireSeen() {
    if (unfinished.unread().isPresent()) {
      var failure =
          new ClusterFailure(ClusterFailure.Kind.NOT_READY, unfinished.unread().get(), null, null);
      throw remembered.unfinished().isEmpty()
          ? failure
          : OpenEntries.after(failure, remembered.unfinished());
    }
  }

  /** For people. */
  public String text(Terminal terminal) {
    var text = new StringBuilder(UnfinishedText.render(unfinished, terminal));
    remembered
        .held()
        .ifPresent(hold -> text.append(UnfinishedText.render(hold, cluster.rebalance())));
    remembered.troubles().forEach(trouble -> text.append("\n").append(trouble).append("\n"));
    elsewhere.forEach(
        other ->
            text.append("\nOf another cluster: ").append(OpenEntries.told(other)).append("\n"));
    history.ifPresent(resets -> text.append(HistoryText.render(resets, terminal)));
    historyFailure.ifPresent(failure -> text.append("\n").append(failure).append("\n"));
    return text.toString();
  }
}
