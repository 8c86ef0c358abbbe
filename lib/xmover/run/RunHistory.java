package xmover.run;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import xmover.cluster.ClusterFailure;
import xmover.detect.ClusterIdentity;
import xmover.detect.TableFilter;
import xmover.print.HistoryText;
import xmover.print.Terminal;
import xmover.report.HistoryJson;
import xmover.reset.PastReset;
import xmover.reset.ResetHistory;

/**
 * What runs did so far: the resets and gentler remedies that ended.
 *
 * @param cluster empty where it can't be reached: then these are of the journals of this machine
 * @param unreachable why it can't be reached
 * @param resets oldest first
 */
public record RunHistory(
    Optional<ClusterIdentity> cluster,
    Optional<ClusterFailure> unreachable,
    List<PastReset> resets) {
  public RunHistory {
    resets = List.copyOf(resets);
  }

  /** With the cluster down the journals of this machine still know what was done from here. */
  public static RunHistory of(Connection connection, JournalPlace journal) {
    try {
      ClusterIdentity cluster = Connection.await(connection.detection().identity());
      return new RunHistory(
          Optional.of(cluster),
          Optional.empty(),
          lastDays(connection, journal.history(connection, cluster)));
    } catch (ClusterFailure unreachable) {
      return new RunHistory(
          Optional.empty(),
          Optional.of(unreachable),
          lastDays(connection, journal.historyAnywhere(connection, unreachable)));
    }
  }

  private static List<PastReset> lastDays(Connection connection, Future<List<PastReset>> all) {
    return ResetHistory.ofTheLastDays(Connection.await(all), connection.timers().now());
  }

  /** What was done of these tables. */
  public RunHistory only(TableFilter tables) {
    return new RunHistory(
        cluster,
        unreachable,
        resets.stream().filter(reset -> tables.accepts(reset.table())).toList());
  }

  /** Fails where the cluster could not be reached: others may have done more, elsewhere. */
  public void requireSeen() {
    unreachable.ifPresent(
        failure -> {
          throw failure;
        });
  }

  /** For people. */
  public String text(Terminal terminal) {
    return HistoryText.byRun(resets, terminal)
        + (unreachable.isPresent()
            ? "\nThat is what the journals of this machine tell of this address.\n"
            : "");
  }

  /** For programs. */
  public ObjectNode json() {
    return HistoryJson.of(cluster, unreachable.map(ClusterFailure::sentence), resets);
  }
}
