package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import cratesim.wire.Relay;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import xmover.suite.NeedsBrowser;

@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageConnectionTest {
  private static final Listeners.Pace SILENT =
      new Listeners.Pace(Duration.ofMillis(20), Integer.MAX_VALUE, 10);

  @Test
  void a_server_that_was_started_again_is_found_without_a_reload(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).script("window.here = true");
      served.run.step("doc.t", "begin");
      page.sees(page.row("doc.t") + " .badge", "Setting to zero");
      served.end();
      page.sees("#connection", "Reconnecting");
      page.sees("#stale", "Not live, .* What you see is how it was at \\d\\d:\\d\\d:\\d\\d");
      served.run.step("doc.t", "zero");
      served.again();
      page.sees("#connection", "Live");
      page.sees(page.row("doc.t") + " .badge", "Monitoring leases");
      page.seesNo("#stale");
      assertEquals(true, page.script("return window.here"));
      assertEquals(2, page.texts("#log li").stream().filter(l -> l.contains("→")).count());
    }
  }

  @Test
  void a_dropped_connection_comes_back_with_what_was_missed(LivePage page) throws Exception {
    try (var served = ServedRun.at(SILENT, "doc.t");
        var relay = new Relay(served.port())) {
      page.open(relay.port()).sees("#connection", "Live");
      page.script("window.here = true");
      relay.cut();
      page.sees("#connection", "Reconnecting");
      served.run.step("doc.t", "begin");
      served.run.step("doc.t", "zero");
      relay.mend();
      page.sees("#connection", "Live");
      page.sees(page.row("doc.t") + " .badge", "Monitoring leases");
      assertEquals(true, page.script("return window.here"));
    }
  }

  @Test
  void what_is_stale_does_not_tick(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      served.run.step("doc.t", "begin");
      page.live(served);
      served.end();
      page.sees("#connection", "Reconnecting");
      String bar = page.row("doc.t") + " .zero";
      String then = page.text(bar);
      page.until("two ticks", () -> page.script(TICKED) instanceof Long n && n > 2, bar);
      assertEquals(then, page.text(bar));
    }
  }

  /** Seconds since it was asked first. */
  private static final String TICKED =
      "window.since ??= performance.now(); return Math.ceil((performance.now() - since) / 1000)";

  @Test
  void a_connection_that_falls_silent_is_given_up_and_made_anew(LivePage page) {
    try (var served = ServedRun.at(SILENT, "doc.t")) {
      page.live(served);
      page.script(
          "window.told = [];"
              + "import('/stream.js').then(({Stream}) => new Stream({url: '/api/events',"
              + "headers: () => ({}), patience: 300, onEvent: () => '',"
              + "onState: (is, why) => told.push(is + ' ' + why)}).start());");
      page.until(
          "silence is noticed",
          () ->
              String.valueOf(page.script("return told.join()"))
                  .startsWith("connecting ,live ,lost nothing was heard for 0 s,live "),
          "#connection");
    }
  }

  @Test
  void attempts_come_later_and_later_and_not_all_pages_at_once(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      Object delays =
          page.driver.executeAsyncScript(
              "const done = arguments[0];import('/stream.js').then(({backoff}) => done([backoff(0,"
                  + " 0), backoff(0, 1), backoff(3, 0), backoff(3, 1), backoff(99, 1)]))");
      assertEquals(List.of(250L, 500L, 2000L, 4000L, 15_000L), delays);
    }
  }

  @Test
  void events_are_read_however_they_are_cut(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      Object read =
          page.driver.executeAsyncScript(
              "const done = arguments[0];const text = ': hello\\n"
                  + "\\n"
                  + "id: e-1\\n"
                  + "event: a\\n"
                  + "data: {\"x\": \\n"
                  + "data: 1}\\n"
                  + "\\n"
                  + "' + 'id:e-2\\r"
                  + "\\n"
                  + "event:b\\r"
                  + "\\n"
                  + "data:ü\\r"
                  + "\\n"
                  + "\\r"
                  + "\\n"
                  + "data\\n"
                  + "\\n"
                  + ": end\\n"
                  + "\\n"
                  + "';import('/stream.js').then(({parser}) => {  const all = new Set();  for (let"
                  + " size = 1; size <= text.length; size++) {    const events = [];    const take"
                  + " = parser(e => events.push([e.id, e.event, e.data].join('|')));    for (let i"
                  + " = 0; i < text.length; i += size) take(text.slice(i, i + size));   "
                  + " all.add(events.join(' / '));  }  done([...all]);})");
      assertEquals(List.of("e-1|a|{\"x\": \n1} / e-2|b|ü / |message|"), read);
    }
  }

  @Test
  void a_server_that_shows_nothing_without_its_token_is_shown_it(LivePage page) {
    try (var served = ServedRun.guarded("doc.t")) {
      page.open(served.port()).sees("#connection", "Locked");
      assertFalse(page.find("#content").isDisplayed());
      page.find("#token").sendKeys("not-the-token-at-all", Keys.ENTER);
      page.sees("#token-wrong", "That is not the token");
      page.type(Keys.ESCAPE);
      page.seesNo("#token-dialog");
      page.click("#unlock");
      page.find("#token").sendKeys(ServedRun.TOKEN.secret().reveal(), Keys.ENTER);
      page.sees("#connection", "Live");
      page.sees(page.row("doc.t") + " .badge", "Waiting");
      page.click("#pause");
      page.sees("#said", "Asked to pause");
      page.driver.navigate().refresh();
      page.sees("#connection", "Live");
    }
  }

  @Test
  void the_last_it_told_stays_when_the_run_is_over(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      served.run.over(0, "doc.t=cured");
      served.end();
      page.sees("#connection", "Ended");
      page.sees("#stale", "this is the last it told");
      page.sees("#result-title", "✓ The run is over");
      served.again();
      page.click("#again");
      page.sees("#connection", "Live");
    }
  }
}
