package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import xmover.environment.SteppedTimers;
import xmover.monitor.Looks;
import xmover.monitor.Monitoring;
import xmover.suite.NeedsBrowser;

/** A tab that stays open while the monitor it shows is started again. */
@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageRestartedMonitorTest {
  private final SteppedTimers time = new SteppedTimers();

  private Monitoring monitoring(String... failures) {
    time.advance(Duration.ofMinutes(1));
    var made = new Monitoring(time, Duration.ofMinutes(1));
    made.saw(Looks.first().sight());
    for (String failure : failures) {
      made.failed(new IllegalStateException(failure));
    }
    return made;
  }

  private static int serve(Vertx vertx, Monitoring shown, int port) throws Exception {
    return StatusServer.start(
            vertx,
            new ServeAddress("127.0.0.1", port),
            new Access(Optional.empty(), Optional.empty()),
            new MonitorSource(shown, Optional::empty, Optional::empty))
        .await(10, TimeUnit.SECONDS)
        .address()
        .port();
  }

  @Test
  void what_the_monitor_before_told_is_not_shown_as_of_this_one(LivePage page) throws Exception {
    Vertx first = Vertx.vertx();
    int port = serve(first, monitoring("first", "second"), 0);
    page.open(port).sees("#log", "second.*first");
    first.close().await(10, TimeUnit.SECONDS);
    page.sees("#connection", "Reconnecting");
    Vertx again = Vertx.vertx();
    try {
      serve(again, monitoring("third", "fourth", "fifth", "sixth"), port);
      page.sees("#log", "sixth");
      List<String> lines = page.texts("#log li");
      assertEquals(5, lines.size(), lines::toString);
      assertEquals(0, lines.stream().filter(line -> line.matches(".*(first|second)")).count());
    } finally {
      again.close().await(10, TimeUnit.SECONDS);
    }
  }

  /** Rows of tables that were gone were kept as long as the tab was open. */
  @Test
  void a_table_that_went_and_came_back_has_another_row(LivePage page) throws Exception {
    Vertx vertx = Vertx.vertx();
    try {
      Monitoring shown = monitoring();
      page.open(serve(vertx, shown, 0));
      String row = page.row("doc.t");
      page.sees(row, "doc.t");
      page.script("document.querySelector(\"" + row + "\").seen = true");
      shown.saw(Looks.first().none());
      page.sees("#none", "No table yet");
      shown.saw(Looks.first().sight());
      page.sees(row, "doc.t");
      assertEquals(null, page.script("return document.querySelector(\"" + row + "\").seen"));
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
