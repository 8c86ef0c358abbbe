package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import xmover.table.Bytes;
import xmover.table.Hostile;
import xmover.table.PartitionValues;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.TableState;

/** What is printed as a table's name chooses that table, and no other, when it is typed. */
class PrintedNamesTypedBackTest {
  /** Tables and partitions by every odd name and value there is, side by side. */
  private static final List<TableRef> TABLES = tables();

  private static List<TableRef> tables() {
    List<TableRef> tables = new ArrayList<>();
    List<Object> values = new ArrayList<>(Hostile.texts().toList());
    values.addAll(List.of("", " ", "eu", "eu ", "true", "17", "'NULL'", "E'x", "it''s", "r=eu"));
    values.add(null);
    for (Object value : values) {
      tables.add(partition("t", Map.of(), "r", value));
      tables.add(partition("two", Map.of("a,b", "x"), "r", value));
    }
    for (Object number : List.of(17L, -1L, 1.5, 1704067200000L)) {
      tables.add(partition("numbers", Map.of(), "r", number));
    }
    Hostile.texts().map(name -> TableRef.of("doc", name)).forEach(tables::add);
    Hostile.texts().map(name -> TableRef.of(name, "t")).forEach(tables::add);
    return List.copyOf(tables);
  }

  private static TableRef partition(
      String name, Map<String, Object> more, String key, Object value) {
    Map<String, Object> values = new LinkedHashMap<>(more);
    values.put(key, value);
    String ident = "0" + (name + value).hashCode();
    return TableRef.of("doc", name).partition(new PartitionValues(ident, values));
  }

  static Stream<TableRef> everyTable() {
    return TABLES.stream();
  }

  private static List<TableRef> chosenBy(String typed) {
    return new NamedTables(List.of(typed))
        .among(TABLES.stream().map(PrintedNamesTypedBackTest::state).toList()).stream()
            .map(state -> state.relation().table())
            .toList();
  }

  private static TableState state(TableRef table) {
    return new TableState(
        new Relation(
            table,
            Optional.of(new ReplicaSetting("1")),
            Optional.empty(),
            false,
            false,
            false,
            "1",
            true,
            Optional.empty()),
        new ShardTotals(1, 1, 0, Optional.empty(), Optional.empty(), Bytes.ZERO, 0),
        Optional.empty());
  }

  @ParameterizedTest
  @MethodSource("everyTable")
  void what_is_printed_chooses_that_table_alone(TableRef table) {
    assertEquals(List.of(table), chosenBy(table.toString()));
    assertEquals(List.of(), Hostile.shownIn(table.toString()));
  }

  @ParameterizedTest
  @MethodSource("everyTable")
  void what_a_shell_makes_of_an_argument_chooses_that_table(TableRef table) {
    assertEquals(List.of(table), chosenBy(unquoted(table.argument())));
  }

  /** As a POSIX shell reads it, where no expansion and no escape is left to do. */
  private static String unquoted(String word) {
    if (word.startsWith("\"")) {
      String inside = word.substring(1, word.length() - 1);
      assertEquals(inside, inside.replaceAll("[\"$`!\\\\]", ""));
      return inside;
    }
    return word.substring(1, word.length() - 1).replace("'\\''", "'");
  }

  @ParameterizedTest
  @MethodSource("everyTable")
  void an_option_or_a_file_of_arguments_it_is_not(TableRef table) {
    assertEquals(table.toString(), table.toString().replaceFirst("^[-@]", ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '#',
      value = {
        "doc.t[r=NULL]           | doc.t[r=NULL]",
        "doc.t[r='NULL']         | doc.t[r='NULL']",
        "doc.t[r='eu']           | doc.t[r=eu]",
        "doc.t[r='']             | doc.t[r='']",
        "doc.t[r=a,b=c]          | doc.t[r='a,b=c']",
        "doc.numbers[r=17]       | doc.numbers[r=17]",
        "doc.two[r=eu,\"a,b\"=x] | doc.two[\"a,b\"=x,r=eu]",
      })
  void a_value_may_be_quoted_and_need_not_be(String typed, String printed) {
    assertEquals(List.of(printed), chosenBy(typed).stream().map(TableRef::toString).toList());
  }

  @Test
  void null_is_never_the_text_that_reads_so() {
    Map<String, Object> text = new HashMap<>();
    text.put("region", "NULL");
    var partition = TableRef.of("doc", "t").partition(new PartitionValues("0407", text));
    var names = new NamedTables(List.of("doc.t[region=NULL]"));
    assertThrows(NoSuchTable.class, () -> names.among(List.of(state(partition))));
    assertEquals("doc.t[region='NULL']", partition.toString());
  }

  @ParameterizedTest
  @MethodSource("everyTable")
  void a_filter_takes_it_too(TableRef table) {
    var plain = TableRef.of(table.schema(), table.name());
    var filter = new TableFilter(List.of(), List.of(plain.toString()), List.of());
    assertEquals(true, filter.accepts(table));
  }
}
