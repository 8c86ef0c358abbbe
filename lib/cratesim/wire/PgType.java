package cratesim.wire;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Set;

/** PostgreSQL's scalar types as CrateDB writes and reads them, in text and in binary. */
enum PgType {
  BOOL(16, 1000, 1),
  INT2(21, 1005, 2),
  INT4(23, 1007, 4),
  INT8(20, 1016, 8),
  FLOAT4(700, 1021, 4),
  FLOAT8(701, 1022, 8),
  VARCHAR(1043, 1015, -1),
  TEXT(25, 1009, -1),
  BPCHAR(1042, 1014, -1),
  NAME(19, 1003, -1),
  TIMESTAMP(1114, 1115, 8),
  TIMESTAMPTZ(1184, 1185, 8),
  JSON(114, 199, -1),
  UNKNOWN(705, 705, -1);

  private static final Set<String> TRUE_WORDS = Set.of("t", "true", "1", "y", "yes", "on");

  final int oid;
  final int arrayOid;

  /** Bytes in binary; -1 when it varies. */
  final int length;

  PgType(int oid, int arrayOid, int length) {
    this.oid = oid;
    this.arrayOid = arrayOid;
    this.length = length;
  }

  String text(Object value) {
    return switch (this) {
      case BOOL -> (Boolean) value ? "t" : "f";
      case INT2, INT4, INT8 -> Long.toString(((Number) value).longValue());
      case FLOAT4 -> Float.toString(((Number) value).floatValue());
      case FLOAT8 -> Double.toString(((Number) value).doubleValue());
      case TIMESTAMP, TIMESTAMPTZ -> PgTimestamp.text(((Number) value).longValue(), this);
      case JSON -> Json.encode(value);
      case VARCHAR, TEXT, BPCHAR, NAME, UNKNOWN -> value.toString();
    };
  }

  Buffer binary(Object value) {
    return switch (this) {
      case BOOL -> Buffer.buffer(1).appendByte((byte) ((Boolean) value ? 1 : 0));
      case INT2 -> Buffer.buffer(2).appendShort(((Number) value).shortValue());
      case INT4 -> Buffer.buffer(4).appendInt(((Number) value).intValue());
      case INT8 -> Buffer.buffer(8).appendLong(((Number) value).longValue());
      case FLOAT4 -> Buffer.buffer(4).appendFloat(((Number) value).floatValue());
      case FLOAT8 -> Buffer.buffer(8).appendDouble(((Number) value).doubleValue());
      case TIMESTAMP, TIMESTAMPTZ ->
          Buffer.buffer(8).appendLong(PgTimestamp.binary(((Number) value).longValue()));
      case JSON, VARCHAR, TEXT, BPCHAR, NAME, UNKNOWN -> Buffer.buffer(text(value));
    };
  }

  Object parse(String text) {
    return switch (this) {
      case BOOL -> TRUE_WORDS.contains(text.toLowerCase(Locale.ROOT));
      case INT2, INT4, INT8 -> Long.valueOf(text.trim());
      case FLOAT4, FLOAT8 -> Double.valueOf(text.trim());
      case TIMESTAMP, TIMESTAMPTZ -> PgTimestamp.parse(text);
      case JSON -> plain(Json.decodeValue(text));
      case VARCHAR, TEXT, BPCHAR, NAME, UNKNOWN -> text;
    };
  }

  Object read(Buffer value) {
    if (length >= 0 && value.length() != length) {
      throw new IllegalArgumentException(
          "a binary " + this + " has " + length + " bytes, not " + value.length());
    }
    return switch (this) {
      case BOOL -> value.getByte(0) != 0;
      case INT2 -> (long) value.getShort(0);
      case INT4 -> (long) value.getInt(0);
      case INT8 -> value.getLong(0);
      case FLOAT4 -> (double) value.getFloat(0);
      case FLOAT8 -> value.getDouble(0);
      case TIMESTAMP, TIMESTAMPTZ -> PgTimestamp.read(value.getLong(0));
      case JSON, VARCHAR, TEXT, BPCHAR, NAME, UNKNOWN ->
          parse(value.toString(StandardCharsets.UTF_8));
    };
  }

  private static Object plain(Object json) {
    if (json instanceof JsonObject object) {
      return object.getMap();
    }
    return json instanceof JsonArray array ? array.getList() : json;
  }
}
