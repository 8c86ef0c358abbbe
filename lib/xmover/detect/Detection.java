package xmover.detect;

import io.vertx.core.Future;
import java.util.List;
import xmover.cluster.Cluster;
import xmover.cluster.Sql;
import xmover.table.Finding;
import xmover.table.TableState;

/**
 * Looks for problematic replicas with four statements, however many tables there are: CrateDB
 * counts the shards, only the problematic ones travel.
 */
public final class Detection {
  private final Cluster cluster;

  public Detection(Cluster cluster) {
    this.cluster = cluster;
  }

  /**
   * Analyses the tables a filter accepts. Fails with {@link NoSuchTable} when a name or glob of the
   * filter matches no table the user can see.
   */
  public Future<Analysis> analyse(Thresholds thresholds, TableFilter filter) {
    return cluster
        .execute(Sql.identity())
        .map(rows -> ClusterIdentity.of(rows.get(0)))
        .compose(identity -> analyse(identity, thresholds, filter));
  }

  /** Every table and partition as it is now, whether problematic or not. */
  public Future<List<TableState>> states(Thresholds thresholds) {
    return cluster
        .execute(Sql.relations())
        .map(rows -> Catalogue.of(rows, TableFilter.ALL))
        .compose(
            catalogue ->
                cluster.execute(Sql.shardTotals(thresholds.size())).map(catalogue::states));
  }

  private Future<Analysis> analyse(
      ClusterIdentity identity, Thresholds thresholds, TableFilter filter) {
    return cluster
        .execute(Sql.relations())
        .map(rows -> Catalogue.of(rows, filter))
        .compose(
            catalogue ->
                findings(catalogue, thresholds)
                    .map(
                        findings ->
                            new Analysis(
                                identity,
                                thresholds,
                                findings,
                                catalogue.hidden(identity.superuser()))));
  }

  private Future<List<Finding>> findings(Catalogue catalogue, Thresholds thresholds) {
    return cluster
        .execute(Sql.shardTotals(thresholds.size()))
        .compose(
            totals ->
                cluster
                    .execute(Sql.problematicReplicas(thresholds.size()))
                    .map(replicas -> catalogue.findings(totals, replicas, thresholds)));
  }
}
