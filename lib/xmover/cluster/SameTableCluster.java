package xmover.cluster;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.sql.Sql;
import xmover.table.IndexUuid;
import xmover.table.TableRef;

/**
 * In whose answers the copies of a table stay those of one index: the first that is seen counts. A
 * name proves nothing. After a swap, or behind an address that leads elsewhere by now, the copies
 * of another table would be taken for the healed ones.
 */
public final class SameTableCluster implements Cluster {
  private final Cluster cluster;
  private final Map<TableRef, IndexUuid> known = new ConcurrentHashMap<>();

  public SameTableCluster(Cluster cluster) {
    this.cluster = cluster;
  }

  /** One in which the index of a table is known before any copy is seen. */
  public SameTableCluster(Cluster cluster, TableRef table, IndexUuid uuid) {
    this(cluster);
    known.put(table, uuid);
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    Optional<TableRef> copiesOf =
        statement.table().filter(table -> statement.equals(Sql.copies(table)));
    Future<List<Row>> answer = cluster.execute(statement);
    return copiesOf.map(table -> answer.compose(rows -> ofOneIndex(table, rows))).orElse(answer);
  }

  private Future<List<Row>> ofOneIndex(TableRef table, List<Row> copies) {
    for (Row copy : copies) {
      Optional<IndexUuid> uuid = IndexUuid.in(copy.text("path"));
      if (uuid.isPresent()) {
        IndexUuid first = known.computeIfAbsent(table, none -> uuid.get());
        if (!first.equals(uuid.get())) {
          return Future.failedFuture(another(table, first, uuid.get()));
        }
      }
    }
    return Future.succeededFuture(copies);
  }

  private static ClusterFailure another(TableRef table, IndexUuid was, IndexUuid is) {
    return new ClusterFailure(
        Kind.UNKNOWN_RELATION,
        "%s is another table by now (index %s, it was %s): swapped, made anew, or of another cluster behind the address"
            .formatted(table, is, was),
        null,
        null);
  }

  @Override
  public Future<Void> close() {
    return cluster.close();
  }
}
