package xmover.print;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names of all the world in a table: what follows them stands below its heading. */
class WideCharactersTest {
  private static final String JAPANESE = "doc.\u30c6\u30fc\u30d6\u30eb";
  private static final String COMBINED = "doc.cafe\u0301\u0302";
  private static final String EMOJI = "doc.\ud83d\ude80\ud83d\udd25";
  private static final List<String> NAMES = List.of("doc.plain", JAPANESE, COMBINED, EMOJI);

  private static List<String> lines(int columns, List<String> names) {
    return new TextTable<String>()
        .text("Table", name -> name)
        .number("Shard", name -> 12)
        .text("Node", name -> "n1")
        .render(names, new Terminal(columns, false), name -> false)
        .lines()
        .toList();
  }

  @ParameterizedTest
  @CsvSource({"doc.t, 5", "\u6f22\u5b57, 4", "\ud83d\ude80, 2", "e\u0301, 1", "\uac00, 2", "'', 0"})
  void a_text_is_as_wide_as_a_terminal_shows_it(String text, int width) {
    assertEquals(width, TextTable.columns(text));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 200, 30})
  void columns_stand_below_each_other(int columns) {
    for (String line : lines(columns, NAMES)) {
      int bar = Math.max(line.indexOf('|'), line.indexOf('+'));
      assertEquals(14, TextTable.columns(line.substring(0, bar)), line);
    }
  }

  @Test
  void a_name_that_is_too_wide_is_cut_by_columns_and_loses_nothing() {
    String name = "doc." + "\u6f22".repeat(20) + "e\u0301".repeat(20);
    List<String> lines = lines(30, List.of(name));
    var whole = new StringBuilder();
    for (String line : lines) {
      assertTrue(TextTable.columns(line) <= 30, line);
      whole.append(line.split("[|+]", 2)[0].strip());
    }
    assertTrue(whole.toString().endsWith(name), whole.toString());
    assertTrue(lines.size() > 5, lines.toString());
  }

  @Test
  void a_letter_stays_with_the_marks_that_combine_with_it() {
    assertEquals(List.of("ae\u0301", "be\u0301"), TextTable.wrapped("ae\u0301be\u0301", 2));
  }

  @Test
  void a_wide_letter_is_never_cut_in_two_and_a_line_takes_one_at_least() {
    assertEquals(List.of("a\u6f22", "\u6f22b"), TextTable.wrapped("a\u6f22\u6f22b", 4));
    assertEquals(List.of("\u6f22", "\u6f22"), TextTable.wrapped("\u6f22\u6f22", 1));
  }

  @Test
  void lines_are_broken_at_blanks_where_there_are_any() {
    assertEquals(List.of("one two", "three"), TextTable.wrapped("one two three", 8));
    assertEquals(List.of("one", "two"), TextTable.wrapped("one two", 3));
  }
}
