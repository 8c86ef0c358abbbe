package xmover.reset.engine;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.environment.Timers;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;

/**
 * A cluster that tells of every statement that changes something, before it leaves and after, and
 * of every other one after.
 */
public final class AuditedCluster implements Cluster {
  private final Cluster cluster;
  private final Timers timers;
  private final RunListener listener;

  public AuditedCluster(Cluster cluster, Timers timers, RunListener listener) {
    this.cluster = cluster;
    this.timers = timers;
    this.listener = listener;
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    return statement.kind() == Statement.Kind.WRITE
        ? audited(statement)
        : cluster
            .execute(statement)
            .onComplete(
                answer -> listener.on(new RunEvent.QueryEnded(statement, answer.succeeded())));
  }

  @Override
  public Future<Void> close() {
    return cluster.close();
  }

  private Future<List<Row>> audited(Statement statement) {
    Instant sent = timers.now();
    listener.on(new RunEvent.Sending(statement));
    return cluster
        .execute(statement)
        .onSuccess(rows -> listener.on(new RunEvent.Answered(statement, since(sent))))
        .onFailure(
            failure -> listener.on(new RunEvent.StatementFailed(statement, since(sent), failure)));
  }

  private Duration since(Instant sent) {
    return Duration.between(sent, timers.now());
  }
}
