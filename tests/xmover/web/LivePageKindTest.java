package xmover.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import xmover.suite.NeedsBrowser;

@ExtendWith(Chromium.class)
@NeedsBrowser
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LivePageKindTest {
  private static final String MONITOR =
      """
      {"kind": "monitor", "now": "2024-01-15T10:30:03Z", "looked": "2024-01-15T10:30:00Z",
       "counts": {"all": 41, "reset": 40, "refused": 1, "early": 0, "skip": 0}}
      """;
  private static final String TABLE =
      """
      {"schema": "doc", "table": "events", "partition_ident": "", "name": "doc.events",
       "action": "reset", "reason": "worst replica at 663 %", "number_of_replicas": "0-1",
       "max_uncommitted_bytes": 3543348019, "percent_of_threshold": 663.4, "later": {"more": [1]},
       %s
       "shards": [{"shard": 1, "node": "data-hot-1", "state": "STARTED",
                   "uncommitted_bytes": 3543348019,
                   "diagnosis": {"kind": "hole", "text": "an operation is missing"}}]}
      """;

  @Test
  void without_a_run_the_tables_are_shown_as_findings(LivePage page) throws Exception {
    shows(
        page,
        "{\"kind\": \"of a later version\", \"more\": [1]}",
        () -> {
          page.sees(page.row("doc.events") + " .badge", "Needs a reset");
          page.sees(page.row("doc.events"), "3.3 GB\\s+663 %\\s+worst replica at 663 %$");
          page.look("doc.events");
          page.sees(page.drawer("doc.events") + " .why", "worst replica at 663 %");
          page.sees(
              page.drawer("doc.events") + " .facts",
              "^Replicas\\s+0-1\\s+Worst replica\\s+3.3 GB\\s+Of its threshold\\s+663 %$");
          assertEquals(
              List.of("Node Shard Uncommitted Why", "data-hot-1 1 3.3 GB an operation is missing"),
              page.texts(page.drawer("doc.events") + " .shards tr"));
          assertFalse(page.find("#controls").isDisplayed(), "there is no run to control");
          assertEquals(List.of(), page.complaints());
        });
  }

  @Test
  void a_monitor_tells_what_it_found_and_when_and_has_no_bar_of_what_is_done(LivePage page)
      throws Exception {
    shows(
        page,
        MONITOR,
        () -> {
          page.sees("#phase", "^\\S 40 need a reset · 1 refused · looked [3-9] s ago$");
          assertFalse(page.find("#done").isDisplayed());
          assertEquals(List.of(), page.complaints());
        });
  }

  @Test
  void how_fast_a_table_grows_and_what_it_reaches_stands_in_its_row(LivePage page)
      throws Exception {
    shows(
        page,
        MONITOR,
        """
        "qualifies_above_bytes": 4294967296,
        "growth": {"since": "2024-01-13T09:30:00Z", "bytes_per_hour": 536870912,
                   "qualifies_at": "2024-01-15T11:54:00Z", "disk_full": {"node": "data-hot-1",
                   "watermark": "low watermark (85% used)", "at": "2024-01-15T14:00:00Z"}},
        """,
        () -> {
          page.sees(page.row("doc.events") + " .c-growth", "^512.0 MB/h$");
          page.sees(page.row("doc.events") + " .c-reaches", "^its limit in 1h23m$");
          page.look("doc.events");
          page.sees(page.drawer("doc.events") + " .facts", "Grows, since 2024-01-13 \\d\\d:30");
          page.sees(page.drawer("doc.events") + " .facts", "Reaches 4.0 GB\\s+\\d\\d:54, in 1h23m");
          page.sees(
              page.drawer("doc.events") + " .facts",
              "data-hot-1 reaches its low watermark \\(85% used\\)\\s+\\d\\d:00, in 3h29m");
          assertEquals(List.of(), page.complaints());
        });
  }

  @Test
  void what_one_look_can_not_tell_is_said_to_be_unknown(LivePage page) throws Exception {
    shows(
        page,
        MONITOR,
        "\"growth\": {\"since\": \"2024-01-15T10:30:00Z\", \"bytes_per_hour\": null},",
        () -> {
          page.sees(page.row("doc.events") + " .c-growth", "^not known yet$");
          page.sees(page.row("doc.events") + " .c-reaches", "^$");
        });
  }

  @Test
  void the_command_that_heals_a_table_stands_in_its_drawer_to_be_copied(LivePage page)
      throws Exception {
    shows(
        page,
        MONITOR,
        "\"heal\": \"xmover heal --table 'doc.events'\",",
        () -> {
          page.look("doc.events");
          String line = page.drawer("doc.events") + " .to-type";
          page.sees(line + " code", "^xmover heal --table 'doc.events'$");
          page.find(line + " button").click();
          page.sees(line + " button", "^Copied$");
          assertEquals(List.of(), page.complaints());
        });
  }

  private static void shows(LivePage page, String head, Runnable looks) throws Exception {
    shows(page, head, "", looks);
  }

  /**
   * @param more fields of the table, ending with a comma
   */
  private static void shows(LivePage page, String head, String more, Runnable looks)
      throws Exception {
    var json = new ObjectMapper();
    var whole = (ObjectNode) json.readTree(head);
    var table = (ObjectNode) json.readTree(TABLE.replace("%s", more));
    var frame =
        new StatusFrame<>(
            1,
            Optional.empty(),
            whole,
            whole.objectNode(),
            List.of(table),
            ObjectNode::deepCopy,
            List.of());
    Vertx vertx = Vertx.vertx();
    try {
      var server =
          StatusServer.start(
                  vertx,
                  new ServeAddress("127.0.0.1", 0),
                  new Access(Optional.empty(), Optional.empty()),
                  () -> frame)
              .await(10, TimeUnit.SECONDS);
      page.open(server.address().port());
      looks.run();
    } finally {
      vertx.close().await(10, TimeUnit.SECONDS);
    }
  }
}
