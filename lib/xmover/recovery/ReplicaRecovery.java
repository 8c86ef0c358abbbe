package xmover.recovery;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.cluster.SameTableCluster;
import xmover.environment.Timers;
import xmover.reset.Cure;
import xmover.reset.Recovery;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableIdentity;

/**
 * The proof after a remedy, for many tables: every copy is STARTED, no replica's uncommitted
 * translog is above the threshold, and at rest each replica has as many documents as its primary.
 * The answer to an ALTER proves none of it.
 */
public final class ReplicaRecovery implements Recovery {
  private final Cluster cluster;
  private final Timers timers;
  private final RunListener listener;
  private final Bytes threshold;
  private final Duration timeout;

  /**
   * @param listener is told how far the copies are
   * @param threshold above which a replica's uncommitted translog is not cured
   * @param timeout how long the copies of one table are waited for
   */
  public ReplicaRecovery(
      Cluster cluster, Timers timers, RunListener listener, Bytes threshold, Duration timeout) {
    this.cluster = cluster;
    this.timers = timers;
    this.listener = listener;
    this.threshold = threshold;
    this.timeout = timeout;
  }

  @Override
  public Future<Cure> await(Finding table, Future<Void> stopped) {
    return await(table, cluster, stopped);
  }

  @Override
  public Future<Cure> await(Finding table, Optional<TableIdentity> identity, Future<Void> stopped) {
    return await(
        table,
        identity
            .<Cluster>map(known -> new SameTableCluster(cluster, table.table(), known.uuid()))
            .orElse(cluster),
        stopped);
  }

  private Future<Cure> await(Finding table, Cluster seen, Future<Void> stopped) {
    return new RecoveryWait(
            table,
            new CopiesReader(seen, table),
            timers,
            look -> tell(table, look),
            threshold,
            timeout)
        .await(stopped);
  }

  private void tell(Finding table, TableCopies look) {
    listener.on(new RunEvent.Recovering(table, look.reading()));
    listener.on(new RunEvent.CopiesSeen(table.table(), look.told()));
  }
}
