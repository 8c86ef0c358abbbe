package xmover.gates;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.Row;
import xmover.cluster.Statement;

/** A cluster that tells odd values in one row of one relation. */
record OddCells(Cluster cluster, String relation, int row, Map<String, Object> cells)
    implements Cluster {
  /** Stands for it among the cells. */
  static final String NULL = "NULL";

  @Override
  public Future<List<Row>> execute(Statement statement) {
    Future<List<Row>> answer = cluster.execute(statement);
    return statement.text().contains("FROM " + relation) ? answer.map(this::spoilt) : answer;
  }

  private List<Row> spoilt(List<Row> rows) {
    return IntStream.range(0, rows.size())
        .mapToObj(i -> i == row ? spoilt(rows.get(i)) : rows.get(i))
        .toList();
  }

  private Row spoilt(Row sound) {
    return column -> cell(sound, column);
  }

  private @Nullable Object cell(Row sound, String column) {
    Object odd = cells.get(column);
    return odd == null ? sound.value(column) : odd.equals(NULL) ? null : odd;
  }

  @Override
  public Future<Void> close() {
    return cluster.close();
  }
}
