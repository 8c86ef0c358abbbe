package xmover.cluster;

import cratesim.SqlEndpoint;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import xmover.cluster.connection.HostPort;
import xmover.cluster.wire.AnswerRow;
import xmover.cluster.wire.ServerErrors;
import xmover.environment.SteppedTimers;

/**
 * An endpoint without a wire: what is sent is executed at once and answered a millisecond later, on
 * the test's thread; rows and failures are those of the real transports.
 */
public final class DirectCluster implements Cluster {
  private static final Duration LATENCY = Duration.ofMillis(1);

  private final SqlEndpoint endpoint;
  private final String user;
  private final SteppedTimers timers;

  public DirectCluster(SqlEndpoint endpoint, String user, SteppedTimers timers) {
    this.endpoint = endpoint;
    this.user = user;
    this.timers = timers;
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    Future<List<Row>> answer;
    try {
      answer =
          Future.succeededFuture(
              rows(endpoint.execute(user, statement.text(), statement.parameters())));
    } catch (SqlError error) {
      var host = new HostPort("simulated", 4200);
      answer =
          Future.failedFuture(
              new ServerErrors(host, user).http(statement, error.code(), error.getMessage()));
    }
    return answer.eventually(() -> timers.at(LATENCY));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  public static List<Row> rows(SqlAnswer answer) {
    var positions =
        AnswerRow.positions(answer.columns().stream().map(SqlAnswer.Column::name).toList());
    return answer.rows().stream()
        .<Row>map(cells -> AnswerRow.of(positions, cells.toArray()))
        .toList();
  }
}
