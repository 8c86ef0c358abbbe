package xmover.live;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import xmover.json.AnalysisCsv;

/** Numbers are written as programs read them, whatever digits the operator's locale has. */
@Isolated("the locale is the whole JVM's")
class DigitsOfTheLocaleTest {
  private final Locale before = Locale.getDefault();

  @TempDir private Path folder;

  @BeforeEach
  void arabic() {
    Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
  }

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @Test
  void no_output_has_other_digits_than_ascii() throws IOException {
    assertEquals("\u0661", String.format("%d", 1));
    Map<String, String> outputs = new EveryOutput("x").written(folder);
    outputs.put("csv", AnalysisCsv.of(new EveryOutput("x").analysis()));
    outputs.forEach(
        (what, text) -> assertEquals("", text.replaceAll("[^\\p{Nd}]|[0-9]", ""), what));
  }
}
