package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Parses one statement; names without quotes become lower case. */
public final class StatementParser {
  private static final String BEGINNINGS =
      "'SELECT', 'DEALLOCATE', 'FETCH', 'END', 'WITH', 'CREATE', 'ALTER', 'KILL', 'CLOSE',"
          + " 'BEGIN', 'START', 'COMMIT', 'ANALYZE', 'DISCARD', 'EXPLAIN', 'SHOW', 'OPTIMIZE',"
          + " 'REFRESH', 'RESTORE', 'DROP', 'INSERT', 'VALUES', 'DELETE', 'UPDATE', 'SET',"
          + " 'RESET', 'COPY', 'GRANT', 'DENY', 'REVOKE', 'DECLARE'";
  private static final Set<String> ACCEPTED =
      Set.of("begin", "commit", "end", "start", "discard", "deallocate");

  private final Tokens tokens;
  private final boolean emptyAllowed;

  private StatementParser(String sql, boolean emptyAllowed) throws SqlError {
    this.tokens = new Tokens(sql);
    this.emptyAllowed = emptyAllowed;
  }

  /**
   * Reads exactly one statement.
   *
   * @param emptyAllowed versions from 6 take an empty statement, and say so in their errors
   */
  public static ParsedStatement parse(String sql, boolean emptyAllowed) throws SqlError {
    var parser = new StatementParser(sql, emptyAllowed);
    try {
      ParsedStatement statement = parser.statement();
      parser.tokens.end();
      return statement;
    } catch (StackOverflowError tooDeep) {
      throw Errors.invalid("statement is too large (stack overflow while parsing)");
    }
  }

  private ParsedStatement statement() throws SqlError {
    SqlToken first = tokens.peek();
    if (tokens.sees("select")) {
      return new ParsedStatement.Read(new SelectParser(tokens).parse());
    }
    if (tokens.accept("alter")) {
      return alter();
    }
    if (tokens.accept("optimize", "table")) {
      return optimize();
    }
    if (tokens.accept("create", "table")) {
      return new TableParser(tokens, this).create();
    }
    if (tokens.accept("drop", "table")) {
      return new TableParser(tokens, this).drop();
    }
    if (tokens.accept("refresh", "table")) {
      return new TableParser(tokens, this).refresh();
    }
    if (tokens.accept("insert")) {
      return new RowParser(tokens, this).insert();
    }
    if (tokens.accept("update")) {
      return new RowParser(tokens, this).update();
    }
    if (tokens.accept("delete")) {
      return new RowParser(tokens, this).delete();
    }
    if (tokens.accept("set")) {
      return tokens.accept("global") ? setGlobal() : accepted("SET");
    }
    if (tokens.accept("reset")) {
      return tokens.accept("global") ? resetGlobal() : accepted("RESET");
    }
    if (first.kind() == SqlToken.Kind.WORD && ACCEPTED.contains(first.name())) {
      return accepted(first.name().toUpperCase(Locale.ROOT));
    }
    String word = first.text().toUpperCase(Locale.ROOT);
    if (first.kind() == SqlToken.Kind.WORD && BEGINNINGS.contains("'" + word + "'")) {
      throw Errors.unsupported(word + " is not part of the simulated cluster");
    }
    boolean empty = first.kind() == SqlToken.Kind.END || first.is(";");
    if (empty && emptyAllowed) {
      return new ParsedStatement.Accepted("");
    }
    throw tokens.unexpected(
        emptyAllowed ? "{<EOF>, " + BEGINNINGS + ", ';'}" : "{" + BEGINNINGS + "}");
  }

  private ParsedStatement accepted(String tag) {
    while (tokens.peek().kind() != SqlToken.Kind.END) {
      tokens.next();
    }
    return new ParsedStatement.Accepted(tag);
  }

  private ParsedStatement alter() throws SqlError {
    if (tokens.accept("cluster", "swap", "table")) {
      return new TableParser(tokens, this).swap();
    }
    if (tokens.accept("cluster", "reroute", "retry", "failed")) {
      return new ParsedStatement.RetryFailed();
    }
    boolean blob = tokens.accept("blob");
    tokens.expect("table");
    boolean only = tokens.accept("only");
    ParsedStatement.Target target = target(blob ? "blob" : "doc");
    if (tokens.accept("reroute")) {
      return reroute(target);
    }
    ParsedStatement definition = new TableParser(tokens, this).alter(target);
    if (definition != null) {
      return definition;
    }
    if (tokens.accept("reset", "(")) {
      List<String> resets = keys();
      tokens.expect(")");
      return new ParsedStatement.AlterTable(target, only, Map.of(), resets);
    }
    tokens.expect("set");
    return new ParsedStatement.AlterTable(target, only, assignmentsInBrackets(), List.of());
  }

  private ParsedStatement reroute(ParsedStatement.Target target) throws SqlError {
    boolean move = tokens.accept("move");
    if (!move) {
      tokens.expect("cancel");
    }
    tokens.expect("shard");
    int shard = (int) Cells.number(text(value())).longValue();
    if (move) {
      tokens.expect("from");
      String from = text(value());
      tokens.expect("to");
      return new ParsedStatement.MoveShard(target, shard, from, text(value()));
    }
    tokens.expect("on");
    String node = text(value());
    Map<String, Object> options = tokens.accept("with") ? assignmentsInBrackets() : Map.of();
    boolean allowPrimary = Cells.bool(options.getOrDefault("allow_primary", false));
    return new ParsedStatement.CancelShard(target, shard, node, allowPrimary);
  }

  private ParsedStatement optimize() throws SqlError {
    List<ParsedStatement.Target> targets = new ArrayList<>();
    do {
      targets.add(target("doc"));
    } while (tokens.accept(","));
    Map<String, Object> options = tokens.accept("with") ? assignmentsInBrackets() : Map.of();
    return new ParsedStatement.Optimize(targets, options);
  }

  private ParsedStatement setGlobal() throws SqlError {
    boolean persistent = tokens.accept("persistent");
    if (!persistent) {
      tokens.accept("transient");
    }
    return new ParsedStatement.SetGlobal(persistent, assignments());
  }

  private ParsedStatement resetGlobal() throws SqlError {
    return new ParsedStatement.ResetGlobal(keys());
  }

  private List<String> keys() throws SqlError {
    List<String> keys = new ArrayList<>();
    do {
      keys.add(key());
    } while (tokens.accept(","));
    return keys;
  }

  ParsedStatement.Target target(String defaultSchema) throws SqlError {
    List<String> name = tokens.qualifiedName();
    String schema = name.size() > 1 ? name.get(name.size() - 2) : defaultSchema;
    Map<String, Object> partition = tokens.accept("partition") ? assignmentsInBrackets() : Map.of();
    return new ParsedStatement.Target(schema, name.get(name.size() - 1), partition);
  }

  Map<String, Object> assignmentsInBrackets() throws SqlError {
    tokens.expect("(");
    Map<String, Object> assignments = assignments();
    tokens.expect(")");
    return assignments;
  }

  private Map<String, Object> assignments() throws SqlError {
    Map<String, Object> assignments = new LinkedHashMap<>();
    do {
      String key = key();
      tokens.expect("=");
      assignments.put(key, value());
    } while (tokens.accept(","));
    return assignments;
  }

  /** A setting or column: {@code "a.b"} or {@code a.b}. */
  private String key() throws SqlError {
    return String.join(".", tokens.qualifiedName());
  }

  private @Nullable Object value() throws SqlError {
    boolean negative = tokens.accept("-");
    SqlToken token = tokens.next();
    return switch (token.kind()) {
      case NUMBER -> number(token, negative ? "-" + token.text() : token.text());
      case TEXT, NAME -> token.text();
      case WORD -> word(token);
      default ->
          throw Errors.syntax(token, "no viable alternative at input '" + token.text() + "'");
    };
  }

  private static Number number(SqlToken token, String text) throws SqlError {
    try {
      return text.contains(".") ? (Number) Double.valueOf(text) : (Number) Long.valueOf(text);
    } catch (NumberFormatException tooLarge) {
      throw Errors.syntax(token, "no such number: '" + text + "'");
    }
  }

  private static @Nullable Object word(SqlToken token) {
    return switch (token.name()) {
      case "null" -> null;
      case "true" -> true;
      case "false" -> false;
      default -> token.name();
    };
  }

  private static String text(@Nullable Object value) {
    return String.valueOf(value);
  }
}
