package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import xmover.live.FollowedRun;
import xmover.reset.CopyReading;
import xmover.reset.NodeReading;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.machine.RunIdentity;
import xmover.suite.NeedsBrowser;
import xmover.table.Bytes;
import xmover.table.TableRef;

/** What the page shows beside the tables: charts over time, nodes, earlier runs, the report. */
@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageBesideTest {
  private static final TableRef T = FollowedRun.finding("doc.t").table();
  private static final Bytes GB = new Bytes(1L << 30);

  private static NodeReading node(String name, long used) {
    return new NodeReading(
        name,
        Optional.of(
            new NodeReading.Disk(
                new Bytes(GB.value() * 100),
                new Bytes(GB.value() * used),
                Optional.of(new Bytes(GB.value() * 85)),
                Optional.of(new Bytes(GB.value() * 90)))));
  }

  private static CopyReading copy(boolean primary, String state, String node) {
    return new CopyReading(3, primary, state, Optional.ofNullable(node), Optional.empty());
  }

  @Test
  void charts_over_time_are_pictures_with_a_title_and_the_same_in_words_and_as_a_table(
      LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      served.run.progress.on(new RunEvent.ExposureLimited(new Bytes(GB.value() * 40)));
      served.run.time.advance(Duration.ofMinutes(2));
      served.run.step("doc.t", "begin");
      served.run.step("doc.t", "zero");
      page.live(served);
      page.sees(
          "#exposed-words", "20\\.0 GB now, 20\\.0 GB at most so far\\. The limit is 40\\.0 GB\\.");
      page.sees("#exposed-chart .limit-word", "limit 40\\.0 GB");
      assertEquals("Bytes at one copy since the start", property(page, "#exposed-chart title"));
      assertEquals(page.text("#exposed-words"), property(page, "#exposed-chart desc"));
      page.sees("#uncommitted-words", "1\\.1 TB now in the worst replica of each table, summed");
      page.click("#time-section summary");
      page.sees("#exposed-table tr:first-child", "0s 0 B");
      page.sees("#exposed-table tr:last-child", "2m\\d*s? \\(now\\) 20\\.0 GB");
      served.run.step("doc.t", "cleared");
      served.run.step("doc.t", "restored");
      served.run.step("doc.t", "cured");
      page.sees("#exposed-words", "^0 B now, 20\\.0 GB at most");
      page.sees("#uncommitted-words", "^55 B now");
      assertEquals(List.of(), page.complaints());
    }
  }

  private static String property(LivePage page, String selector) {
    return String.valueOf(page.find(selector).getDomProperty("textContent"));
  }

  @Test
  void a_node_tells_its_disk_and_watermark_and_has_a_square_for_each_copy(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).sees("#nodes .node:first-child", "a\\s+disk unknown");
      page.sees("#nodes-words", "disks not looked at yet");
      served.run.progress.on(new RunEvent.NodesSeen(List.of(node("a", 40), node("b", 87))));
      served.run.progress.on(
          new RunEvent.CopiesSeen(
              T,
              List.of(
                  copy(true, "STARTED", "a"),
                  copy(false, "INITIALIZING", "b"),
                  copy(false, "UNASSIGNED", null))));
      page.sees("#nodes .node:first-child", "40 % of 100\\.0 GB, watermark 85 %");
      page.sees("#nodes .node[data-level=near]", "b\\s+87 % of 100\\.0 GB");
      assertEquals(
          "doc.t shard 3, primary, STARTED",
          page.find("#nodes .node:first-child [data-copy=primary]").getDomAttribute("title"));
      assertEquals(
          "doc.t shard 3, replica, INITIALIZING",
          page.find("#nodes [data-is=building]").getDomAttribute("title"));
      assertTrue(page.find("#unassigned [data-is=missing]").isDisplayed());
      page.sees("#nodes-words", "^3 copies of the tables under way");
    }
  }

  @Test
  void earlier_runs_unfold_to_their_tables(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).seesNo("#runs-section");
      var by = new RunIdentity("run-0", "ops", "laptop", Instant.parse("2024-01-14T10:00:00Z"));
      served.run.progress.on(
          new RunEvent.HistoryRead(
              List.of(
                  new PastReset(by, T, Remedy.RESET, PastReset.Outcome.CURED, "", Instant.EPOCH),
                  new PastReset(
                      by,
                      TableRef.of("doc", "u"),
                      Remedy.RESET,
                      PastReset.Outcome.FAILED,
                      "",
                      Instant.EPOCH))));
      page.sees("#runs [data-tone=bad] summary", "ops@laptop · 2 tables: 1 healed, 1 failed");
      page.click("#runs summary");
      page.sees("#runs tbody tr:first-child", "doc\\.u Reset Failed unknown");
      served.run.step("doc.t", "begin");
      page.sees("#runs tbody tr:first-child", "doc\\.u");
    }
  }

  @Test
  void the_report_is_a_link_once_the_run_is_over(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).seesNo("#report");
      served.run.over(0, "doc.t=cured");
      page.sees("#report", "Report: to read or print, as JSON");
      page.click("#report-html");
      page.sees("h1", "^XMover run");
      assertEquals(List.of(), page.complaints());
    }
  }

  @Test
  void an_open_drawer_is_open_again_after_a_reload(LivePage page) {
    try (var served = ServedRun.open("doc.t", "doc.u, 'x'&open=y")) {
      served.run.step("doc.t", "begin");
      page.live(served);
      page.look("doc.t");
      page.until("in the address", () -> address(page).contains("open=doc.t"), "#list");
      page.driver.navigate().refresh();
      page.sees(page.drawer("doc.t"), "Replicas");
      page.click(page.row("doc.t") + " .name");
      page.until("out of the address", () -> !address(page).contains("open="), "#list");
    }
  }

  private static String address(LivePage page) {
    return String.valueOf(page.driver.getCurrentUrl());
  }

  @Test
  void a_drawer_keeps_its_events_however_much_happens_elsewhere_and_tells_what_is_not_kept(
      LivePage page) {
    try (var served = ServedRun.open("doc.t", "doc.u")) {
      served.run.step("doc.t", "begin");
      page.live(served);
      page.look("doc.t");
      page.sees(page.drawer("doc.t") + " .log", "DETECTED → SETTING_REPLICAS_ZERO");
      TableRef other = FollowedRun.finding("doc.u").table();
      for (int i = 0; i < 500; i++) {
        served.run.progress.on(new RunEvent.Noticed(other, "note " + i));
      }
      page.sees("#dropped", "not kept");
      page.sees(page.drawer("doc.t") + " .log", "DETECTED → SETTING_REPLICAS_ZERO");
      page.seesNo(page.drawer("doc.t") + " .told > p");
      for (int i = 0; i < 31; i++) {
        served.run.progress.on(new RunEvent.Noticed(T, "note " + i));
      }
      page.sees(page.drawer("doc.t") + " .told > p", "^\\d+ older events? of it not kept\\.$");
      assertEquals(30, page.texts(page.drawer("doc.t") + " .log li").size());
      page.driver.navigate().refresh();
      page.sees(page.drawer("doc.t") + " .told > p", "^\\d+ older events? of it not kept\\.$");
    }
  }

  @Test
  void a_failing_restore_leaves_three_quarters_of_a_phone_to_the_rest(LivePage page) {
    String name = "metrics.measurements_by_minute_and_location_" + "x".repeat(60);
    try (var served = ServedRun.open(name)) {
      for (String step : List.of("begin", "zero", "cleared")) {
        served.run.step(name, step);
      }
      served.run.progress.on(
          new RunEvent.Retrying(
              FollowedRun.finding(name).table(),
              RunEvent.Retrying.RESTORING,
              3,
              Duration.ofMinutes(2),
              "the statement is refused. CrateDB says: " + "a long reason ".repeat(20)));
      page.screen(390, 844, true);
      page.live(served).sees("#risk-words", "Restore failing");
      Number height = (Number) page.script("return document.getElementById('risk').offsetHeight");
      assertTrue(height.intValue() <= 844 / 4, () -> "" + height);
      page.seesNo("#risk-statement");
      page.click("#risk-more summary");
      page.sees("#risk-statement", "ALTER TABLE " + Pattern.quote("\"metrics\""));
      assertTrue(page.find("#risk-copy").isDisplayed());
      page.screen(1280, 900, false);
      page.driver.navigate().refresh();
      page.sees("#risk-statement", "ALTER TABLE");
    }
  }
}
