package cratesim.sql;

import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses SELECT statements. */
final class SelectParser {
  private final Tokens tokens;
  private final ExpressionParser expressions;

  SelectParser(Tokens tokens) {
    this.tokens = tokens;
    this.expressions = new ExpressionParser(tokens, this);
  }

  Select parse() throws SqlError {
    List<Select.Core> cores = new ArrayList<>(List.of(core()));
    while (tokens.accept("union", "all")) {
      cores.add(core());
    }
    List<Select.Order> orderBy = new ArrayList<>();
    if (tokens.accept("order", "by")) {
      do {
        orderBy.add(order());
      } while (tokens.accept(","));
    }
    ExprNode limit = tokens.accept("limit") ? expressions.parse() : null;
    return new Select(cores, orderBy, limit);
  }

  private Select.Core core() throws SqlError {
    tokens.expect("select");
    boolean distinct = tokens.accept("distinct");
    List<Select.Item> items = new ArrayList<>();
    do {
      items.add(item());
    } while (tokens.accept(","));
    List<Select.Source> from = tokens.accept("from") ? sources() : List.of();
    ExprNode where = tokens.accept("where") ? expressions.parse() : null;
    List<ExprNode> groupBy = new ArrayList<>();
    if (tokens.accept("group", "by")) {
      do {
        groupBy.add(expressions.parse());
      } while (tokens.accept(","));
    }
    return new Select.Core(distinct, items, from, where, groupBy);
  }

  private Select.Item item() throws SqlError {
    if (tokens.accept("*")) {
      return new Select.Item(null, null);
    }
    ExprNode expression = expressions.parse();
    return new Select.Item(expression, alias());
  }

  private @Nullable String alias() throws SqlError {
    if (tokens.accept("as")) {
      return tokens.name();
    }
    SqlToken next = tokens.peek();
    boolean name = next.kind() == SqlToken.Kind.WORD && !ExpressionParser.isReserved(next);
    return name || next.kind() == SqlToken.Kind.NAME ? tokens.name() : null;
  }

  private List<Select.Source> sources() throws SqlError {
    List<Select.Source> sources = new ArrayList<>(List.of(source(false)));
    while (tokens.accept("inner", "join") || tokens.accept("join")) {
      sources.add(source(true));
    }
    return sources;
  }

  private Select.Source source(boolean joins) throws SqlError {
    List<String> table = List.of();
    Select select = null;
    if (tokens.accept("(")) {
      select = parse();
      tokens.expect(")");
    } else {
      table = tokens.qualifiedName();
    }
    String alias = alias();
    if (joins) {
      tokens.expect("on");
    }
    return new Select.Source(table, select, alias, joins ? expressions.parse() : null);
  }

  private Select.Order order() throws SqlError {
    ExprNode key = expressions.parse();
    boolean descending = tokens.accept("desc");
    if (!descending) {
      tokens.accept("asc");
    }
    return new Select.Order(key, descending);
  }
}
