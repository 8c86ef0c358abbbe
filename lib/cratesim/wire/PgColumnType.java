package cratesim.wire;

import cratesim.model.SqlError;
import io.vertx.core.buffer.Buffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The type behind an OID: a scalar, or an array of one, with its values on the wire. */
record PgColumnType(PgType element, boolean array) {
  private static final Map<Integer, PgColumnType> BY_OID = byOid();

  /** 0 means unknown; an OID that CrateDB could not map fails as it does there. */
  static PgColumnType of(int oid) throws SqlError {
    PgColumnType type = BY_OID.get(oid);
    if (type == null) {
      String sentence = "Can't map PGType with oid=" + oid + " to Crate type";
      throw new SqlError(400, 4000, "0A000", "IllegalArgumentException[" + sentence + "]");
    }
    return type;
  }

  int oid() {
    return array ? element.arrayOid : element.oid;
  }

  int length() {
    return array ? -1 : element.length;
  }

  Buffer encode(Object value, boolean binary) {
    if (!array) {
      return binary ? element.binary(value) : Buffer.buffer(element.text(value));
    }
    var list = (List<?>) value;
    return binary ? binaryArray(list) : Buffer.buffer(PgArrayText.print(list, element));
  }

  Object decode(Buffer value, boolean binary) {
    if (binary) {
      return array ? readArray(value) : element.read(value);
    }
    String text = value.toString(StandardCharsets.UTF_8);
    return array ? PgArrayText.parse(text, element) : element.parse(text);
  }

  /** One dimension, its size also where PostgreSQL has the lower bound: CrateDB writes it so. */
  private Buffer binaryArray(List<?> values) {
    var out = Buffer.buffer();
    out.appendInt(1).appendInt(1).appendInt(element.oid);
    out.appendInt(values.size()).appendInt(values.size());
    for (Object value : values) {
      if (value == null) {
        out.appendInt(-1);
      } else {
        var bytes = element.binary(value);
        out.appendInt(bytes.length()).appendBuffer(bytes);
      }
    }
    return out;
  }

  private List<Object> readArray(Buffer array) {
    var values = new ArrayList<Object>();
    int dimensions = array.getInt(0);
    if (dimensions > 1) {
      throw new IllegalArgumentException("arrays of arrays are not understood");
    }
    int size = dimensions == 0 ? 0 : array.getInt(12);
    int at = 20;
    for (int i = 0; i < size; i++) {
      int length = array.getInt(at);
      at += 4;
      values.add(length < 0 ? null : element.read(array.slice(at, at + length)));
      at += Math.max(0, length);
    }
    return values;
  }

  private static Map<Integer, PgColumnType> byOid() {
    var types = new TreeMap<Integer, PgColumnType>();
    for (PgType type : PgType.values()) {
      types.put(type.arrayOid, new PgColumnType(type, true));
      types.put(type.oid, new PgColumnType(type, false));
    }
    types.put(0, new PgColumnType(PgType.UNKNOWN, false));
    return types;
  }
}
