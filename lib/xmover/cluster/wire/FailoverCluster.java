package xmover.cluster.wire;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Statement;

/**
 * Several nodes of one CrateDB: it stays with the one that answered, and asks the next when that
 * one cannot be reached. A write that may have arrived is never sent twice.
 */
final class FailoverCluster implements Cluster {
  private final List<Cluster> nodes;
  private volatile int current;

  FailoverCluster(List<? extends Cluster> nodes) {
    this.nodes = List.copyOf(nodes);
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    return attempt(statement, current, new ArrayList<>());
  }

  @Override
  public Future<Void> close() {
    return Future.join(nodes.stream().map(Cluster::close).toList()).mapEmpty();
  }

  private Future<List<Row>> attempt(Statement statement, int node, List<ClusterFailure> failures) {
    return nodes
        .get(node)
        .execute(statement)
        .onSuccess(rows -> current = node)
        .recover(thrown -> next(statement, node, failures, thrown));
  }

  private Future<List<Row>> next(
      Statement statement, int node, List<ClusterFailure> failures, Throwable thrown) {
    if (!(thrown instanceof ClusterFailure failure)) {
      return Future.failedFuture(thrown);
    }
    int next = (node + 1) % nodes.size();
    if (!failure.kind().isConnection()) {
      // A frozen node accepts connections and then is silent: ask another one next time.
      current = failure.kind() == ClusterFailure.Kind.TIMEOUT ? next : node;
      return Future.failedFuture(failure);
    }
    current = next;
    failures.add(failure);
    boolean mayHaveArrived =
        failure.kind() == ClusterFailure.Kind.CONNECTION_LOST
            && statement.kind() == Statement.Kind.WRITE;
    return mayHaveArrived || failures.size() == nodes.size()
        ? Future.failedFuture(together(failures))
        : attempt(statement, next, failures);
  }

  private static ClusterFailure together(List<ClusterFailure> failures) {
    ClusterFailure last = failures.get(failures.size() - 1);
    if (failures.size() == 1) {
      return last;
    }
    String reasons = failures.stream().map(Throwable::getMessage).collect(Collectors.joining(" "));
    var all =
        new ClusterFailure(last.kind(), "None of the hosts answers. " + reasons, last.code(), last);
    failures.forEach(
        failure -> {
          if (failure != last) all.addSuppressed(failure);
        });
    return all;
  }
}
