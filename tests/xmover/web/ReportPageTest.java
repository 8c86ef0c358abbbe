package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.report.WrittenReport;
import xmover.suite.NeedsBrowser;

/** A run's report as somebody reads it in a browser, and on paper; keeps the pictures. */
@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ReportPageTest {
  private static final Pattern PAGE = Pattern.compile("/Type\\s*/Page\\b");

  @TempDir Path folder;

  private LivePage opened(LivePage page) throws IOException {
    page.driver.get(WrittenReport.to(folder.resolve("run.html")).toUri().toString());
    return page;
  }

  private static long pages(LivePage page) {
    Map<String, Object> printed =
        page.driver.executeCdpCommand("Page.printToPDF", Map.of("preferCSSPageSize", true));
    byte[] pdf = Base64.getDecoder().decode((String) printed.get("data"));
    return PAGE.matcher(new String(pdf, StandardCharsets.ISO_8859_1)).results().count();
  }

  @Test
  void a_run_of_41_tables_prints_on_two_pages_and_what_is_opened_prints_too(LivePage page)
      throws IOException {
    assertEquals(2, pages(opened(page)));
    page.script("document.querySelectorAll('details').forEach(d => d.open = true)");
    assertTrue(pages(page) > 2, "the statements are asked for");
  }

  @Test
  void it_begins_with_the_verdict_and_what_to_do_and_folds_what_is_for_the_curious(LivePage page)
      throws IOException {
    opened(page).sees(".verdict.bad", "^CRITICAL 1 · not cured 1 · .*healed 36 of 41 in 40m10s");
    assertEquals(List.of("What to do", "Not done", "Done"), page.texts("main > h2"));
    assertEquals(
        List.of("Found (41)", "Diagnosis", "Gates (1)", "Statements (41)", "Run"),
        page.texts("details:not([open]) > summary"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void it_is_accessible_and_fits_a_phone(String scheme, LivePage page) throws IOException {
    page.media(scheme);
    opened(page).picture("report-desktop-" + scheme);
    assertEquals(List.of(), LivePageLookTest.violations(page));
    page.screen(390, 844, true);
    page.picture("report-phone-" + scheme);
    assertEquals(List.of(), LivePageLookTest.violations(page));
    assertEquals(
        true, page.script("return document.documentElement.scrollWidth <= window.innerWidth"));
  }
}
