package cratesim.wire;

import static cratesim.wire.FakeEndpoint.column;
import static cratesim.wire.FakeEndpoint.row;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.model.SqlAnswer.ColumnType;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The corners of the PostgreSQL protocol that no well-mannered client shows. */
class PgProtocolTest {
  private final FakeEndpoint endpoint =
      new FakeEndpoint()
          .answering(
              "SELECT n", List.of(column("n", ColumnType.INTEGER)), List.of(row(1), row(2), row(3)))
          .answering(
              "SELECT l",
              List.of(column("l", ColumnType.TEXT_ARRAY)),
              List.of(row(List.of("a b", "c")), row((Object) null)));
  private final RunningServer server = new RunningServer(endpoint);

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void a_client_is_greeted_as_by_crate_db() throws IOException {
    try (var raw = new RawPg(server.pgPort()).startUp("crate")) {
      var greeting = new ArrayList<String>();
      var message = raw.next();
      assertEquals('R', message.type());
      for (message = raw.next(); message.type() == 'S'; message = raw.next()) {
        greeting.add(message.text());
      }
      assertEquals(
          List.of(
              "crate_version|6.3.7|",
              "server_version|14.0|",
              "server_encoding|UTF8|",
              "client_encoding|UTF8|",
              "datestyle|ISO|",
              "TimeZone|UTC|",
              "integer_datetimes|on|",
              "standard_conforming_strings|on|"),
          greeting);
      assertEquals('K', message.type());
      assertEquals("I", raw.next().text());
    }
  }

  @Test
  void encryption_that_is_not_there_is_declined_and_the_start_goes_on() throws IOException {
    try (var raw = new RawPg(server.pgPort())) {
      raw.untyped(RawPg.GSSENC_REQUEST, Buffer.buffer());
      assertEquals('N', raw.character());
      raw.untyped(RawPg.SSL_REQUEST, Buffer.buffer());
      assertEquals('N', raw.character());
      assertTrue(raw.startUp("crate").until('Z').startsWith("RS"));
    }
  }

  @Test
  void a_newer_minor_version_is_talked_down() throws IOException {
    try (var raw = new RawPg(server.pgPort())) {
      var options = RawPg.text("user").appendBuffer(RawPg.text("crate"));
      options.appendBuffer(RawPg.text("_pq_.new")).appendBuffer(RawPg.text("1"));
      raw.untyped(RawPg.VERSION_3 + 2, options.appendByte((byte) 0));
      var negotiation = raw.next();
      assertEquals('v', negotiation.type());
      assertEquals(RawPg.VERSION_3, negotiation.body().getInt(0));
      assertEquals(1, negotiation.body().getInt(4));
      raw.until('Z');
    }
  }

  @Test
  void another_protocol_and_a_cancel_request_end_the_connection() throws IOException {
    try (var raw = new RawPg(server.pgPort())) {
      raw.untyped(2 << 16, Buffer.buffer());
      assertTrue(raw.next().text().contains("Unsupported frontend protocol 2.0"));
      assertTrue(raw.atEnd());
    }
    try (var raw = new RawPg(server.pgPort())) {
      raw.untyped(RawPg.CANCEL_REQUEST, Buffer.buffer().appendLong(7));
      assertTrue(raw.atEnd());
    }
  }

  @Test
  void messages_may_come_in_any_pieces() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      var both = Buffer.buffer();
      both.appendBuffer(RawPg.message('Q', RawPg.text("SELECT n")));
      both.appendBuffer(RawPg.message('Q', RawPg.text("ALTER TABLE t")));
      for (int i = 0; i < both.length(); i++) {
        raw.bytes(both.slice(i, i + 1));
      }
      assertEquals("TDDDCZ", raw.until('Z'));
      assertEquals("CZ", raw.until('Z'));
    }
  }

  @Test
  void several_statements_answer_one_after_the_other_until_one_fails() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      raw.query("SELECT n; ALTER TABLE \"a;b\" SET (x=';') -- ; no\n ; nope; ALTER TABLE u");
      assertEquals("TDDDCCEZ", raw.until('Z'));
      assertEquals(
          List.of("SELECT n", "ALTER TABLE \"a;b\" SET (x=';') -- ; no"), endpoint.executed);
    }
  }

  @Test
  void an_empty_query_is_answered_as_such() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      for (String empty : List.of("", " ; ", "-- nothing", "/* nothing */ ;")) {
        assertEquals("IZ", raw.query(empty).until('Z'), empty);
      }
      assertEquals("12IZ", raw.parse("").bind().execute(0).sync().until('Z'));
    }
  }

  @Test
  void arrays_are_quoted_in_text() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      raw.query("SELECT l").next();
      assertTrue(raw.next().text().endsWith("{\"a b\",\"c\"}"));
      assertEquals(-1, raw.next().body().getInt(2));
      assertEquals("SELECT 2|", raw.next().text());
    }
  }

  @Test
  void after_an_error_everything_is_skipped_until_sync() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      raw.parse("nope").bind().execute(0).parse("SELECT n").bind().execute(0).sync();
      assertEquals("12EZ", raw.until('Z'));
      assertEquals("12DDDCZ", raw.parse("SELECT n").bind().execute(0).sync().until('Z'));
    }
  }

  @Test
  void a_portal_is_suspended_at_the_row_limit() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      raw.parse("SELECT n").bind().execute(2).execute(2).sync();
      assertEquals("12DDsDCZ", raw.until('Z'));
    }
  }

  @Test
  void what_was_never_prepared_is_an_error() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      var describe = Buffer.buffer("S").appendBuffer(RawPg.text("ghost"));
      raw.send('D', describe).sync();
      assertTrue(raw.next().text().contains("No statement found with name: ghost"));
      assertEquals("E", raw.next().text());
      raw.execute(0).sync();
      assertTrue(raw.next().text().contains("Cannot find portal"));
    }
  }

  @Test
  void flush_sends_what_sync_has_not_yet_asked_for() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      raw.parse("SELECT n").send('H', Buffer.buffer());
      assertEquals('1', raw.next().type());
    }
  }

  @Test
  void a_client_that_does_not_read_holds_neither_the_server_nor_all_rows_in_memory()
      throws IOException {
    var rows = new CountedRows(200_000);
    endpoint.answering("SELECT big", List.of(column("t", ColumnType.TEXT)), rows);
    try (var lazy = RawPg.ready(server.pgPort());
        var other = RawPg.ready(server.pgPort())) {
      lazy.query("SELECT big").next();
      for (int i = 0; i < 300; i++) {
        other.query("SELECT n").until('Z');
      }
      assertTrue(rows.highest < 199_999, "all rows were encoded: " + rows.highest);
    }
  }

  @Test
  void garbage_ends_its_own_connection_only() throws IOException {
    var random = new Random(42);
    try (var good = RawPg.ready(server.pgPort())) {
      for (int i = 0; i < 50; i++) {
        byte[] garbage = new byte[64];
        random.nextBytes(garbage);
        garbage[0] |= (byte) 0x40;
        try (var started = RawPg.ready(server.pgPort());
            var fresh = new RawPg(server.pgPort())) {
          started.bytes(Buffer.buffer(garbage));
          fresh.bytes(Buffer.buffer(garbage));
          fresh.until('E');
          assertTrue(fresh.atEnd());
        }
      }
      assertEquals("TDDDCZ", good.query("SELECT n").until('Z'));
    }
  }

  @Test
  void a_message_that_is_cut_short_or_too_long_ends_the_connection() throws IOException {
    try (var raw = RawPg.ready(server.pgPort())) {
      raw.send('B', Buffer.buffer("no zero byte"));
      assertTrue(raw.next().text().contains("08P01"));
      assertTrue(raw.atEnd());
    }
    try (var raw = RawPg.ready(server.pgPort())) {
      raw.bytes(Buffer.buffer("Q").appendInt(Integer.MAX_VALUE));
      assertTrue(raw.next().text().contains("invalid length"));
      assertTrue(raw.atEnd());
    }
  }

  /** Rows of 200 bytes that are made when they are asked for. */
  private static final class CountedRows extends AbstractList<List<Object>> {
    private final int size;
    private volatile int highest;

    private CountedRows(int size) {
      this.size = size;
    }

    @Override
    public List<Object> get(int index) {
      highest = index;
      return row("x".repeat(200));
    }

    @Override
    public int size() {
      return size;
    }
  }
}
