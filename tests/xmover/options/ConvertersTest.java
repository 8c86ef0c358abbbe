package xmover.options;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConvertersTest {
  @ParameterizedTest
  @CsvSource({
    "500MB,   524288000",
    "20gb,    21474836480",
    "1.5 Gb,  1610612736",
    "64k,     65536",
    "2t,      2199023255552",
    "0b,      0",
    "7B,      7"
  })
  void a_size_has_a_unit_in_any_case(String text, long bytes) {
    assertEquals(bytes, Converters.bytes(text).value());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"20", "", "GB", "-1gb", "1e3gb", "1,5gb", "20 gib", "20gb/s", "9999999pb"})
  void anything_else_is_refused_with_an_example(String text) {
    var refused = assertThrows(IllegalArgumentException.class, () -> Converters.bytes(text));
    assertTrue(refused.getMessage().contains("'" + text + "'"), refused.getMessage());
  }
}
