package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.openqa.selenium.Keys;
import xmover.reset.RunEvent;
import xmover.suite.NeedsBrowser;

@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageControlTest {
  private static final String TOKEN = ServedRun.TOKEN.secret().reveal();

  @Test
  void pause_and_continue_ask_for_the_token_once(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).click("#pause");
      page.sees("#token-dialog", "XMOVER_TOKEN_FILE");
      assertEquals("password", page.find("#token").getDomAttribute("type"));
      give(page, TOKEN);
      page.sees("#said", "Asked to pause");
      served.run.progress.on(new RunEvent.Paused());
      page.sees("#phase", "Paused since");
      page.sees("#pause", "Continue");
      page.click("#pause");
      page.sees("#said", "Asked to go on");
      assertEquals(List.of("pause", "proceed"), served.orders);
      assertEquals(null, page.script("return localStorage.getItem('xmover-token')"));
    }
  }

  @Test
  void a_wrong_token_is_asked_for_again(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).click("#pause");
      give(page, "not-the-token-at-all");
      page.sees("#token-wrong", "That is not the token");
      assertEquals(List.of(), served.orders);
      give(page, TOKEN);
      page.sees("#said", "Asked to pause");
      assertEquals(List.of("pause"), served.orders);
      page.click("#forget");
      page.click("#pause");
      page.sees("#token-dialog", "The token, please");
    }
  }

  /** The browser refused to send it, and the page said for ever that no server was there. */
  @Test
  void a_token_that_no_header_can_carry_is_refused_in_the_dialog(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).click("#pause");
      give(page, "not-the-tok\u0117n-at-all");
      page.sees("#token-wrong", "ASCII letters and signs alone");
      give(page, TOKEN);
      page.sees("#said", "Asked to pause");
      assertEquals(List.of("pause"), served.orders);
    }
  }

  @Test
  void abort_asks_first(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).click("#abort");
      page.sees("#abort-dialog", "Abort the run\\?");
      assertEquals("abort-not", page.focus());
      page.click("#abort-not");
      page.seesNo("#abort-dialog");
      assertFalse(page.find("#token-dialog").isDisplayed());
      page.click("#abort");
      page.click("#abort-yes");
      give(page, TOKEN);
      page.sees("#said", "Asked to abort");
      assertEquals(List.of("stop: aborted by an operator"), served.orders);
    }
  }

  @Test
  void why_an_order_was_refused_is_told(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      page.click("#pause");
      // It is over before the page hears of it.
      served.run.over(0, "doc.t=cured");
      give(page, TOKEN);
      page.sees("#refused", "Could not pause: the run is over");
      assertEquals(List.of(), served.orders);
    }
  }

  @Test
  void an_order_without_an_answer_is_told(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served).click("#pause");
      page.online(false);
      give(page, TOKEN);
      page.sees("#refused", "No answer to pause: it may have been heard or not");
    }
  }

  @Test
  void a_run_that_is_stopping_can_be_aborted_and_not_paused(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      served.run.progress.on(new RunEvent.Stopping("stopped by SIGTERM"));
      page.sees("#phase", "Stopping: stopped by SIGTERM");
      assertFalse(page.find("#pause").isEnabled());
      assertTrue(page.find("#abort").isEnabled());
    }
  }

  @Test
  void the_keyboard_is_enough(LivePage page) {
    try (var served = ServedRun.open("doc.t")) {
      page.live(served);
      page.type(Keys.TAB);
      assertEquals("Skip to the tables", page.driver.switchTo().activeElement().getText());
      page.tabTo("pause");
      assertEquals("solid", outline(page));
      page.type(Keys.ENTER);
      page.sees("#token-dialog", "Token");
      page.type(TOKEN, Keys.ENTER);
      page.sees("#said", "Asked to pause");
      assertEquals("pause", page.focus());
      page.type(Keys.TAB, Keys.SPACE);
      page.sees("#abort-dialog", "Abort");
      page.type(Keys.ESCAPE);
      page.seesNo("#abort-dialog");
      assertEquals("abort", page.focus());
      assertEquals(List.of("pause"), served.orders);
      page.tabTo("search");
      page.type("nowhere");
      page.sees("#none", "No table fits");
    }
  }

  private static Object outline(LivePage page) {
    return page.script("return getComputedStyle(document.activeElement).outlineStyle");
  }

  private static void give(LivePage page, String token) {
    page.find("#token").sendKeys(token);
    page.click("#token-give");
  }
}
