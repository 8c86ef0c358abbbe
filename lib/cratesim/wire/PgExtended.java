package cratesim.wire;

import cratesim.model.SqlAnswer;
import cratesim.model.SqlError;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Prepared statements and portals: Parse, Bind, Describe, Execute and Close. */
final class PgExtended {
  private final StatementRunner runner;
  private final String user;
  private final PgOutput output;
  private final Map<String, Prepared> statements = new HashMap<>();
  private final Map<String, PgPortal> portals = new HashMap<>();

  PgExtended(StatementRunner runner, String user, PgOutput output) {
    this.runner = runner;
    this.user = user;
    this.output = output;
  }

  private record Prepared(String text, List<PgColumnType> parameters) {}

  Future<Void> handle(PgFrame frame) throws SqlError {
    return switch (frame.type) {
      case 'P' -> parse(frame);
      case 'B' -> bind(frame);
      case 'D' -> describe(frame);
      case 'E' -> execute(frame);
      case 'C' -> close(frame);
      default ->
          throw new SqlError(400, 4000, "0A000", "Unsupported messageType: " + (int) frame.type);
    };
  }

  private Future<Void> parse(PgFrame frame) throws SqlError {
    String name = frame.text();
    var script = new SqlScript(frame.text());
    var declared = new ArrayList<PgColumnType>();
    for (int left = frame.int16(); left > 0; left--) {
      declared.add(PgColumnType.of(frame.int32()));
    }
    String text = script.onlyStatement();
    return runner
        .parameterTypes(text)
        .map(inferred -> PgParameters.types(script, declared, inferred))
        .onSuccess(types -> statements.put(name, new Prepared(text, types)))
        .onSuccess(types -> output.messages().bare('1'))
        .mapEmpty();
  }

  private Future<Void> bind(PgFrame frame) throws SqlError {
    String portal = frame.text();
    var prepared = statement(frame.text());
    var values = PgParameters.values(frame, prepared.parameters());
    portals.put(portal, new PgPortal(prepared.text(), values, PgFormats.read(frame)));
    output.messages().bare('2');
    return Future.succeededFuture();
  }

  private Future<Void> describe(PgFrame frame) throws SqlError {
    char kind = frame.character();
    String name = frame.text();
    if (kind == 'P') {
      var portal = portal(name);
      return columns(portal.statement(), portal.formats());
    }
    var prepared = statement(name);
    output.messages().parameterDescription(prepared.parameters());
    return columns(prepared.text(), PgFormats.TEXT);
  }

  private Future<Void> columns(String statement, PgFormats formats) {
    return statement.isEmpty()
        ? describe(List.of(), formats)
        : runner.describe(user, statement).compose(columns -> describe(columns, formats));
  }

  private Future<Void> describe(List<SqlAnswer.Column> columns, PgFormats formats) {
    try {
      if (columns.isEmpty()) {
        output.messages().bare('n');
      } else {
        output.messages().rowDescription(columns, formats);
      }
      return Future.succeededFuture();
    } catch (SqlError error) {
      return Future.failedFuture(error);
    }
  }

  private Future<Void> execute(PgFrame frame) throws SqlError {
    var portal = portal(frame.text());
    int limit = frame.int32();
    if (portal.statement().isEmpty()) {
      output.messages().bare('I');
      return Future.succeededFuture();
    }
    return portal
        .answer(() -> runner.execute(user, portal.statement(), portal.parameters(), output))
        .compose(answer -> portal.send(answer, limit, output));
  }

  private Future<Void> close(PgFrame frame) {
    char kind = frame.character();
    (kind == 'S' ? statements : portals).remove(frame.text());
    output.messages().bare('3');
    return Future.succeededFuture();
  }

  private Prepared statement(String name) throws SqlError {
    var prepared = statements.get(name);
    if (prepared == null) {
      throw unknown("No statement found with name: " + name);
    }
    return prepared;
  }

  private PgPortal portal(String name) throws SqlError {
    var portal = portals.get(name);
    if (portal == null) {
      throw unknown("Cannot find portal: " + name);
    }
    return portal;
  }

  private static SqlError unknown(String message) {
    return new SqlError(500, 5000, "XX000", message);
  }
}
