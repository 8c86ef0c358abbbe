package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Parses what defines tables, and REFRESH TABLE. */
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

  ParsedStatement create() throws SqlError {
    boolean ifNotExists = tokens.accept("if", "not", "exists");
    ParsedStatement.Target target = statements.target("doc");
    tokens.expect("(");
    do {
      element();
    } while (tokens.accept(","));
    tokens.expect(")");
    int shards = DEFAULT_SHARDS;
    if (tokens.accept("clustered")) {
      shards = shards();
    }
    Map<String, Object> settings =
        tokens.accept("with") ? statements.assignmentsInBrackets() : Map.of();
    return new ParsedStatement.CreateTable(
        target, ifNotExists, columns, primaryKey, shards, settings);
  }

  /** What follows CLUSTERED: BY, INTO or both. */
  private int shards() throws SqlError {
    if (tokens.accept("by")) {
      names();
    }
    if (!tokens.accept("into")) {
      return DEFAULT_SHARDS;
    }
    int shards = Cells.number(tokens.next().text()).intValue();
    tokens.expect("shards");
    return shards;
  }

  private List<String> names() throws SqlError {
    List<String> names = new ArrayList<>();
    tokens.expect("(");
    do {
      names.add(tokens.name());
    } while (tokens.accept(","));
    tokens.expect(")");
    return names;
  }

  /** What follows the name of the table to be altered; null for what defines nothing. */
  @Nullable ParsedStatement alter(ParsedStatement.Target target) throws SqlError {
    if (tokens.accept("rename", "to")) {
      return new ParsedStatement.RenameTable(target, newName());
    }
    if (tokens.accept("close")) {
      return new ParsedStatement.CloseTable(target, true);
    }
    if (tokens.accept("open")) {
      return new ParsedStatement.CloseTable(target, false);
    }
    return tokens.sees("add") ? addColumns(target) : null;
  }

  ParsedStatement swap() throws SqlError {
    ParsedStatement.Target target = statements.target("doc");
    tokens.expect("to");
    ParsedStatement.Target other = statements.target("doc");
    Map<String, Object> options =
        tokens.accept("with") ? statements.assignmentsInBrackets() : Map.of();
    return new ParsedStatement.SwapTables(
        target, other, Cells.bool(options.getOrDefault("drop_source", false)));
  }

  private String newName() throws SqlError {
    List<String> name = tokens.qualifiedName();
    if (name.size() > 1) {
      throw Errors.invalid("Target table name must not include a schema");
    }
    return name.get(0);
  }

  private ParsedStatement addColumns(ParsedStatement.Target target) throws SqlError {
    do {
      tokens.expect("add");
      tokens.accept("column");
      element();
    } while (tokens.accept(","));
    return new ParsedStatement.AddColumns(target, columns);
  }

  private void element() throws SqlError {
    if (tokens.accept("primary", "key")) {
      primaryKey.addAll(names());
      return;
    }
    String name = tokens.name();
    columns.add(new RowTable.Column(name, expressions.type()));
    if (tokens.accept("primary", "key")) {
      primaryKey.add(name);
    }
    tokens.accept("not", "null");
  }

  ParsedStatement drop() throws SqlError {
    boolean ifExists = tokens.accept("if", "exists");
    return new ParsedStatement.DropTable(statements.target("doc"), ifExists);
  }

  ParsedStatement refresh() throws SqlError {
    List<ParsedStatement.Target> targets = new ArrayList<>();
    do {
      targets.add(statements.target("doc"));
    } while (tokens.accept(","));
    return new ParsedStatement.Refresh(targets);
  }
}
