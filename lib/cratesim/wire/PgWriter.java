package cratesim.wire;

import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import io.vertx.core.buffer.Buffer;
import java.util.List;

/** Gathers a server's messages until they are taken to be sent. */
final class PgWriter {
  private Buffer out = Buffer.buffer();

  int length() {
    return out.length();
  }

  /** Everything written since the last time. */
  Buffer take() {
    var taken = out;
    out = Buffer.buffer();
    return taken;
  }

  PgWriter authenticationOk() {
    return message('R', Buffer.buffer().appendInt(0));
  }

  PgWriter cleartextPassword() {
    return message('R', Buffer.buffer().appendInt(3));
  }

  PgWriter protocolVersion(int version, List<String> unknownOptions) {
    var body = Buffer.buffer().appendInt(version).appendInt(unknownOptions.size());
    unknownOptions.forEach(option -> text(body, option));
    return message('v', body);
  }

  PgWriter parameterStatus(String name, String value) {
    return message('S', text(text(Buffer.buffer(), name), value));
  }

  PgWriter keyData(int id, int secret) {
    return message('K', Buffer.buffer().appendInt(id).appendInt(secret));
  }

  /**
   * @param transaction I when idle, E after an error before Sync
   */
  PgWriter readyForQuery(char transaction) {
    return message('Z', Buffer.buffer().appendByte((byte) transaction));
  }

  /** Messages that are nothing but their type: 1, 2, 3, n, s, I. */
  PgWriter bare(char type) {
    return message(type, Buffer.buffer());
  }

  PgWriter commandComplete(String tag) {
    return message('C', text(Buffer.buffer(), tag));
  }

  /** The sentence alone: the name of the exception around it is HTTP's. */
  PgWriter error(SqlError error) {
    String message = String.valueOf(error.getMessage());
    return error("ERROR", error.sqlState(), message.replaceFirst("(?s)^\\w+\\[(.*)]$", "$1"));
  }

  PgWriter fatal(String sqlState, String message) {
    return error("FATAL", sqlState, message);
  }

  PgWriter parameterDescription(List<PgColumnType> types) {
    var body = Buffer.buffer().appendShort((short) types.size());
    types.forEach(type -> body.appendInt(type.oid()));
    return message('t', body);
  }

  PgWriter rowDescription(List<SqlAnswer.Column> columns, PgFormats formats) throws SqlError {
    var body = Buffer.buffer().appendShort((short) columns.size());
    for (int i = 0; i < columns.size(); i++) {
      var column = columns.get(i);
      var type = PgColumnType.of(column.type().oid());
      text(body, column.name()).appendInt(0).appendShort((short) 0);
      body.appendInt(type.oid()).appendShort((short) type.length()).appendInt(-1);
      body.appendShort((short) (formats.binary(i) ? 1 : 0));
    }
    return message('T', body);
  }

  PgWriter dataRow(List<Object> row, List<PgColumnType> types, PgFormats formats) {
    var body = Buffer.buffer().appendShort((short) types.size());
    for (int i = 0; i < types.size(); i++) {
      Object cell = row.get(i);
      if (cell == null) {
        body.appendInt(-1);
      } else {
        var value = types.get(i).encode(cell, formats.binary(i));
        body.appendInt(value.length()).appendBuffer(value);
      }
    }
    return message('D', body);
  }

  private PgWriter error(String severity, String sqlState, String message) {
    var body = Buffer.buffer();
    text(body.appendByte((byte) 'S'), severity);
    text(body.appendByte((byte) 'M'), message);
    text(body.appendByte((byte) 'C'), sqlState);
    return message('E', body.appendByte((byte) 0));
  }

  private PgWriter message(char type, Buffer body) {
    out.appendByte((byte) type).appendInt(body.length() + 4).appendBuffer(body);
    return this;
  }

  private static Buffer text(Buffer body, String text) {
    return body.appendString(text).appendByte((byte) 0);
  }
}
