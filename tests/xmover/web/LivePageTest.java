package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import xmover.live.FollowedRun;
import xmover.reset.RunEvent;
import xmover.suite.NeedsBrowser;

@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageTest {
  private static final String EVIL = "doc.<img src=x onerror=alert(1)>";

  @Test
  void a_table_is_seen_passing_through_its_six_steps(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).sees(page.row("doc.t") + " .badge", "Waiting");
      page.look("doc.t");
      passes(page, served, "begin", "Setting replicas to zero");
      passes(page, served, "zero", "Monitoring leases");
      passes(page, served, "cleared", "Restoring replicas");
      served.run.step("doc.t", "restored");
      page.sees(page.row("doc.t") + " .badge", "Recovering");
      assertEquals("Recovered: under way", page.steps("doc.t").get(5));
      served.run.step("doc.t", "cured");
      page.sees(page.row("doc.t") + " .badge", "Completed");
      assertEquals(
          List.of(
              "Detected: done",
              "Setting replicas to zero: done",
              "Monitoring leases: done",
              "Restoring replicas: done",
              "Completed: done",
              "Recovered: done"),
          page.steps("doc.t"));
      assertEquals(List.of(), page.complaints());
    }
  }

  private static void passes(LivePage page, ServedRun served, String step, String state) {
    served.run.step("doc.t", step);
    page.sees(page.drawer("doc.t") + " [aria-current=step]", state);
    assertTrue(page.steps("doc.t").contains(state + ": under way"));
  }

  @Test
  void a_failed_table_tells_where_it_failed(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      served.run.step("doc.t", "critical");
      page.sees(page.row("doc.t") + " .badge", "Critical");
      page.look("doc.t");
      assertEquals("Failed at step 4 of 6: Restoring replicas", bar(page, "doc.t"));
      assertEquals(
          List.of("Restoring replicas: failed", "Failed: failed", "Recovered: not done"),
          page.steps("doc.t").subList(3, 6));
      page.sees("#risk[data-tone=bad] #risk-words", "✕ Restore failing: doc.t, at one copy for .*");
      page.sees("#risk-statement", "ALTER TABLE \"doc\"\\.\"t\" SET .*");
      assertTrue(
          page.driver.getTitle().startsWith("✕ RESTORE FAILING · 1/1 · drill"),
          page.driver.getTitle());
    }
  }

  @Test
  void the_banner_tells_what_has_one_copy_and_counts_on(LivePage page) {
    try (var served = ServedRun.open("doc.t", "doc.u")) {
      page.live(served);
      page.sees("#risk[data-tone=good] #risk-words", "✓ Nothing is at one copy");
      served.run.step("doc.t", "begin");
      served.run.step("doc.t", "zero");
      served.run.step("doc.t", "wait");
      page.sees(
          "#risk[data-tone=warn] #risk-words",
          "! 1 table, 20\\.0 GB at one copy, for \\d s of 10 min, next look in \\d+ s");
      page.sees("#risk-words", ".* for [2-9] s of 10 min.*");
      served.run.step("doc.t", "cleared");
      served.run.progress.on(
          new RunEvent.Retrying(
              FollowedRun.finding("doc.t").table(),
              RunEvent.Retrying.RESTORING,
              3,
              Duration.ofSeconds(20),
              "its block"));
      page.sees(
          "#risk[data-tone=bad] #risk-words",
          "✕ Restore failing: doc\\.t, at one copy for \\d+ s\\. Attempt 3 failed, next try in \\d+"
              + " s\\.");
      page.sees("#risk-why", "its block");
      page.sees("#risk-statement", "ALTER TABLE .*");
      page.sees(page.row("doc.t") + "[data-tone=bad] .badge", "✕\\s+Restore failing");
      page.sees(
          page.row("doc.t") + " .c-result",
          "Next try in \\d+ s, attempt 3 to restore failed: its block");
      assertFalse(page.text("#times").contains("left"), page.text("#times"));
      served.run.step("doc.t", "restored");
      page.sees("#risk[data-tone=warn] #risk-words", ".*at one copy, for.*");
      page.sees(page.row("doc.t") + " .badge", "Recovering");
    }
  }

  @Test
  void time_at_zero_replicas_counts_against_its_limit(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      String zero = page.row("doc.t") + " .zero";
      served.run.step("doc.t", "begin");
      served.run.step("doc.t", "zero");
      served.run.time.advance(Duration.ofSeconds(3));
      page.live(served);
      page.sees(zero, "^[1-9]s of 10m$");
      served.run.time.advance(Duration.ofMinutes(9));
      served.run.progress.on(new RunEvent.Breaker("closed"));
      page.sees(zero + "[data-level=near]", "^9m\\d+s of 10m\\s+, near its limit$");
      page.look("doc.t");
      page.sees(page.drawer("doc.t") + " .bars", "9 min \\d+ s of 10 min, near its limit");
      served.run.time.advance(Duration.ofMinutes(2));
      served.run.progress.on(new RunEvent.Breaker("closed"));
      page.sees(zero + "[data-level=over]", "over its limit");
      assertEquals(1.0, value(page, zero + " progress"));
    }
  }

  @Test
  void leases_and_copies_are_bars_with_a_name_and_a_value(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      for (String step : new String[] {"begin", "zero", "look 8", "look 6"}) {
        served.run.step("doc.t", step);
      }
      page.sees(page.row("doc.t") + " .c-leases", "^2 of 4 gone$");
      page.look("doc.t");
      String leases = page.drawer("doc.t") + " progress[aria-label='doc.t: Leases']";
      page.until("half", () -> value(page, leases) == 0.5, ".bars");
      assertEquals(
          "2 of 4 gone, 6 left, 4 expected", page.find(leases).getDomAttribute("aria-valuetext"));
      served.run.step("doc.t", "cleared");
      served.run.step("doc.t", "restored");
      served.run.step("doc.t", "recovering");
      page.sees(page.drawer("doc.t") + " .bars", "^Copies\\s+5 of 8 started, 62 % recovered$");
      String bar = page.drawer("doc.t") + " .bar:not([hidden]) progress";
      assertEquals(0.624, value(page, bar), 1e-9);
      page.sees(page.row("doc.t") + " .c-copies", "^5 of 8$");
      page.sees(page.row("doc.t") + " .c-bytes", "^12.5 of 20.0 GB$");
    }
  }

  @Test
  void attempt_and_next_look_are_told(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      served.run.step("doc.t", "begin");
      served.run.step("doc.t", "zero");
      served.run.step("doc.t", "wait");
      served.run.time.advance(Duration.ofSeconds(5));
      page.live(served);
      page.sees(
          page.row("doc.t") + " .c-result",
          "Look 3 of 9 in 1\\d s, waiting for 2 leases of 2 shards");
    }
  }

  @Test
  void names_are_shown_as_text_and_no_script_runs(LivePage page) {
    try (var served = ServedRun.open(EVIL)) {
      page.live(served);
      served.run.step(EVIL, "gates");
      served.run.step(EVIL, "begin");
      served.run.step(EVIL, "cured");
      page.sees(page.row(EVIL) + " .badge", "Completed");
      page.look(EVIL);
      assertEquals(EVIL, page.text(page.drawer(EVIL) + " h3"));
      assertEquals(EVIL, page.find(page.row(EVIL) + " .name").getDomAttribute("title"));
      page.sees("#log", "onerror");
      page.sees("#chart", "onerror");
      served.run.over(3, EVIL + "=not_cured");
      page.sees("#result-steps", "onerror");
      assertEquals(0L, page.script("return document.images.length"));
      assertEquals(List.of(), page.complaints());
    }
  }

  @Test
  void gates_tell_which_why_and_what_to_do(LivePage page) {
    try (var served = ServedRun.open("doc.t", "doc.full")) {
      page.live(served);
      served.run.step("doc.t", "gates");
      served.run.step("doc.full", "refused");
      page.sees(page.row("doc.full") + " .c-result", "disk: node a is at 95 %");
      page.look("doc.t");
      page.look("doc.full");
      page.sees(
          page.drawer("doc.t") + " .gates",
          "^! Ignored snapshot: a snapshot runs What to do: wait for it$");
      page.sees(
          page.drawer("doc.full") + " .gates",
          "^✕ Refused by disk: node a is at 95 % What to do: free some$");
      page.click(page.drawer("doc.t") + " summary");
      page.sees(page.drawer("doc.t") + " details", "✓ Open health: GREEN");
    }
  }

  @Test
  void the_chart_shows_the_translog_before_and_after_and_says_it_in_a_table(LivePage page) {
    try (var served = ServedRun.open("doc.t", "doc.later")) {
      page.live(served).sees("#chart-summary", "none was looked at afterwards yet");
      served.run.step("doc.t", "cured");
      page.sees("#chart", "doc.t\\s+1.1 TB → 55 B");
      assertEquals(
          "1.1 TB before, 55 B after, of those looked at again.",
          page.find("#chart svg").getDomAttribute("aria-label"));
      page.click("#chart-section summary");
      assertEquals(
          List.of("doc.t 1.1 TB 55 B", "doc.later 1.1 TB not known yet"),
          page.texts("#chart-table tr"));
    }
  }

  @Test
  void the_report_tells_exit_code_results_and_next_steps(LivePage page) {
    try (var served = ServedRun.open("doc.a", "doc.b")) {
      page.live(served).sees("#phase", "Running");
      assertFalse(page.find("#result").isDisplayed());
      served.run.over(3, "doc.a=cured", "doc.b=timed_out");
      page.sees("#result-facts", "Exit code\\s+3, some tables failed or are not cured");
      page.sees("#result-facts", "Succeeded\\s+1\\s+Failed\\s+1\\s+Took\\s+1 min 30 s");
      page.sees("#result-steps", "doc.b: replicas are back, but .*xmover monitor 'doc.b'");
      assertFalse(page.find("#controls").isDisplayed(), "nothing is left to be told");
    }
  }

  @Test
  void counts_and_the_time_that_is_left_are_told(LivePage page) {
    try (var served = ServedRun.open("doc.a", "doc.b", "doc.c", "doc.d")) {
      served.run.time.advance(Duration.ofMinutes(10));
      served.run.step("doc.a", "cured");
      served.run.step("doc.b", "begin");
      page.live(served).sees("#done-words", "1 of 4 tables done");
      page.sees("#times", "at work for 10 min \\d s, about (30 min 0|29 min 5\\d) s left");
      assertEquals(
          List.of("▸ 1 at zero replicas", "○ 2 waiting", "✓ 1 completed"), page.texts("#tiles li"));
    }
  }

  @Test
  void of_many_tables_the_worst_come_first_and_others_are_found(LivePage page) {
    String[] names = IntStream.range(0, 1000).mapToObj(i -> "doc.t" + i).toArray(String[]::new);
    try (var served = ServedRun.open(names)) {
      page.live(served).sees(".fold", "^1000 waiting, next doc.t0$");
      page.click(".fold-button");
      page.sees("#more", "Show more \\(900 left\\)");
      page.script(
          "window.seen = document.querySelectorAll('#list > .row');"
              + "window.untouched = 0;"
              + "new MutationObserver(all => window.untouched += all.length)"
              + ".observe(window.seen[5], {subtree: true, childList: true, characterData: true})");
      served.run.step("doc.t998", "begin");
      served.run.step("doc.t999", "critical");
      page.until("critical first", () -> page.rows().startsWith("doc.t999 doc.t998 "), ".name");
      page.sees(".fold", "^998 waiting, next doc.t0$");
      assertEquals(true, page.script("return window.seen[5].isConnected"));
      assertEquals(0L, page.script("return window.untouched"), "other rows are left alone");
      page.find("#search").sendKeys("T77");
      page.until("found", () -> page.rows().split(" ").length == 11, ".name");
      page.find("#search").clear();
      page.find("#search").sendKeys("nowhere");
      page.sees("#none", "No table fits");
    }
  }

  @Test
  void tables_are_filed_by_how_they_stand(LivePage page) {
    try (var served = ServedRun.open("doc.a", "doc.b", "doc.c")) {
      served.run.step("doc.b", "begin");
      served.run.step("doc.c", "failed");
      page.live(served);
      assertEquals(
          List.of("All 3", "Under way 1", "Problems 1", "Waiting 1"),
          page.texts("#chips button:not([hidden])"));
      page.click("#chips button:nth-child(3)");
      assertEquals("doc.c", page.rows());
      assertEquals("true", page.find("#chips button:nth-child(3)").getDomAttribute("aria-pressed"));
    }
  }

  @Test
  void events_are_told_the_latest_first_and_the_serious_alone(LivePage page) {
    try (var served = ServedRun.open("doc.a")) {
      page.live(served);
      served.run.step("doc.a", "begin");
      page.sees("#log li:first-child", "doc.a DETECTED → SETTING_REPLICAS_ZERO");
      served.run.progress.on(new RunEvent.Breaker("open"));
      page.sees("#log li:first-child", "! Warning Circuit breaker of the cluster: open");
      page.sees("#breaker", "The circuit breaker is open");
      page.click("#serious");
      page.seesNo("#log li:nth-child(2)");
      assertTrue(page.find("#log li:first-child").isDisplayed());
    }
  }

  private static double value(LivePage page, String selector) {
    Object value = page.script("return document.querySelector(arguments[0])?.value", selector);
    return value instanceof Number number ? number.doubleValue() : -1;
  }

  /** What the bar of a row tells a screen reader. */
  private static String bar(LivePage page, String table) {
    return String.valueOf(page.find(page.row(table) + " .step-bar").getDomAttribute("aria-label"));
  }
}
