package xmover.web;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xmover.report.KeptReport;
import xmover.reset.NodeReading;
import xmover.reset.RunEvent;
import xmover.web.ToldStream.Told;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class EventStreamTest {
  @Test
  void who_comes_is_told_all_and_then_what_changes() throws Exception {
    try (var served = ServedRun.open("doc.a", "doc.b");
        var stream = served.events()) {
      Told all = stream.next();
      assertEquals("status", all.event());
      assertEquals(2, all.data().path("tables").size());
      served.run.step("doc.b", "begin");
      Told change = stream.next();
      assertEquals("change", change.event());
      assertEquals(1, change.data().path("changed").size());
      assertEquals("SETTING_REPLICAS_ZERO", change.data().at("/changed/1/state").asText());
      assertEquals(1, change.data().path("events").size());
      assertEquals(2, change.data().path("size").asInt());
    }
  }

  @Test
  void who_comes_back_is_told_only_what_was_missed() throws Exception {
    try (var served = ServedRun.open("doc.a", "doc.b")) {
      String last;
      try (var stream = served.events()) {
        stream.next();
        served.run.step("doc.a", "begin");
        last = stream.next().id();
        served.run.step("doc.a", "zero");
        stream.next();
      }
      try (var stream = served.events("Last-Event-ID", last)) {
        Told missed = stream.next();
        assertEquals("change", missed.event());
        assertEquals("MONITORING_LEASES", missed.data().at("/changed/0/state").asText());
        assertEquals(1, missed.data().path("events").size());
      }
    }
  }

  @Test
  void who_comes_back_and_missed_nothing_is_answered_at_once() throws Exception {
    var silent = new Listeners.Pace(Duration.ofMillis(20), Integer.MAX_VALUE, 10);
    try (var served = ServedRun.at(silent, "doc.a")) {
      String last;
      try (var stream = served.events()) {
        last = stream.next().id();
      }
      try (var stream = served.events("Last-Event-ID", last)) {
        served.run.step("doc.a", "begin");
        assertEquals("change", stream.next().event());
      }
    }
  }

  @Test
  void an_id_of_another_server_or_of_nobody_is_told_all() throws Exception {
    try (var served = ServedRun.open("doc.a")) {
      for (String id : new String[] {"abc-1", "1", "-", "x".repeat(1000)}) {
        try (var stream = served.events("Last-Event-ID", id)) {
          assertEquals("status", stream.next().event(), id);
        }
      }
    }
  }

  @Test
  void who_was_away_for_too_long_is_told_all() throws Exception {
    var run = xmover.live.FollowedRun.of("doc.a");
    var feed =
        new StatusFeed(new RunSource(run.progress, Optional::empty, new KeptReport(), null), "e");
    IntStream.rangeClosed(1, 200)
        .forEach(
            i -> {
              run.progress.on(new RunEvent.Breaker("open"));
              feed.look();
            });
    assertEquals(200, feed.number());
    assertEquals(3, feed.after(Optional.of(197L)).size());
    assertTrue(feed.after(Optional.of(3L)).get(0).contains("event: status"));
    assertEquals(Optional.empty(), feed.numberOf("e-201"));
    assertEquals(200, feed.numberOf("e-200").orElseThrow());
  }

  @Test
  void what_seldom_changes_is_told_again_only_when_it_did() throws Exception {
    try (var served = ServedRun.open("doc.a");
        var stream = served.events()) {
      assertTrue(stream.next().data().has("nodes"));
      served.run.progress.on(new RunEvent.Breaker("open"));
      assertFalse(stream.next().data().has("nodes"));
      served.run.progress.on(
          new RunEvent.NodesSeen(List.of(new NodeReading("c", Optional.empty()))));
      assertTrue(stream.next().data().at("/nodes/all").toString().contains("\"c\""));
    }
  }

  @Test
  void much_at_once_is_told_together() throws Exception {
    String[] names = names(1000);
    try (var served = ServedRun.open(names);
        var stream = served.events()) {
      stream.next();
      for (String name : names) {
        served.run.step(name, "begin");
        served.run.step(name, "zero");
      }
      int messages = 0;
      int events = 0;
      for (int last = 0; last < 2001; messages++) {
        Told told = stream.next();
        events = told.data().path("events").size();
        last = told.data().at("/events/" + (events - 1) + "/number").asInt();
      }
      assertTrue(messages < 100, messages + " messages");
    }
  }

  @Test
  void too_many_are_refused() throws Exception {
    try (var served = ServedRun.open("doc.a")) {
      var streams = new ArrayList<ToldStream>();
      for (int i = 0; i < Listeners.MOST; i++) {
        streams.add(served.events());
        streams.get(i).next();
      }
      assertEquals(503, served.get("/api/events").statusCode());
      streams.get(0).close();
      for (ToldStream stream : streams) {
        stream.close();
      }
    }
  }

  @Test
  void the_end_is_told() throws Exception {
    try (var served = ServedRun.open("doc.a");
        var stream = served.events()) {
      stream.next();
      served.run.step("doc.a", "cured");
      served.end();
      assertEquals("completed", stream.next().data().at("/changed/0/stage").asText());
      assertEquals("end", stream.next().event());
    }
  }

  @Test
  void a_name_can_not_break_out_of_its_event() throws Exception {
    try (var served = ServedRun.open("doc.a\n\nevent: end\ndata: {}\n\n");
        var stream = served.events()) {
      var table = stream.next().data().at("/tables/0");
      assertEquals("a\n\nevent: end\ndata: {}\n\n", table.path("table").asText());
      assertEquals("doc.a\\n\\nevent: end\\ndata: {}\\n\\n", table.path("name").asText());
    }
  }

  private static final Listeners.Pace FAST = new Listeners.Pace(Duration.ofMillis(20), 3, 10);

  @Test
  void who_does_not_read_is_dropped_and_nothing_is_kept_for_it() throws Exception {
    String[] names = names(2000);
    try (var served = ServedRun.at(FAST, names);
        var deaf = new Socket();
        var stream = served.events()) {
      deaf.setReceiveBufferSize(4096);
      deaf.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), served.port()));
      deaf.getOutputStream()
          .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      // Megabytes, more than the buffers of the system hold; each told to who reads.
      for (int round = 0; round < 40; round++) {
        served.run.time.advance(Duration.ofSeconds(1));
        for (String name : names) {
          served.run.step(name, "begin");
        }
        stream.next();
      }
      long read = deaf.getInputStream().transferTo(OutputStream.nullOutputStream());
      assertTrue(read < 40_000_000, read + " bytes until its end");
    }
  }

  @Test
  void while_nothing_happens_a_heartbeat_keeps_the_connection() throws Exception {
    try (var served = ServedRun.at(FAST, "doc.a");
        var socket = new Socket(InetAddress.getLoopbackAddress(), served.port())) {
      socket
          .getOutputStream()
          .write("GET /api/events HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(US_ASCII));
      var lines = new BufferedReader(new InputStreamReader(socket.getInputStream(), UTF_8));
      assertTrue(lines.lines().anyMatch(": nothing new"::equals));
    }
  }

  private static String[] names(int tables) {
    return IntStream.range(0, tables).mapToObj(i -> "doc.t" + i).toArray(String[]::new);
  }
}
