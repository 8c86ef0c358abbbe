package xmover.detect;

import java.util.List;

/** A table or schema was asked for by name or glob, and the user sees none that matches. */
public final class NoSuchTable extends RuntimeException {
  private static final long serialVersionUID = 1L;

  NoSuchTable(List<String> patterns) {
    super(
        "no table matches "
            + String.join(", ", patterns.stream().map(p -> "'" + p + "'").toList())
            + ": check the spelling (schema.table, case counts), or the privileges of the user");
  }
}
