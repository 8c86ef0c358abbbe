package cratesim.wire;

import cratesim.faults.Fault;
import cratesim.faults.FaultyWire;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;

/** Puts answers on the wire piece by piece, never a whole large one at once. */
final class PgOutput implements Outgoing {
  private final PacedStream stream;
  private final PgWriter writer = new PgWriter();

  PgOutput(PacedStream stream) {
    this.stream = stream;
  }

  @Override
  public FaultyWire wire() {
    return FaultyWire.PG;
  }

  @Override
  public void spoil(Fault.Effect how) {
    stream.spoil(how);
  }

  /** What is written here leaves with the next flush. */
  PgWriter messages() {
    return writer;
  }

  Future<Void> flush() {
    return writer.length() == 0 ? Future.succeededFuture() : stream.write(writer.take());
  }

  /** An answer to a simple query: its columns, its rows as text, its end. */
  Future<Void> describedAnswer(SqlAnswer answer) {
    try {
      if (!answer.columns().isEmpty()) {
        writer.rowDescription(answer.columns(), PgFormats.TEXT);
      }
    } catch (SqlError error) {
      return Future.failedFuture(error);
    }
    return rows(answer, 0, answer.rows().size(), PgFormats.TEXT)
        .onSuccess(written -> complete(answer, answer.rows().size()));
  }

  /** The rows from one position up to another, without it. */
  Future<Void> rows(SqlAnswer answer, int from, int to, PgFormats formats) {
    try {
      var types = new ArrayList<PgColumnType>();
      for (var column : answer.columns()) {
        types.add(PgColumnType.of(column.type().oid()));
      }
      return answer.columns().isEmpty()
          ? Future.succeededFuture()
          : rows(answer.rows(), from, to, types, formats);
    } catch (SqlError error) {
      return Future.failedFuture(error);
    }
  }

  private Future<Void> rows(
      List<List<Object>> rows, int from, int to, List<PgColumnType> types, PgFormats formats) {
    int row = from;
    while (row < to && writer.length() < PacedStream.CHUNK) {
      writer.dataRow(rows.get(row), types, formats);
      row++;
    }
    int next = row;
    return next == to
        ? Future.succeededFuture()
        : flush().compose(sent -> rows(rows, next, to, types, formats));
  }

  /** CrateDB counts rows for a SELECT, and says one less than HTTP where it does not know. */
  void complete(SqlAnswer answer, int rows) {
    long count = answer.columns().isEmpty() ? answer.rowCount() : rows;
    long said = count < 0 ? count - 1 : count;
    writer.commandComplete(
        switch (answer.tag()) {
          case "BEGIN" -> "BEGIN";
          case "INSERT" -> "INSERT 0 " + said;
          default -> answer.tag() + " " + said;
        });
  }
}
