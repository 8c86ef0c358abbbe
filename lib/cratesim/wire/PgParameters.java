package cratesim.wire;

import cratesim.model.SqlAnswer.ColumnType;
import cratesim.model.SqlError;
import java.util.ArrayList;
import java.util.List;

/** The parameters of prepared statements: which types they have, and the values a client binds. */
final class PgParameters {
  private static final PgColumnType TEXT = new PgColumnType(PgType.VARCHAR, false);
  private static final PgColumnType TEXT_ARRAY = new PgColumnType(PgType.VARCHAR, true);

  private PgParameters() {}

  /** What the client declared, else what the endpoint inferred, else text. */
  static List<PgColumnType> types(
      SqlScript script, List<PgColumnType> declared, List<ColumnType> inferred) {
    var found = script.parameters();
    int used = found.stream().mapToInt(SqlScript.Parameter::number).max().orElse(0);
    var types = new ArrayList<PgColumnType>();
    for (int i = 0; i < Math.max(used, declared.size()); i++) {
      int number = i + 1;
      if (i < declared.size() && declared.get(i).element() != PgType.UNKNOWN) {
        types.add(declared.get(i));
      } else if (i < inferred.size()) {
        types.add(of(inferred.get(i)));
      } else {
        boolean inAny = found.contains(new SqlScript.Parameter(number, true));
        types.add(inAny ? TEXT_ARRAY : TEXT);
      }
    }
    return types;
  }

  /** Reads a Bind message from its formats up to its last value. */
  static List<Object> values(PgFrame frame, List<PgColumnType> types) throws SqlError {
    var formats = PgFormats.read(frame);
    int count = frame.int16();
    if (count != types.size()) {
      throw new SqlError(
          400,
          4000,
          "08P01",
          "the statement has " + types.size() + " parameters, " + count + " were bound");
    }
    var values = new ArrayList<Object>();
    for (int i = 0; i < count; i++) {
      var value = frame.value();
      try {
        values.add(value == null ? null : types.get(i).decode(value, formats.binary(i)));
      } catch (RuntimeException unreadable) {
        throw new SqlError(
            400, 4000, "22P02", "parameter $" + (i + 1) + ": " + unreadable.getMessage());
      }
    }
    return values;
  }

  private static PgColumnType of(ColumnType type) {
    try {
      return PgColumnType.of(type.oid());
    } catch (SqlError unknown) {
      throw new IllegalStateException(unknown);
    }
  }
}
