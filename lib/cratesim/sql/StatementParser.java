package cratesim.sql;

import cratesim.SqlError;
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
  public static Statement parse(String sql, boolean emptyAllowed) throws SqlError {
    var parser = new StatementParser(sql, emptyAllowed);
    try {
      Statement statement = parser.statement();
      parser.tokens.end();
      return statement;
    } catch (StackOverflowError tooDeep) {
      throw Errors.invalid("statement is too large (stack overflow while parsing)");
    }
  }

  private Statement statement() throws SqlError {
    Token first = tokens.peek();
    if (tokens.sees("select")) {
      return new Statement.Read(new SelectParser(tokens).parse());
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
    if (first.kind() == Token.Kind.WORD && ACCEPTED.contains(first.name())) {
      return accepted(first.name().toUpperCase(Locale.ROOT));
    }
    String word = first.text().toUpperCase(Locale.ROOT);
    if (first.kind() == Token.Kind.WORD && BEGINNINGS.contains("'" + word + "'")) {
      throw Errors.unsupported(word + " is not part of the simulated cluster");
    }
    boolean empty = first.kind() == Token.Kind.END || first.is(";");
    if (empty && emptyAllowed) {
      return new Statement.Accepted("");
    }
    throw tokens.unexpected(
        emptyAllowed ? "{<EOF>, " + BEGINNINGS + ", ';'}" : "{" + BEGINNINGS + "}");
  }

  private Statement accepted(String tag) {
    while (tokens.peek().kind() != Token.Kind.END) {
      tokens.next();
    }
    return new Statement.Accepted(tag);
  }

  private Statement alter() throws SqlError {
    if (tokens.accept("cluster", "swap", "table")) {
      return new TableParser(tokens, this).swap();
    }
    if (tokens.accept("cluster", "reroute", "retry", "failed")) {
      return new Statement.RetryFailed();
    }
    boolean blob = tokens.accept("blob");
    tokens.expect("table");
    boolean only = tokens.accept("only");
    Statement.Target target = target(blob ? "blob" : "doc");
    if (tokens.accept("reroute")) {
      return reroute(target);
    }
    Statement definition = new TableParser(tokens, this).alter(target);
    if (definition != null) {
      return definition;
    }
    if (tokens.accept("reset", "(")) {
      List<String> resets = keys();
      tokens.expect(")");
      return new Statement.AlterTable(target, only, Map.of(), resets);
    }
    tokens.expect("set");
    return new Statement.AlterTable(target, only, assignmentsInBrackets(), List.of());
  }

  private Statement reroute(Statement.Target target) throws SqlError {
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
      return new Statement.MoveShard(target, shard, from, text(value()));
    }
    tokens.expect("on");
    String node = text(value());
    Map<String, Object> options = tokens.accept("with") ? assignmentsInBrackets() : Map.of();
    boolean allowPrimary = Cells.bool(options.getOrDefault("allow_primary", false));
    return new Statement.CancelShard(target, shard, node, allowPrimary);
  }

  private Statement optimize() throws SqlError {
    List<Statement.Target> targets = new ArrayList<>();
    do {
      targets.add(target("doc"));
    } while (tokens.accept(","));
    Map<String, Object> options = tokens.accept("with") ? assignmentsInBrackets() : Map.of();
    return new Statement.Optimize(targets, options);
  }

  private Statement setGlobal() throws SqlError {
    boolean persistent = tokens.accept("persistent");
    if (!persistent) {
      tokens.accept("transient");
    }
    return new Statement.SetGlobal(persistent, assignments());
  }

  private Statement resetGlobal() throws SqlError {
    return new Statement.ResetGlobal(keys());
  }

  private List<String> keys() throws SqlError {
    List<String> keys = new ArrayList<>();
    do {
      keys.add(key());
    } while (tokens.accept(","));
    return keys;
  }

  Statement.Target target(String defaultSchema) throws SqlError {
    List<String> name = tokens.qualifiedName();
    String schema = name.size() > 1 ? name.get(name.size() - 2) : defaultSchema;
    Map<String, Object> partition = tokens.accept("partition") ? assignmentsInBrackets() : Map.of();
    return new Statement.Target(schema, name.get(name.size() - 1), partition);
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
    Token token = tokens.next();
    return switch (token.kind()) {
      case NUMBER -> number(token, negative ? "-" + token.text() : token.text());
      case TEXT, NAME -> token.text();
      case WORD -> word(token);
      default ->
          throw Errors.syntax(token, "no viable alternative at input '" + token.text() + "'");
    };
  }

  private static Number number(Token token, String text) throws SqlError {
    try {
      return text.contains(".") ? (Number) Double.valueOf(text) : (Number) Long.valueOf(text);
    } catch (NumberFormatException tooLarge) {
      throw Errors.syntax(token, "no such number: '" + text + "'");
    }
  }

  private static @Nullable Object word(Token token) {
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
