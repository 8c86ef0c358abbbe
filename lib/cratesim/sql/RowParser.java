package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses INSERT, UPDATE and DELETE. */
final class RowParser {
  private final Tokens tokens;
  private final StatementParser statements;
  private final ExpressionParser expressions;

  RowParser(Tokens tokens, StatementParser statements) {
    this.tokens = tokens;
    this.statements = statements;
    this.expressions = new ExpressionParser(tokens, new SelectParser(tokens));
  }

  ParsedStatement insert() throws SqlError {
    tokens.expect("into");
    ParsedStatement.Target target = statements.target("doc");
    List<String> columns = tokens.accept("(") ? names() : List.of();
    tokens.expect("values");
    List<List<ExprNode>> values = new ArrayList<>();
    do {
      tokens.expect("(");
      values.add(expressions.list(")"));
    } while (tokens.accept(","));
    return new Insert(target, columns, values, conflict());
  }

  private Insert.@Nullable Conflict conflict() throws SqlError {
    if (!tokens.accept("on", "conflict")) {
      return null;
    }
    List<String> key = tokens.accept("(") ? names() : List.of();
    tokens.expect("do");
    if (tokens.accept("nothing")) {
      return new Insert.Conflict(key, List.of());
    }
    tokens.expect("update", "set");
    return new Insert.Conflict(key, assignments());
  }

  ParsedStatement update() throws SqlError {
    ParsedStatement.Target target = statements.target("doc");
    tokens.expect("set");
    return new RowChange.Update(target, assignments(), where());
  }

  ParsedStatement delete() throws SqlError {
    tokens.expect("from");
    return new RowChange.Delete(statements.target("doc"), where());
  }

  private @Nullable ExprNode where() throws SqlError {
    return tokens.accept("where") ? expressions.parse() : null;
  }

  private List<RowChange.Assignment> assignments() throws SqlError {
    List<RowChange.Assignment> assignments = new ArrayList<>();
    do {
      String column = tokens.name();
      tokens.expect("=");
      assignments.add(new RowChange.Assignment(column, expressions.parse()));
    } while (tokens.accept(","));
    return assignments;
  }

  /** Names up to the closing bracket. */
  private List<String> names() throws SqlError {
    List<String> names = new ArrayList<>();
    do {
      names.add(tokens.name());
    } while (tokens.accept(","));
    tokens.expect(")");
    return names;
  }
}
