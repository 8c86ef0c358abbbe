package xmover.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.detect.ClusterIdentity;
import xmover.journal.JournalContents;
import xmover.journal.file.JournalFolder;
import xmover.json.UnfinishedJson;
import xmover.print.HistoryText;
import xmover.print.Terminal;
import xmover.print.UnfinishedText;
import xmover.reset.PastReset;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.JournalEntry;

/**
 * What is unfinished, beside the cluster's truth, and whether a run is at work on it.
 *
 * @param cluster empty where it can't be reached: then the journals of this machine are what counts
 * @param holder the run that is at work, or why nobody can tell; empty when none is
 * @param elsewhere what the journals hold of other clusters that this address reached
 * @param history the resets that ended; empty where they can't be read
 * @param historyFailure why not
 */
public record Status(
    Optional<ClusterIdentity> cluster,
    Holder holder,
    JournalContents remembered,
    Unfinished unfinished,
    List<JournalFolder.Open> elsewhere,
    Optional<List<PastReset>> history,
    Optional<String> historyFailure,
    Instant now) {

  /**
   * Who works on the cluster.
   *
   * @param run in words; empty when none does
   * @param unread why that can't be told; empty when it can
   */
  public record Holder(Optional<String> run, Optional<String> unread) {
    static Holder of(Future<Optional<String>> look) {
      return Connection.await(
          look.map(run -> new Holder(run, Optional.empty()))
              .otherwise(
                  failure ->
                      new Holder(Optional.empty(), Optional.of(ClusterFailure.sentence(failure)))));
    }
  }

  /** With the cluster down the journals of this machine still know what is open. */
  public static Status of(Connection connection, JournalPlace journal) {
    try {
      return of(connection, journal, Connection.await(connection.detection().identity()));
    } catch (ClusterFailure unreachable) {
      return ofThisMachine(connection, journal, ClusterFailure.sentence(unreachable));
    }
  }

  private static Status of(Connection connection, JournalPlace journal, ClusterIdentity cluster) {
    var holder = Holder.of(journal.holder(connection, cluster));
    JournalContents remembered = Connection.await(journal.remembered(connection, cluster));
    var history = journal.history(connection, cluster);
    return new Status(
        Optional.of(cluster),
        holder,
        remembered,
        Connection.await(Unfinished.of(remembered.unfinished(), connection.detection())),
        Connection.await(journal.elsewhere(connection, cluster)),
        Connection.await(history.map(Optional::of).otherwise(Optional.empty())),
        Connection.await(
            history
                .map(read -> Optional.<String>empty())
                .otherwise(failure -> Optional.of(ClusterFailure.sentence(failure)))),
        connection.timers().now());
  }

  private static Status ofThisMachine(
      Connection connection, JournalPlace journal, String unreachable) {
    List<JournalFolder.Open> open = Connection.await(journal.anywhere(connection));
    List<JournalEntry> entries = open.stream().flatMap(file -> file.entries().stream()).toList();
    var held = open.stream().flatMap(file -> file.held().stream()).findFirst();
    return new Status(
        Optional.empty(),
        Holder.of(journal.holderOfAny(connection, open)),
        new JournalContents(entries, held, List.of()),
        new Unfinished(entries, List.of(), Optional.of(unreachable)),
        List.of(),
        Optional.empty(),
        Optional.empty(),
        connection.timers().now());
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

  /** What a check ends with: 4 while a table is at 0, 1 while anything is unfinished. */
  public ExitCode urgency() {
    if (unfinished.entries().stream().anyMatch(unfinished::isAtZero)) {
      return ExitCode.CRITICAL;
    }
    boolean idle = unfinished.entries().isEmpty() && remembered.held().isEmpty();
    return idle && elsewhere.isEmpty() ? ExitCode.DONE : ExitCode.ERROR;
  }

  /** For people. */
  public String text(Terminal terminal) {
    var text = new StringBuilder(UnfinishedText.headline(holder.run(), unfinished, now));
    holder
        .unread()
        .ifPresent(
            why ->
                text.append("Whether a run is at work can't be told: ").append(why).append("\n"));
    text.append(UnfinishedText.render(unfinished, holder.run().isPresent(), terminal));
    remembered
        .held()
        .ifPresent(
            hold ->
                text.append(
                    UnfinishedText.render(
                        hold, cluster.map(ClusterIdentity::rebalance).orElse("unknown"))));
    remembered.troubles().forEach(trouble -> text.append("\n").append(trouble).append("\n"));
    elsewhere.forEach(
        other ->
            text.append("\nOf another cluster: ").append(OpenEntries.message(other)).append("\n"));
    history.ifPresent(resets -> text.append(HistoryText.render(resets, terminal)));
    historyFailure.ifPresent(failure -> text.append("\n").append(failure).append("\n"));
    return text.toString();
  }

  /** For programs. */
  public ObjectNode json() {
    ObjectNode json = UnfinishedJson.of(cluster, holder.run(), unfinished, remembered.held());
    holder.unread().ifPresent(why -> json.put("run_at_work_unread", why));
    if (!elsewhere.isEmpty()) {
      var others = json.putArray("of_other_clusters");
      elsewhere.forEach(other -> others.add(OpenEntries.message(other)));
    }
    return json;
  }
}
