package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import xmover.cluster.Statement;
import xmover.live.FollowedRun;
import xmover.reset.CopyStep;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.suite.NeedsBrowser;
import xmover.table.Bytes;
import xmover.table.Finding;

/** The rows of the tables: sorted, folded, found again after a reload, each with a drawer. */
@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageListTest {
  private static final Finding T = FollowedRun.finding("doc.t");

  private static String[] names(int number) {
    return IntStream.range(0, number)
        .mapToObj(i -> "metrics.measurements_by_minute_and_location_%03d".formatted(i))
        .toArray(String[]::new);
  }

  /** Of three tables one is under way for a minute longer than another, and one waits. */
  private static ServedRun three() {
    var served = ServedRun.open("doc.c", "doc.a", "doc.b");
    for (String table : List.of("doc.b", "doc.c")) {
      served.run.step(table, "begin");
      served.run.step(table, "zero");
      served.run.time.advance(Duration.ofMinutes(1));
    }
    return served;
  }

  @Test
  void a_head_sorts_by_its_column_and_once_more_turns_that_around(LivePage page) {
    try (var served = three()) {
      page.live(served);
      assertEquals("doc.c doc.b doc.a", page.rows());
      assertEquals("ascending", sort(page, "state"));
      page.click("[data-column=name]");
      assertEquals("doc.a doc.b doc.c", page.rows());
      assertEquals("ascending", sort(page, "name"));
      assertEquals(null, sort(page, "state"));
      page.click("[data-column=name]");
      assertEquals("doc.c doc.b doc.a", page.rows());
      assertEquals("descending", sort(page, "name"));
      page.click("[data-column=zero]");
      assertEquals("doc.b doc.c doc.a", page.rows(), "the longest first, unknown ones last");
      page.type(Keys.ENTER);
      assertEquals("doc.c doc.b doc.a", page.rows(), "unknown ones stay last");
      served.run.step("doc.a", "begin");
      served.run.step("doc.a", "zero");
      page.until("the latest first", () -> page.rows().equals("doc.a doc.c doc.b"), ".name");
    }
  }

  private static String sort(LivePage page, String column) {
    return page.find("#columns .c-" + column).getDomAttribute("aria-sort");
  }

  @Test
  void search_filter_sort_and_what_is_unfolded_outlive_a_reload(LivePage page) {
    try (var served = ServedRun.open("doc.a", "doc.b", "doc.c", "other.d", "doc.e")) {
      served.run.step("doc.e", "begin");
      page.live(served);
      page.driver.get("http://127.0.0.1:" + served.port() + "/?from=wiki");
      page.sees("#connection", "Live");
      page.click("[data-column=name]");
      page.click("[data-column=name]");
      page.sees(".fold", "^4 waiting, next doc.a$");
      page.click(".fold-button");
      kept(page, "?from=wiki&sort=-name&unfold=waiting");
      again(page);
      assertEquals("doc.e other.d doc.c doc.b doc.a", page.rows());
      page.find("#search").sendKeys("doc");
      page.click("#chips button:nth-child(4)");
      kept(page, "?from=wiki&sort=-name&unfold=waiting&q=doc&show=waiting");
      again(page);
      assertEquals("doc.c doc.b doc.a", page.rows());
      assertEquals("doc", page.find("#search").getDomProperty("value"));
      page.click("#chips button:first-child");
      page.find("#search").clear();
      page.find("#search").sendKeys(" ");
      kept(page, "?from=wiki&sort=-name&unfold=waiting");
      assertEquals(List.of(), page.complaints());
    }
  }

  private static void again(LivePage page) {
    page.driver.navigate().refresh();
    page.sees("#connection", "Live");
    page.sees("#phase", ".+");
  }

  private static void kept(LivePage page, String query) {
    page.until(
        query, () -> query.equals(page.script("return location.search")), "#chips [aria-pressed]");
  }

  @Test
  void an_address_that_asks_for_what_there_is_not_shows_all(LivePage page) {
    try (var served = three()) {
      page.driver.get("http://127.0.0.1:" + served.port() + "/?show=x&sort=-y&unfold=z,%3Cb%3E");
      page.sees("#connection", "Live");
      page.until("all", () -> page.rows().equals("doc.c doc.b doc.a"), ".name");
      assertEquals(List.of(), page.complaints());
    }
  }

  @Test
  void what_waits_and_what_is_done_are_a_line_each(LivePage page) {
    try (var served = ServedRun.open("doc.a", "doc.b", "doc.c", "doc.d", "doc.e", "doc.f")) {
      served.run.step("doc.a", "cured");
      served.run.step("doc.b", "cured");
      served.run.step("doc.c", "begin");
      served.run.step("doc.f", "not_cured");
      page.live(served);
      assertEquals("doc.c doc.f", page.rows());
      assertEquals(List.of("2 waiting, next doc.d", "2 done"), page.texts(".fold"));
      page.tabTo("search");
      page.script("document.querySelector('[data-fold=done] button').focus()");
      page.type(Keys.SPACE);
      assertEquals("doc.c doc.f doc.a doc.b", page.rows());
      String done = "[data-fold=done] button";
      assertEquals("true", page.find(done).getDomAttribute("aria-expanded"));
      page.type(Keys.ENTER);
      assertEquals("doc.c doc.f", page.rows());
      page.look("doc.c");
      served.run.step("doc.c", "cured");
      page.sees(done, "^3 done$");
      assertEquals("doc.f doc.c", page.rows(), "one that is looked into stays in sight");
    }
  }

  @Test
  void a_drawer_is_opened_and_read_with_the_keyboard(LivePage page) {
    try (var served = three()) {
      served.run.progress.on(
          new RunEvent.Sending(
              new Statement(
                  Statement.Kind.WRITE,
                  "ALTER TABLE doc.c",
                  List.of(),
                  Optional.of(FollowedRun.finding("doc.c").table()))));
      page.live(served);
      page.script("document.querySelector('#list .name').focus()");
      page.type(Keys.ENTER);
      page.sees(page.drawer("doc.c") + " h3", "doc.c");
      String button = page.row("doc.c") + " .name";
      assertEquals("true", page.find(button).getDomAttribute("aria-expanded"));
      assertEquals("doc.c", page.find(button).getAccessibleName());
      assertEquals(
          page.find(page.drawer("doc.c")).getDomAttribute("id"),
          page.find(button).getDomAttribute("aria-controls"));
      page.sees(page.drawer("doc.c") + " .statements", "^\\d\\d:\\d\\d:\\d\\d ALTER TABLE doc.c");
      page.sees(page.drawer("doc.c") + " .log", "^\\S+ SETTING_REPLICAS_ZERO → MONITORING_LEASES");
      assertFalse(page.text(page.drawer("doc.c")).contains("doc.b"), "events of others");
      served.run.step("doc.c", "cleared");
      page.sees(page.drawer("doc.c") + " .log li", "→ RESTORING_REPLICAS");
      assertEquals("doc.c", page.script("return document.activeElement.title"));
      page.type(Keys.ARROW_DOWN, Keys.SPACE);
      page.sees(page.drawer("doc.b") + " h3", "doc.b");
      page.type(Keys.SPACE, Keys.ARROW_UP, Keys.ENTER);
      assertEquals(List.of(), page.texts(".drawer"));
      page.click(page.row("doc.a") + " .c-translog");
      page.sees(page.drawer("doc.a") + " h3", "doc.a");
    }
  }

  @Test
  void the_sixth_step_is_ticked_when_every_copy_is_started(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      // A look of before the reset tells nothing of the copies after it.
      served.run.progress.on(new RunEvent.Recovering(T, new RecoveryReading(8, 8, 100)));
      List.of("begin", "zero", "cleared", "restored").forEach(w -> served.run.step("doc.t", w));
      page.sees(page.row("doc.t") + " .badge", "Recovering");
      page.look("doc.t");
      assertEquals("Recovered: under way", page.steps("doc.t").get(5));
      served.run.step("doc.t", "recovering");
      page.sees(page.row("doc.t") + " .c-copies", "^5 of 8$");
      assertEquals("Recovered: under way", page.steps("doc.t").get(5));
      served.run.progress.on(new RunEvent.Recovering(T, new RecoveryReading(8, 8, 100)));
      page.sees(page.row("doc.t") + " .c-copies", "^8 of 8$");
      assertEquals("Recovered: done", page.steps("doc.t").get(5));
      served.run.step("doc.t", "not_cured");
      page.sees(page.row("doc.t") + " .badge", "Not cured");
      assertEquals("Recovered: not done", page.steps("doc.t").get(5), "a copy is UNASSIGNED");
    }
  }

  @Test
  void a_move_tells_from_where_to_where(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      served.run.progress.on(
          new RunEvent.CopyTreated(
              T,
              new CopyStep(
                  Remedy.MOVE,
                  3,
                  "hot-1",
                  Optional.of("hot-2"),
                  Optional.of(new Bytes(5L << 30)),
                  2)));
      served.run.progress.on(new RunEvent.RemedyBegun(T, Remedy.MOVE));
      page.sees(page.row("doc.t") + " .badge", "Trying move$");
      page.sees(page.row("doc.t") + " .c-steps", "^hot-1 → hot-2$");
      page.sees(page.row("doc.t") + " .c-bytes", "^5.0 GB$");
      page.look("doc.t");
      page.sees(page.drawer("doc.t") + " .wait", "^Trying move first");
      page.sees(page.drawer("doc.t") + " .facts", "Shard 3\\s+move from hot-1 to hot-2");
      served.run.step("doc.t", "begin");
      page.sees(page.row("doc.t") + " .badge", "Setting to zero");
      assertFalse(page.text(page.row("doc.t")).contains("hot-2"), "its reset began");
    }
  }

  @Test
  void three_hundred_tables_are_a_line_each_and_stay_quick(LivePage page) {
    try (var served = ServedRun.open(names(300))) {
      for (int i = 0; i < 40; i++) {
        served.run.step(names(300)[i], "begin");
      }
      page.live(served).sees(".fold", "^260 waiting, next metrics.*_040$");
      assertEquals(40, page.rows().split(" ").length);
      page.click(".fold-button");
      page.sees("#more", "200 left");
      assertTrue(tallest(page) <= 40, "a row of " + tallest(page) + " px");
      Object took =
          page.script(
              "const start = performance.now();"
                  + "document.querySelector('[data-column=name]').click();"
                  + "document.body.getBoundingClientRect();"
                  + "return Math.ceil(performance.now() - start)");
      assertTrue(took instanceof Long ms && ms < 1000, "sorted in " + took + " ms");
      page.screen(360, 780, true);
      assertTrue(tallest(page) <= 64, "two lines of " + tallest(page) + " px");
      assertEquals(360L, page.script("return document.documentElement.scrollWidth"));
      String cut = "return getComputedStyle(document.querySelector('.name-tail')).flexShrink";
      assertEquals("0", page.script(cut), "the end of a name stays");
    }
  }

  private static long tallest(LivePage page) {
    Object height =
        page.script(
            "return Math.ceil(Math.max(...[...document.querySelectorAll('#list > tr')]"
                + ".map(row => row.getBoundingClientRect().height)))");
    return height instanceof Long pixels ? pixels : Long.MAX_VALUE;
  }
}
