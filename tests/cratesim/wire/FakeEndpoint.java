package cratesim.wire;

import cratesim.SqlEndpoint;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlAnswer.Column;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.LinkedBlockingQueue;

/** Answers what it was told to; knows the users {@code crate} and {@code pw} (password secret). */
final class FakeEndpoint implements SqlEndpoint {
  final List<String> executed = Collections.synchronizedList(new ArrayList<>());
  final BlockingQueue<String> executions = new LinkedBlockingQueue<>();
  final List<List<Object>> parameters = Collections.synchronizedList(new ArrayList<>());
  private final Map<String, SqlAnswer> answers = new ConcurrentHashMap<>();
  private volatile List<ColumnType> parameterTypes = List.of();

  static SqlError unknownTable() {
    return new SqlError(404, 4041, "42P01", "RelationUnknown[Relation 'doc.nope' unknown]");
  }

  static Column column(String name, ColumnType type) {
    return new Column(name, type);
  }

  static List<Object> row(Object... cells) {
    return Arrays.asList(cells);
  }

  FakeEndpoint answering(String statement, List<Column> columns, List<List<Object>> rows) {
    answers.put(statement, new SqlAnswer(columns, rows, "SELECT", rows.size()));
    return this;
  }

  FakeEndpoint withParameterTypes(ColumnType... types) {
    parameterTypes = List.of(types);
    return this;
  }

  @Override
  public boolean authenticates(String user, String password) {
    return user.equals("crate") || (user.equals("pw") && password.equals("secret"));
  }

  @Override
  public boolean needsPassword(String user) {
    return user.equals("pw");
  }

  @Override
  public List<ColumnType> parameterTypes(String statement) {
    return parameterTypes;
  }

  @Override
  public List<Column> describe(String user, String statement) throws SqlError {
    return answer(statement).columns();
  }

  @Override
  public SqlAnswer execute(String user, String statement, List<Object> arguments) throws SqlError {
    var answer = answer(statement);
    executed.add(statement);
    parameters.add(arguments);
    executions.add(statement);
    return answer;
  }

  private SqlAnswer answer(String statement) throws SqlError {
    if (statement.startsWith("ALTER")) {
      return new SqlAnswer(List.of(), List.of(), "ALTER", -1);
    }
    var answer = answers.get(statement);
    if (answer == null) {
      throw unknownTable();
    }
    return answer;
  }
}
