package cratesim.model;

import java.util.List;

/**
 * What a statement returned. A cell is text, a number, a boolean, a {@code List}, a {@code Map} or
 * null.
 *
 * @param tag the PostgreSQL command tag's verb: SELECT, ALTER, OPTIMIZE, SET
 * @param rowCount as HTTP reports it: rows of a SELECT, -1 for an ALTER
 */
public record SqlAnswer(List<Column> columns, List<List<Object>> rows, String tag, long rowCount) {
  /** One column of an answer. */
  public record Column(String name, ColumnType type) {}

  /** CrateDB's types with the numbers both protocols use for them. */
  public enum ColumnType {
    TEXT(4, 1043, 1015),
    BOOLEAN(3, 16, 1000),
    SMALLINT(8, 21, 1005),
    INTEGER(9, 23, 1007),
    BIGINT(10, 20, 1016),
    REAL(7, 700, 1021),
    DOUBLE(6, 701, 1022),
    TIMESTAMP(11, 1184, 1185),
    OBJECT(12, 114, 199),
    TEXT_ARRAY(4, 1015, 1015),
    BIGINT_ARRAY(10, 1016, 1016),
    OBJECT_ARRAY(12, 199, 199);

    private final int httpId;
    private final int oid;
    private final int arrayOid;

    ColumnType(int httpId, int oid, int arrayOid) {
      this.httpId = httpId;
      this.oid = oid;
      this.arrayOid = arrayOid;
    }

    /** The number {@code /_sql?types} gives; for an array that of its elements. */
    public int httpId() {
      return httpId;
    }

    /** The OID of a row description. */
    public int oid() {
      return oid;
    }

    public boolean isArray() {
      return oid == arrayOid;
    }
  }
}
