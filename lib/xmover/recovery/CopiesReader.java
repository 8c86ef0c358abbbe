package xmover.recovery;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import xmover.cluster.Cluster;
import xmover.cluster.sql.Sql;
import xmover.detect.CopyState;
import xmover.detect.Detection;
import xmover.table.Bytes;
import xmover.table.Finding;

/** Looks at the copies of one table again and again. */
public final class CopiesReader {
  private final Cluster cluster;
  private final Finding table;
  private Optional<Long> nodes = Optional.empty();

  public CopiesReader(Cluster cluster, Finding table) {
    this.cluster = cluster;
    this.table = table;
  }

  /** One look; empty when the table is gone. */
  public Future<Optional<TableCopies>> look() {
    return new Detection(cluster)
        .copies(table.table())
        .compose(copies -> nodes(copies).compose(there -> seen(copies, there)));
  }

  /**
   * The largest uncommitted translog of a replica, when nothing is missing and none is larger than
   * that; empty when the table still needs something, or was never diagnosed. Fails when the
   * replicas do not tell.
   */
  public Future<Optional<Bytes>> worstIfHealed(Bytes healed) {
    return table.shards().isEmpty()
        ? Future.succeededFuture(Optional.empty())
        : look()
            .compose(
                seen ->
                    seen.filter(look -> look.missing().isEmpty() && look.isUntold(healed)).isEmpty()
                        ? Future.succeededFuture(seen.filter(look -> look.isHealed(healed)))
                        : Future.failedFuture("its replicas do not tell their translog"))
            .map(seen -> seen.map(look -> look.worstReplica().orElse(Bytes.ZERO)));
  }

  /**
   * Lets every copy show what it has. A flush refreshes too, and needs no privilege that healing
   * does not; a REFRESH needs DQL.
   */
  Future<Void> refresh() {
    return cluster.execute(Sql.flush(table.table())).mapEmpty();
  }

  /** How many nodes there are matters only where a shard has more copies than had a node before. */
  private Future<Long> nodes(List<CopyState> copies) {
    Map<Long, Long> perShard =
        copies.stream().collect(Collectors.groupingBy(CopyState::id, Collectors.counting()));
    if (perShard.values().stream().allMatch(count -> count <= startedBefore())) {
      return Future.succeededFuture(startedBefore());
    }
    return nodes
        .map(Future::succeededFuture)
        .orElseGet(
            () ->
                new Detection(cluster)
                    .identity()
                    .map(identity -> Math.max(identity.nodes().size(), startedBefore()))
                    .onSuccess(count -> nodes = Optional.of(count)));
  }

  /**
   * Copies per shard that had a node before: a node that is away for a moment does not make a
   * missing copy one that can't be.
   */
  private long startedBefore() {
    var totals = table.totals();
    double started = totals.primaries() + totals.replicas() - totals.unreported();
    return totals.primaries() == 0 ? 0 : (long) Math.ceil(started / totals.primaries());
  }

  private Future<Optional<TableCopies>> seen(List<CopyState> copies, long there) {
    var look = new TableCopies(copies, there);
    return copies.isEmpty()
        ? cluster
            .execute(Sql.settingAlone(table.table()))
            .map(rows -> rows.isEmpty() ? Optional.empty() : Optional.of(look))
        : Future.succeededFuture(Optional.of(look));
  }
}
