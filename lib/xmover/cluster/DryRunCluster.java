package xmover.cluster;

import io.vertx.core.Future;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * A cluster whose reads are real and whose writes are told instead of sent. A table that was told
 * to be without replicas reads as such, with its leases cleared, so that a reset runs on to its
 * end; so does rebalancing that was told to be off.
 */
public final class DryRunCluster implements Cluster {
  private final Cluster cluster;
  private final Consumer<Statement> told;
  private final Set<TableRef> withoutReplicas = ConcurrentHashMap.newKeySet();
  private volatile boolean rebalancingOff;

  /**
   * @param told gets every statement that a real run would send
   */
  public DryRunCluster(Cluster cluster, Consumer<Statement> told) {
    this.cluster = cluster;
    this.told = told;
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    if (statement.kind() == Statement.Kind.WRITE) {
      told.accept(statement);
      statement
          .table()
          .ifPresentOrElse(
              table -> remember(table, statement),
              () -> rebalancingOff = statement.equals(Sql.setRebalance("none")));
      return Future.succeededFuture(List.of());
    }
    return cluster
        .execute(statement)
        .map(rows -> rows.stream().map(row -> pretend(statement, row)).toList());
  }

  @Override
  public Future<Void> close() {
    return cluster.close();
  }

  private void remember(TableRef table, Statement statement) {
    if (statement.equals(Sql.setReplicas(table, ReplicaSetting.ZERO))) {
      withoutReplicas.add(table);
    } else if (!statement.equals(Sql.syncLeases(table))) {
      withoutReplicas.remove(table);
    }
  }

  private Row pretend(Statement statement, Row row) {
    if (rebalancingOff && statement.equals(Sql.rebalance())) {
      return column -> "none";
    }
    if (statement.table().filter(withoutReplicas::contains).isEmpty()) {
      return row;
    }
    return column ->
        switch (column) {
          case "number_of_replicas" -> ReplicaSetting.ZERO.text();
          case "lease_sources" -> new String[] {"peer recovery"};
          default -> row.value(column);
        };
  }
}
