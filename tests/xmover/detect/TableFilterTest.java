package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.table.TableRef;

class TableFilterTest {
  @ParameterizedTest
  @CsvSource({
    "metrics, true",
    "doc.metrics, true",
    "doc.m*, true",
    "*, true",
    "*.metrics, true",
    "m?trics, true",
    "metric, false",
    "DOC.metrics, false",
    "other.*, false",
    "m.trics, false"
  })
  void a_table_is_named_by_name_or_glob_with_or_without_schema(String pattern, boolean accepted) {
    var filter = new TableFilter(List.of(), List.of(pattern), List.of());
    assertEquals(accepted, filter.accepts(TableRef.of("doc", "metrics")));
  }

  @Test
  void names_with_special_characters_are_taken_literally() {
    var filter = new TableFilter(List.of(), List.of("a(b)[c]{d}\\E$"), List.of());
    assertEquals(true, filter.accepts(TableRef.of("doc", "a(b)[c]{d}\\E$")));
    assertEquals(false, filter.accepts(TableRef.of("doc", "abcd")));
  }

  @Test
  void excluded_wins() {
    var filter = new TableFilter(List.of("doc"), List.of("*"), List.of("doc.tmp*"));
    assertEquals(true, filter.accepts(TableRef.of("doc", "metrics")));
    assertEquals(false, filter.accepts(TableRef.of("doc", "tmp_1")));
    assertEquals(false, filter.accepts(TableRef.of("other", "metrics")));
  }

  @Test
  void what_matches_nothing_is_told() {
    var filter = new TableFilter(List.of("doc", "nope"), List.of("metrics", "typo*"), List.of("x"));
    assertEquals(
        List.of("nope", "typo*"), filter.unmatched(List.of(TableRef.of("doc", "metrics"))));
  }
}
