package xmover.cluster;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;

/** A cluster that answers each statement with the rows a test gave, and keeps what it was asked. */
public final class FakeCluster implements Cluster {
  private final Map<String, List<Row>> answers = new LinkedHashMap<>();
  private final List<Statement> asked = new ArrayList<>();

  /** From now on this very statement is answered with these rows, each a list of name, value, … */
  public FakeCluster answer(Statement statement, List<Map<String, Object>> rows) {
    answers.put(statement.text(), rows.stream().map(FakeCluster::row).toList());
    return this;
  }

  public List<Statement> asked() {
    return List.copyOf(asked);
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    asked.add(statement);
    List<Row> rows = answers.get(statement.text());
    return rows == null
        ? Future.failedFuture(new NoSuchElementException("no answer for " + statement.text()))
        : Future.succeededFuture(rows);
  }

  @Override
  public Future<Void> close() {
    return Future.succeededFuture();
  }

  private static Row row(Map<String, Object> cells) {
    return column -> {
      if (!cells.containsKey(column)) {
        throw new NoSuchElementException("no column " + column);
      }
      return cells.get(column);
    };
  }
}
