package xmover.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TableRefTest {
  @Test
  void names_are_quoted_whatever_they_contain() {
    assertEquals("\"doc\".\"metrics\"", TableRef.of("doc", "metrics").sqlName());
    assertEquals("\"Bottle\".\"Field \"\"Data\"", TableRef.of("Bottle", "Field \"Data").sqlName());
  }

  @Test
  void a_partition_is_named_by_typed_values_of_every_column() {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("month", 1704067200000L);
    values.put("region", "eu:west {1}");
    values.put("it's", "it's");
    values.put("flag", true);
    values.put("none", null);
    var ref = TableRef.of("doc", "t").partition(new PartitionValues("0873", values));
    assertEquals(
        "\"doc\".\"t\" PARTITION (\"month\" = 1704067200000, \"region\" = 'eu:west {1}',"
            + " \"it's\" = 'it''s', \"flag\" = true, \"none\" = NULL)",
        ref.sqlTarget());
    assertEquals(
        "doc.t[month=1704067200000,region=eu:west {1},it's=it's,flag=true,none=NULL]",
        ref.toString());
  }

  @Test
  void a_value_that_can_not_be_typed_is_spelled_out_as_cratedb_reads_it() {
    assertEquals("E'a\\u001b''\\u005c\\n'", SqlText.literal("a\u001b'\\\n"));
    assertEquals("E'\\udb40\\udc41'", SqlText.literal(Character.toString(0xE0041)));
    assertEquals("'a\\nb'", SqlText.literal("a\\nb"));
    assertEquals("'größe 😀'", SqlText.literal("größe 😀"));
  }

  @Test
  void a_nested_partition_column_keeps_its_path() {
    var partition = new PartitionValues("04732", Map.of("o['a']['B c']", "x"));
    assertEquals("PARTITION (\"o\"['a']['B c'] = 'x')", partition.clause());
  }

  @ParameterizedTest
  @ValueSource(strings = {"0", "1", "2", "0-1", "1-all", "0-all", "1-3"})
  void a_replica_setting_travels_verbatim(String text) {
    assertEquals(text, new ReplicaSetting(text).text());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "all", "-1", "0-", "1-x", "1 ", "0-1-2"})
  void what_is_no_replica_setting_is_refused(String text) {
    assertThrows(IllegalArgumentException.class, () -> new ReplicaSetting(text));
  }

  @Test
  void only_zero_is_zero() {
    assertEquals(true, new ReplicaSetting("0").isZero());
    assertEquals(false, new ReplicaSetting("0-1").isZero());
    assertEquals(false, new ReplicaSetting("0-all").isZero());
  }
}
