package cratesim.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import cratesim.model.SqlError;
import io.vertx.core.buffer.Buffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PgValuesTest {
  private static final Map<Integer, Object> SCALARS =
      Map.ofEntries(
          Map.entry(16, true),
          Map.entry(21, -3L),
          Map.entry(23, 70_000L),
          Map.entry(20, 5_000_000_000L),
          Map.entry(700, 1.5d),
          Map.entry(701, -2.25d),
          Map.entry(1043, "a 'b' \"c\""),
          Map.entry(25, "Grüße"),
          Map.entry(114, Map.of("a", List.of(1, 2))),
          Map.entry(1184, 1704067200123L),
          Map.entry(1114, -1L));

  @Test
  void scalars_read_back_as_they_were_written() throws SqlError {
    for (var scalar : SCALARS.entrySet()) {
      for (boolean binary : new boolean[] {true, false}) {
        var type = PgColumnType.of(scalar.getKey());
        var written = type.encode(scalar.getValue(), binary);
        assertEquals(scalar.getValue(), type.decode(written, binary), type + " " + binary);
      }
    }
  }

  @Test
  void arrays_read_back_as_they_were_written() throws SqlError {
    List<Object> texts = Arrays.asList("a,b", "", "NULL", "{", null);
    for (boolean binary : new boolean[] {true, false}) {
      for (List<Object> values : List.of(texts, List.of())) {
        var type = PgColumnType.of(1015);
        assertEquals(values, type.decode(type.encode(values, binary), binary));
      }
      var json = PgColumnType.of(199);
      List<Object> objects = List.of(Map.of("n", "it's \"7\""));
      assertEquals(objects, json.decode(json.encode(objects, binary), binary));
      var longs = PgColumnType.of(1016);
      assertEquals(List.of(1L, -2L), longs.decode(longs.encode(List.of(1, -2), binary), binary));
    }
  }

  @Test
  void unquoted_array_elements_are_understood() {
    assertEquals(
        Arrays.asList("a", null, "c d"), PgArrayText.parse("{a,NULL,\"c d\"}", PgType.TEXT));
    assertEquals(List.of("q\"q"), PgArrayText.parse("{\"q\\\"q\"}", PgType.TEXT));
  }

  @Test
  void timestamps_are_read_in_the_forms_clients_write() {
    for (String text :
        List.of(
            "2024-01-01",
            "2024-01-01 00:00:00",
            "2024-01-01T00:00:00Z",
            "2024-01-01 00:00:00.000+00",
            "2024-01-01 02:00:00+02:00",
            "1704067200000")) {
      assertEquals(1704067200000L, PgTimestamp.parse(text), text);
    }
  }

  @Test
  void a_value_of_the_wrong_size_and_an_unknown_type_are_refused() throws SqlError {
    var bigint = PgColumnType.of(20);
    assertThrows(IllegalArgumentException.class, () -> bigint.decode(Buffer.buffer("1234"), true));
    assertThrows(SqlError.class, () -> PgColumnType.of(999_999));
  }
}
