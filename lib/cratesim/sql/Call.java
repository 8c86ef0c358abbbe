package cratesim.sql;

import cratesim.model.SqlError;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A function call: {@code lower(x)}, {@code count(x) FILTER (WHERE y)}, {@code count(*)}. */
record Call(String name, List<ExprNode> arguments, boolean star, @Nullable ExprNode filter)
    implements ExprNode {

  @Override
  public String columnName() {
    return name;
  }

  @Override
  public List<ExprNode> children() {
    return arguments;
  }

  @Override
  public boolean hasAggregate() {
    return Aggregate.isAggregate(name) || ExprNode.super.hasAggregate();
  }

  static Call of(String name, List<ExprNode> arguments) {
    return new Call(name, arguments, false, null);
  }

  /** An aggregate is bound by its grouped scope, so what comes here is a plain function. */
  @Override
  public Expr bind(Scope scope) throws SqlError {
    if (Aggregate.isAggregate(name)) {
      throw Errors.invalid("Aggregate functions are not allowed here: " + this);
    }
    return Functions.bind(this, scope);
  }

  @Override
  public String toString() {
    String list = arguments.stream().map(ExprNode::toString).collect(Collectors.joining(", "));
    return name
        + "("
        + (star ? "*" : list)
        + ")"
        + (filter == null ? "" : " FILTER (WHERE " + filter + ")");
  }
}
