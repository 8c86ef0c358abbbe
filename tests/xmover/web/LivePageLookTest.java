package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.live.FollowedRun;
import xmover.live.RunProgress;
import xmover.reset.CopyReading;
import xmover.reset.NodeReading;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.machine.RunIdentity;
import xmover.suite.NeedsBrowser;
import xmover.table.Bytes;

/** How the page looks and how it is heard; keeps the pictures. */
@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageLookTest {
  private static final String LONG =
      "metrics.measurements_by_minute_and_location_and_what_else_there_was_to_tell_them_apart";

  /** One table in each stage. */
  private static ServedRun busy() {
    var served =
        ServedRun.open(
            "doc.events",
            LONG,
            "doc.orders",
            "doc.sessions",
            "doc.full",
            "doc.t1",
            "doc.t2",
            "doc.slow",
            "doc.next",
            "doc.later");
    Stream.of("begin", "zero", "look 8").forEach(step -> served.run.step(LONG, step));
    served.run.time.advance(Duration.ofSeconds(530));
    for (String step : List.of("gates", "begin", "zero", "look 8", "look 6", "wait")) {
      served.run.step("doc.events", step);
    }
    for (String step : List.of("begin", "zero", "cleared", "restored", "recovering")) {
      served.run.step("doc.orders", step);
    }
    served.run.step("doc.sessions", "gates");
    served.run.step("doc.full", "refused");
    served.run.step("doc.t1", "cured");
    served.run.step("doc.t2", "not_cured");
    served.run.step("doc.slow", "timed_out");
    beside(served.run.progress);
    return served;
  }

  /** A limit, a full node and one that tells nothing, copies in all states, an earlier run. */
  private static void beside(RunProgress progress) {
    Bytes size = new Bytes(1L << 40);
    var disk =
        new NodeReading.Disk(
            size,
            new Bytes(950L << 30),
            Optional.of(new Bytes(870L << 30)),
            Optional.of(new Bytes(940L << 30)));
    progress.on(new RunEvent.ExposureLimited(size));
    progress.on(new RunEvent.NodesSeen(List.of(new NodeReading("a", Optional.of(disk)))));
    var table = FollowedRun.finding("doc.orders").table();
    progress.on(
        new RunEvent.CopiesSeen(
            table,
            Stream.of("STARTED", "INITIALIZING", "RELOCATING", "UNASSIGNED")
                .flatMap(
                    state ->
                        Stream.of(true, false)
                            .map(
                                primary ->
                                    new CopyReading(
                                        0,
                                        primary,
                                        state,
                                        Optional.of("a").filter(node -> !state.startsWith("U")),
                                        Optional.empty())))
                .toList()));
    var by = new RunIdentity("run-0", "ops", "laptop", Instant.parse("2024-01-14T10:00:00Z"));
    progress.on(
        new RunEvent.HistoryRead(
            List.of(
                new PastReset(
                    by, table, Remedy.RESET, PastReset.Outcome.FAILED, "", Instant.EPOCH))));
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void it_is_readable_and_accessible(String scheme, LivePage page) throws IOException {
    page.media(scheme);
    try (var served = busy()) {
      page.live(served).sees(page.row(LONG) + " [data-level=near]", "8m\\d+s of 10m");
      assertEquals(List.of(), violations(page));
      page.picture("live-desktop-" + scheme);
      page.look(LONG);
      page.look("doc.full");
      page.click(".fold-button");
      page.click("#runs summary");
      page.click("#time-section summary");
      assertEquals(List.of(), violations(page));
      page.picture("live-desktop-open-" + scheme);
      served.run.progress.on(new RunEvent.Paused());
      page.sees("#phase", "Paused");
      page.screen(360, 780, true);
      assertEquals(List.of(), violations(page));
      page.picture("live-phone-paused-" + scheme);
      page.click("#abort");
      page.sees("#abort-dialog", "Abort");
      assertEquals(List.of(), violations(page));
      page.click("#abort-not");
      page.click("#pause");
      page.sees("#token-dialog", "Token");
      assertEquals(List.of(), violations(page));
      page.picture("live-phone-token-" + scheme);
      assertEquals(List.of(), page.complaints());
      page.click("#token-dialog [data-close]");
      page.screen(1280, 900, false);
      served.end();
      page.sees("#connection", "Reconnecting");
      assertEquals(List.of(), violations(page));
      page.picture("live-desktop-stale-" + scheme);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"light", "dark"})
  void the_end_is_readable_and_accessible(String scheme, LivePage page) throws IOException {
    page.media(scheme);
    try (var served = busy()) {
      page.live(served);
      served.run.over(
          4,
          "doc.t1=cured",
          "doc.events=critical",
          "doc.t2=not_cured",
          "doc.full=refused",
          "doc.slow=timed_out",
          LONG + "=completed");
      page.sees("#result-facts", "Exit code\\s+4, critical");
      page.click("#chart-section summary");
      assertEquals(List.of(), violations(page));
      page.picture("live-end-" + scheme);
    }
  }

  @Test
  void a_phone_needs_no_scrolling_sideways(LivePage page) {
    page.screen(360, 780, true);
    try (var served = busy()) {
      page.live(served).sees(page.row(LONG) + " [data-level=near]", "8m\\d+s of 10m");
      for (String part : List.of(" .c-state .text", " .zero .text")) {
        assertEquals(
            true,
            page.script(
                "const text = document.querySelector(arguments[0]);"
                    + "return text.scrollWidth <= text.clientWidth",
                page.row(LONG) + part),
            "cut off:" + part);
      }
      page.look(LONG);
      page.look("doc.orders");
      page.look("doc.full");
      page.find("#list")
          .findElements(org.openqa.selenium.By.cssSelector("summary"))
          .forEach(summary -> page.script("arguments[0].parentNode.open = true", summary));
      assertEquals(
          360L,
          page.script(
              "return Math.max(document.documentElement.scrollWidth, document.body.scrollWidth)"));
      assertEquals(360L, page.script("return innerWidth"));
    }
  }

  @Test
  void light_and_dark_differ(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      String ground = "return getComputedStyle(document.body).backgroundColor";
      Object light = page.script(ground);
      page.media("dark");
      assertNotEquals(light, page.script(ground));
    }
  }

  @Test
  void a_screen_reader_hears_changes_of_state_and_no_clock(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      served.run.step("doc.t", "begin");
      String news = "doc.t: Setting replicas to zero. Tables are at one copy";
      page.until("heard", () -> heard(page).equals(news), "#announced");
      String live = "[role=status], [role=alert], [role=log], [aria-live]";
      assertEquals(
          0L,
          page.script(
              "return [...document.querySelectorAll('#times, .zero, .bar-value, .wait,"
                  + " #risk-words')].filter(clock => clock.closest(arguments[0])).length",
              live));
    }
  }

  private static String heard(LivePage page) {
    return String.valueOf(page.find("#announced").getDomProperty("textContent"));
  }

  @Test
  void no_motion_for_those_who_want_none(LivePage page) {
    try (var served = busy()) {
      page.live(served);
      assertEquals(
          List.of("0s"),
          page.script(
              "return [...new Set([...document.querySelectorAll('*')]"
                  + ".flatMap(e => [getComputedStyle(e).transitionDuration]))]"));
    }
  }

  @Test
  void a_thousand_tables_are_shown_in_no_time(LivePage page) {
    String[] names = IntStream.range(0, 1000).mapToObj(i -> "doc.t" + i).toArray(String[]::new);
    try (var served = ServedRun.open(names)) {
      page.live(served).sees(".fold", "^1000 waiting, next doc.t0$");
      page.click(".fold-button");
      page.sees("#more", "900 left");
      Object nodes = page.script("return document.querySelectorAll('*').length");
      assertTrue(nodes instanceof Long number && number < 6000, nodes + " elements");
    }
  }

  /** What axe finds wrong, as rule and place; in the dark only colours can differ. */
  static List<?> violations(LivePage page) throws IOException {
    if (!Boolean.TRUE.equals(page.script("return 'axe' in window"))) {
      page.script(axe());
    }
    Object found =
        page.driver.executeAsyncScript(
            "const done = arguments[0];"
                + "const dark = matchMedia('(prefers-color-scheme: dark)').matches;"
                + "axe.run(dark ? {runOnly: ['color-contrast']} : {}).then(result => done("
                + "  result.violations.flatMap(v => v.nodes.map("
                + "    n => v.id + ': ' + n.target + ' ' + n.failureSummary))),"
                + "  failure => done([String(failure)]))");
    return (List<?>) found;
  }

  private static String axe() throws IOException {
    try (InputStream script = LivePageLookTest.class.getResourceAsStream("/axe.min.js")) {
      if (script == null) {
        throw new IllegalStateException("axe.min.js is not on the class path");
      }
      return new String(script.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
