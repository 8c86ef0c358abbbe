package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.gates.view.Watermark;

class WatermarkTest {
  @ParameterizedTest
  @CsvSource({
    "85%, 150, 0",
    "85%, 149, 1",
    "0.85, 149, 1",
    "85.5%, 145, 0",
    "85.5%, 144, 1",
    "100b, 100, 0",
    "100b, 99, 1",
    "1, 0, 0",
    "0, 999, 1",
    "1k, 1000, 24",
    "1.5KB, 0, 1536",
    "2mb, 0, 2097152",
    "1g, 0, 1073741824",
    "200, 100, 100"
  })
  void a_watermark_is_read_as_the_server_reads_it(String text, long free, long missing) {
    assertEquals(missing, Watermark.of(text).orElseThrow().missing(free, 1000));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "high", "110%", "-5%", "5 parsecs"})
  void what_is_no_watermark_is_unknown(String text) {
    assertTrue(Watermark.of(text).isEmpty());
  }
}
