package cratesim.sql;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import org.jspecify.annotations.Nullable;

/** An expression that knows its type and can be evaluated over rows. */
record Expr(ColumnType type, Eval eval) {
  /** The value over one row, which holds a slot for each relation or group column. */
  interface Eval {
    @Nullable Object of(Object[] row) throws SqlError;
  }

  static Expr constant(ColumnType type, @Nullable Object value) {
    return new Expr(type, row -> value);
  }

  static Expr bool(Eval eval) {
    return new Expr(ColumnType.BOOLEAN, eval);
  }

  @Nullable Object of(Object[] row) throws SqlError {
    return eval.of(row);
  }

  /** True only for TRUE: neither FALSE nor NULL lets a row pass. */
  boolean holds(Object[] row) throws SqlError {
    return Boolean.TRUE.equals(eval.of(row));
  }
}
