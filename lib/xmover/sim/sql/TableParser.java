package xmover.sim.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import xmover.sim.SqlError;

/** Parses CREATE TABLE, DROP TABLE and REFRESH TABLE. */
final class TableParser {
  private static final int DEFAULT_SHARDS = 4;

  private final Tokens tokens;
  private final StatementParser statements;
  private final ExpressionParser expressions;
  private final List<RowTable.Column> columns = new ArrayList<>();
  private final List<String> primaryKey = new ArrayList<>();

  TableParser(Tokens tokens, StatementParser statements) {
    this.tokens = tokens;
    this.statements = statements;
    this.expressions = new ExpressionParser(tokens, new SelectParser(tokens));
  }

  Statement create() throws SqlError {
    boolean ifNotExists = tokens.accept("if", "not", "exists");
    Statement.Target target = statements.target("doc");
    tokens.expect("(");
    do {
      element();
    } while (tokens.accept(","));
    tokens.expect(")");
    int shards = DEFAULT_SHARDS;
    if (tokens.accept("clustered", "into")) {
      shards = Cells.number(tokens.next().text()).intValue();
      tokens.expect("shards");
    }
    Map<String, Object> settings =
        tokens.accept("with") ? statements.assignmentsInBrackets() : Map.of();
    return new Statement.CreateTable(target, ifNotExists, columns, primaryKey, shards, settings);
  }

  private void element() throws SqlError {
    if (tokens.accept("primary", "key", "(")) {
      do {
        primaryKey.add(tokens.name());
      } while (tokens.accept(","));
      tokens.expect(")");
      return;
    }
    String name = tokens.name();
    columns.add(new RowTable.Column(name, expressions.type()));
    if (tokens.accept("primary", "key")) {
      primaryKey.add(name);
    }
    tokens.accept("not", "null");
  }

  Statement drop() throws SqlError {
    boolean ifExists = tokens.accept("if", "exists");
    return new Statement.DropTable(statements.target("doc"), ifExists);
  }

  Statement refresh() throws SqlError {
    List<Statement.Target> targets = new ArrayList<>();
    do {
      targets.add(statements.target("doc"));
    } while (tokens.accept(","));
    return new Statement.Refresh(targets);
  }
}
