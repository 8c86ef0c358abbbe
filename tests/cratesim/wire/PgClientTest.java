package cratesim.wire;

import static cratesim.wire.FakeEndpoint.column;
import static cratesim.wire.FakeEndpoint.row;
import static cratesim.wire.RunningServer.failure;
import static cratesim.wire.RunningServer.get;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import cratesim.model.SqlAnswer.Column;
import cratesim.model.SqlAnswer.ColumnType;
import io.vertx.core.json.JsonObject;
import io.vertx.pgclient.PgConnection;
import io.vertx.pgclient.PgException;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The PostgreSQL side as the Vert.x client sees it, which asks for binary in prepared queries. */
class PgClientTest {
  private static final String ALL = "SELECT * FROM everything";
  private static final List<Column> ALL_TYPES =
      List.of(
          column("text", ColumnType.TEXT),
          column("bool", ColumnType.BOOLEAN),
          column("int", ColumnType.INTEGER),
          column("long", ColumnType.BIGINT),
          column("real", ColumnType.REAL),
          column("double", ColumnType.DOUBLE),
          column("time", ColumnType.TIMESTAMP),
          column("object", ColumnType.OBJECT),
          column("texts", ColumnType.TEXT_ARRAY),
          column("longs", ColumnType.BIGINT_ARRAY),
          column("objects", ColumnType.OBJECT_ARRAY));
  private static final List<Object> FULL =
      row(
          "Grüße 'eu:west {1}'",
          true,
          7,
          5_000_000_000L,
          1.5f,
          2.25d,
          1704067200123L,
          Map.of("name", "data \"hot\""),
          List.of("peer recovery", ""),
          List.of(1L, 2L),
          List.of(Map.of("a", 1)));
  private static final List<Object> EMPTY =
      row(null, null, null, null, null, null, null, null, List.of(), null, null);

  private final FakeEndpoint endpoint =
      new FakeEndpoint()
          .answering(ALL, ALL_TYPES, List.of(FULL, EMPTY))
          .answering("SELECT 1", List.of(column("1", ColumnType.INTEGER)), List.of(row(1)));
  private final RunningServer server = new RunningServer(endpoint);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void every_type_arrives_in_text() {
    var rows = get(server.connect().query(ALL).execute()).iterator();
    assertFull(rows.next());
    assertEmpty(rows.next());
  }

  @Test
  void every_type_arrives_in_binary() {
    var rows = get(server.connect().preparedQuery(ALL).execute()).iterator();
    assertFull(rows.next());
    assertEmpty(rows.next());
  }

  @Test
  void parameters_of_inferred_types_reach_the_endpoint() {
    String sql = "SELECT 1";
    endpoint.answering(sql + " WHERE a = $1 AND b = $2 AND c = $3", List.of(), List.of());
    endpoint.withParameterTypes(ColumnType.TEXT, ColumnType.BIGINT, ColumnType.BOOLEAN);
    get(
        server
            .connect()
            .preparedQuery(sql + " WHERE a = $1 AND b = $2 AND c = $3")
            .execute(Tuple.of("doc", 5_000_000_000L, true)));
    assertEquals(List.of(List.of("doc", 5_000_000_000L, true)), endpoint.parameters);
  }

  @Test
  void a_list_of_names_fits_into_any_without_the_endpoints_help() {
    String sql = "SELECT 1 WHERE t = ANY($1) AND s = $2";
    endpoint.answering(sql, List.of(), List.of());
    var arguments = Tuple.tuple(row(new String[] {"a,b", "c\"d", null}, null));
    get(server.connect().preparedQuery(sql).execute(arguments));
    assertEquals(row(row("a,b", "c\"d", null), null), endpoint.parameters.get(0));
  }

  @Test
  void an_alter_is_counted_as_crate_db_does() {
    assertEquals(-28, get(server.connect().query("ALTER TABLE t SET (x=1)").execute()).rowCount());
    assertEquals(
        -28, get(server.connect().preparedQuery("ALTER TABLE t SET (x=1)").execute()).rowCount());
  }

  @Test
  void an_error_carries_sqlstate_and_the_sentence_alone_and_the_connection_lives_on() {
    var connection = server.connect();
    for (var query : List.of(connection.query("nope"), connection.preparedQuery("nope"))) {
      var error = (PgException) failure(query.execute());
      assertEquals("42P01", error.getSqlState());
      assertEquals("Relation 'doc.nope' unknown", error.getErrorMessage());
      assertEquals("ERROR", error.getSeverity());
    }
    assertEquals(1, get(connection.query("SELECT 1").execute()).rowCount());
  }

  @Test
  void a_cursor_fetches_in_portions() {
    var column = List.of(column("n", ColumnType.BIGINT));
    endpoint.answering("SELECT n", column, List.of(row(1), row(2), row(3), row(4), row(5)));
    var cursor = get(server.connect().prepare("SELECT n")).cursor();
    assertEquals(2, get(cursor.read(2)).size());
    assertEquals(2, get(cursor.read(2)).size());
    assertEquals(1, get(cursor.read(2)).size());
    assertEquals(1, endpoint.executed.size());
  }

  @Test
  void a_hundred_thousand_rows_arrive_in_order() {
    var columns = List.of(column("n", ColumnType.BIGINT), column("t", ColumnType.TEXT));
    var rows = IntStream.range(0, 100_000).mapToObj(n -> row((long) n, "table_" + n)).toList();
    endpoint.answering("SELECT n", columns, rows);
    long expected = 0;
    for (var row : get(server.connect().preparedQuery("SELECT n").execute())) {
      assertEquals(expected++, row.getLong(0));
    }
    assertEquals(100_000, expected);
  }

  @Test
  void a_password_is_asked_for_and_checked() {
    var options = server.pgOptions().setUser("pw").setPassword("secret");
    get(PgConnection.connect(server.vertx, options));
    var wrong = PgConnection.connect(server.vertx, options.setPassword("guess"));
    assertRefused("password authentication failed for user \"pw\"", failure(wrong));
    var unknown = PgConnection.connect(server.vertx, server.pgOptions().setUser("nobody"));
    assertRefused("trust authentication failed for user \"nobody\"", failure(unknown));
  }

  private static void assertRefused(String message, Throwable failure) {
    assertEquals("28000", ((PgException) failure).getSqlState());
    assertEquals(message, ((PgException) failure).getErrorMessage());
  }

  private static void assertFull(Row row) {
    assertEquals("Grüße 'eu:west {1}'", row.getString("text"));
    assertEquals(true, row.getBoolean("bool"));
    assertEquals(7, row.getInteger("int"));
    assertEquals(5_000_000_000L, row.getLong("long"));
    assertEquals(1.5f, row.getFloat("real"));
    assertEquals(2.25d, row.getDouble("double"));
    assertEquals(OffsetDateTime.parse("2024-01-01T00:00:00.123Z"), row.getOffsetDateTime("time"));
    assertEquals(new JsonObject().put("name", "data \"hot\""), row.getJsonObject("object"));
    assertArrayEquals(new String[] {"peer recovery", ""}, row.getArrayOfStrings("texts"));
    assertArrayEquals(new Long[] {1L, 2L}, row.getArrayOfLongs("longs"));
    assertEquals(new JsonObject().put("a", 1), row.getArrayOfJsonObjects("objects")[0]);
  }

  private static void assertEmpty(Row row) {
    assertNull(row.getValue("text"));
    assertNull(row.getValue("time"));
    assertNull(row.getValue("object"));
    assertEquals(0, row.getArrayOfStrings("texts").length);
    assertNull(row.getValue("longs"));
  }
}
