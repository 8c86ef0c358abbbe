package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import xmover.web.ToldStream;
import xmover.web.ToldStream.Told;

/** {@code xmover monitor --serve}, in a process of its own: the cluster without a run. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ServedMonitorTest {
  @TempDir private Path folder;
  private ServedDrill served;

  @BeforeEach
  void start() {
    served = new ServedDrill(folder);
  }

  @AfterEach
  void stop() {
    served.close();
  }

  private JsonNode status() throws Exception {
    return new ObjectMapper().readTree(served.get("/api/status").body());
  }

  @Test
  void it_shows_the_problematic_tables_as_detect_does_and_why_they_are() throws Exception {
    served.serve("monitor");
    served.until(head -> head.has("looked"));
    assertEquals("ready\n", served.get("/health/ready").body());
    JsonNode status = status();
    assertEquals("monitor", status.path("kind").asText());
    assertEquals("drill", status.at("/cluster/name").asText());
    assertEquals(10_000, status.path("every_ms").asInt());
    assertEquals(12, status.at("/counts/all").asInt());
    assertEquals(8, status.at("/counts/reset").asInt());
    String metrics = served.get("/metrics").body();
    assertTrue(
        metrics.matches("(?s).*\nxmover_tables_detected\\{cluster=\"[^\"]+\"} 10.0\n.*"), metrics);
    assertTrue(
        metrics.matches(
            "(?s).*\nxmover_tables_watched\\{cluster=\"[^\"]+\",verdict=\"reset\"} 8.0\n.*"),
        metrics);
    assertTrue(
        metrics.matches(
            "(?s).*\nxmover_looks_total\\{cluster=\"[^\"]+\",result=\"failed\"} 0.0\n.*"),
        metrics);
    JsonNode worst = status.at("/tables/0");
    assertEquals("doc.metrics", worst.path("name").asText());
    assertEquals("xmover heal --table 'doc.metrics'", worst.path("heal").asText());
    assertTrue(worst.at("/growth/bytes_per_hour").isNull(), worst.toString());
    assertEquals("reset", worst.path("action").asText());
    assertEquals("hole", worst.at("/why/0").asText(), worst.toString());
    assertEquals("hole", worst.at("/shards/0/diagnosis/kind").asText(), worst.toString());
    assertEquals(
        served
            .drill
            .types(Map.of(), "detect", "--output", "json", "--connect", served.drill.url())
            .json()
            .path("tables")
            .size(),
        status.path("tables").size());
  }

  @Test
  void how_fast_a_table_grows_is_told_once_it_was_looked_at_twice() throws Exception {
    served.serve("monitor", "doc.metrics", "--watch", "200ms");
    served.until(head -> head.at("/changed/0/growth/bytes_per_hour").isNumber());
    JsonNode table = status().at("/tables/0");
    assertTrue(table.at("/growth/bytes_per_hour").asLong() > 0, table.toString());
    assertEquals(1L << 30, table.path("qualifies_above_bytes").asLong(), table.toString());
    assertEquals(1, status().at("/counts/reset").asInt());
    assertEquals(0, status().at("/counts/named").asInt());
    assertTrue(table.at("/shards/0/leases").isNumber(), table.toString());
    assertTrue(table.at("/shards/0/recovery").isTextual(), table.toString());
  }

  @Test
  void of_tables_that_were_named_it_shows_every_copy() throws Exception {
    served.serve("monitor", "doc.users", "--watch", "200ms");
    served.until(head -> head.has("looked"));
    JsonNode table = status().at("/tables/0");
    assertEquals("doc.users", table.path("name").asText());
    assertEquals("1", table.path("number_of_replicas").asText());
    assertEquals(1, status().at("/counts/named").asInt());
    assertTrue(table.path("heal").isNull(), table.toString());
    assertEquals(4, table.path("shards").size());
    assertEquals("STARTED", table.at("/shards/0/state").asText());
    served.drill.sql("ALTER TABLE doc.users SET (number_of_replicas = '0')");
    served.until(head -> head.at("/changed/0/shards").size() == 2);
  }

  @Test
  void a_cluster_that_goes_away_is_told_and_the_last_sight_of_it_stays_until_it_is_back()
      throws Exception {
    served.serve("monitor", "--watch", "200ms");
    served.until(head -> head.has("looked"));
    served.drill.goAway();
    served.until(head -> head.has("trouble"));
    assertEquals(
        "not ready: the last look at the cluster failed (/api/status says why)\n",
        served.get("/health/ready").body());
    assertEquals(200, served.get("/health/live").statusCode());
    assertEquals(12, status().path("tables").size());
    assertTrue(status().path("trouble").asText().contains("127.0.0.1"), status().toString());
    served.drill.comeBack();
    served.until(head -> !head.has("trouble"));
    assertEquals("ready\n", served.get("/health/ready").body());
    String said = served.drill.said();
    assertTrue(said.contains("A look at the cluster failed, the next ones go on: "), said);
    assertTrue(said.contains("The cluster can be looked at again."), said);
  }

  @Test
  void a_cluster_that_is_not_there_yet_is_waited_for() throws Exception {
    served.drill.goAway();
    served.serve("monitor", "--watch", "200ms");
    served.until(head -> head.path("trouble").asText().contains("127.0.0.1"));
    assertFalse(status().has("cluster"), status().toString());
    served.drill.comeBack();
    served.until(head -> head.has("cluster") && !head.has("trouble"));
  }

  @Test
  void what_is_healed_meanwhile_leaves_the_list_and_is_told() throws Exception {
    served.serve("monitor", "--watch", "200ms");
    served.until(head -> head.at("/counts/all").asInt() == 12);
    try (ToldStream stream = served.events()) {
      stream.next();
      assertEquals(0, served.drill.run("reset", "doc.metrics", "--yes"));
      Told told = stream.next();
      while (told.data().path("size").asInt() != 11) {
        told = stream.next();
      }
      JsonNode events = told.data().path("events");
      assertTrue(events.findValuesAsText("table").contains("doc.metrics"), events.toString());
    }
  }

  @Test
  void at_a_signal_it_ends_and_those_who_listen_are_told() throws Exception {
    served.serve("monitor");
    served.until(head -> head.has("looked"));
    try (ToldStream events = served.events()) {
      events.next();
      served.command().send("TERM");
      Told told = events.next();
      while (!told.event().equals("end")) {
        told = events.next();
      }
    }
    assertEquals(143, served.exitCode(), served.drill::said);
  }

  @Test
  void it_takes_no_orders_and_tells_in_a_line_how_it_stands() throws Exception {
    served.serve("monitor");
    served.until(head -> head.has("looked"));
    assertEquals(403, served.post("/api/control/pause").statusCode());
    String line = served.ctl("status", served.url()).out();
    assertTrue(
        line.contains("cluster drill; 12 tables shown, 8 of them to reset; looked at "), line);
  }

  @Test
  void a_name_that_is_wrong_is_refused() throws Exception {
    assertEquals(1, served.drill.run("monitor", "doc.nope", "--serve", "0"));
    assertTrue(served.drill.said().contains("'doc.nope'"), served.drill::said);
  }

  @Test
  void it_tells_what_runs_healed_so_far() throws Exception {
    assertEquals(0, served.drill.run("reset", "doc.events", "--yes"), served.drill::said);
    served.serve("monitor");
    served.until(head -> head.has("looked"));
    JsonNode run = status().at("/runs/0");
    assertEquals(1, run.path("tables").asInt(), status().toString());
    assertEquals("doc.events", run.at("/resets/0/name").asText());
  }
}
