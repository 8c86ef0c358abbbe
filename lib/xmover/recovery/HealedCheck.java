package xmover.recovery;

import io.vertx.core.Future;
import java.util.Optional;
import xmover.cluster.Cluster;
import xmover.table.Bytes;
import xmover.table.Finding;

/** A look at a table right before something is done to it. */
public final class HealedCheck {
  private HealedCheck() {}

  /**
   * The largest uncommitted translog of a replica, when nothing is missing and none is larger than
   * that; empty when the table still needs something, or was never diagnosed. Fails when the
   * replicas do not tell.
   */
  public static Future<Optional<Bytes>> at(Cluster cluster, Finding table, Bytes healed) {
    return table.shards().isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : new CopiesReader(cluster, table)
            .look()
            .compose(
                seen ->
                    seen.filter(look -> look.missing().isEmpty() && look.isUntold(healed)).isEmpty()
                        ? Future.succeededFuture(worst(seen, healed))
                        : Future.failedFuture("its replicas do not tell their translog"));
  }

  private static Optional<Bytes> worst(Optional<TableCopies> seen, Bytes healed) {
    return seen.filter(look -> look.isHealed(healed))
        .map(look -> look.worstReplica().orElse(Bytes.ZERO));
  }
}
