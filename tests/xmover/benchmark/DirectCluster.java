package xmover.benchmark;

import cratesim.SimulatedCluster;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.environment.Timers;

/** A simulated cluster asked without a wire; every answer takes the same time. */
record DirectCluster(SimulatedCluster cluster, Timers timers, Duration answerTime)
    implements Cluster {
  @Override
  public Future<List<Row>> execute(Statement statement) {
    return timers.after(answerTime).compose(arrived -> answer(statement));
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private Future<List<Row>> answer(Statement statement) {
    try {
      SqlAnswer answer = cluster.execute("crate", statement.text(), statement.parameters());
      List<String> columns = answer.columns().stream().map(SqlAnswer.Column::name).toList();
      return Future.succeededFuture(
          answer.rows().stream().map(cells -> row(columns, cells)).toList());
    } catch (SqlError error) {
      return Future.failedFuture(error);
    }
  }

  private static Row row(List<String> columns, List<Object> cells) {
    return column -> cell(cells.get(columns.indexOf(column)));
  }

  private static @Nullable Object cell(@Nullable Object value) {
    return value instanceof List<?> list ? new JsonArray(list) : value;
  }
}
