package cratesim.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.json.JsonMapper;
import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xmover.fuzz.RandomText;
import xmover.fuzz.Tries;

/** Whatever a client says, the simulated CrateDB answers or hangs up, and serves the next one. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedServersTest {
  private static final List<String> STATEMENTS =
      List.of(
          "SELECT 1",
          "",
          ";",
          "SELECT $1",
          "SELECT id FROM sys.shards WHERE id = ANY($1)",
          "ALTER TABLE doc.t SET (number_of_replicas = 0)",
          "SELECT 1; SELECT 2",
          "SELECT (((",
          "OPTIMIZE TABLE doc.t",
          "SELECT E'\\u0000'",
          "/* ",
          "SELECT $9999",
          "INSERT INTO x");

  private final List<Throwable> escaped = Collections.synchronizedList(new ArrayList<>());
  private RunningServer server;

  @BeforeEach
  void start() throws IOException {
    var scenario =
        JsonMapper.builder()
            .build()
            .readValue(
                """
                {"version": "6.3.7", "seed": 5, "nodes": ["a", "b"],
                 "tables": [{"name": "doc.t", "shards": 2, "replicas": "1"}]}
                """,
                Scenario.class);
    server = new RunningServer(new SimulatedCluster(scenario, InstantSource.system()));
    server.vertx.exceptionHandler(escaped::add);
  }

  @AfterEach
  void nothingEscapedAndItStillServes() throws IOException {
    try (var fresh = RawPg.ready(server.pgPort())) {
      fresh.query("SELECT 1").until('C');
    }
    Buffer request = Buffer.buffer(post("{\"stmt\":\"SELECT 1\"}"));
    String answer = new String(answer(server.httpPort(), request, true), UTF_8);
    assertTrue(answer.startsWith("HTTP/1.1 200"), answer);
    server.close();
    assertEquals(List.of(), escaped);
  }

  @Test
  void messages_in_any_order_and_with_any_bytes_are_answered_or_end_the_connection() {
    Tries.of(
        50,
        random -> {
          Buffer said = Buffer.buffer();
          boolean greeted = random.nextInt(10) > 0;
          if (greeted) {
            said.appendBuffer(startUp());
          }
          for (int count = random.nextInt(8); count > 0; count--) {
            said.appendBuffer(message(random));
          }
          said.appendBuffer(RawPg.message('S', Buffer.buffer()));
          said.appendBuffer(RawPg.message('Q', RawPg.text("SELECT 1")));
          said.appendBuffer(RawPg.message('X', Buffer.buffer()));
          int odd = greeted ? Math.max(0, random.nextInt(8) - 4) : 1;
          for (int left = odd; left > 0; left--) {
            said.setByte(random.nextInt(said.length()), (byte) random.nextInt());
          }
          byte[] answer = answer(server.pgPort(), said, odd == 0);
          if (odd == 0) {
            isInOrder(types(answer), said.toString());
          }
        });
  }

  /** After an error nothing comes until the next Sync, then the last query is answered. */
  private static void isInOrder(String types, String said) {
    boolean ended = types.matches("[^E]*(EZ[^E]*)*E");
    boolean served = types.matches("[^E]*(EZ[^E]*)*TDCZ");
    assertTrue(ended || served, () -> types + " is no answer to " + said);
  }

  private static String types(byte[] answer) {
    var types = new StringBuilder();
    Buffer left = Buffer.buffer(answer);
    for (int at = 0; at < left.length(); at += 1 + left.getInt(at + 1)) {
      types.append((char) left.getByte(at));
    }
    return types.toString();
  }

  @Test
  void bytes_of_any_kind_are_answered_or_end_the_connection() {
    Buffer simple = startUp().appendBuffer(RawPg.message('Q', RawPg.text("SELECT 1")));
    Buffer prepared =
        startUp()
            .appendBuffer(
                RawPg.message(
                    'P', RawPg.text("a").appendBuffer(RawPg.text("SELECT $1")).appendInt(0)))
            .appendBuffer(RawPg.message('D', Buffer.buffer("S").appendBuffer(RawPg.text("a"))))
            .appendBuffer(RawPg.message('S', Buffer.buffer()));
    Tries.ofBytes(
        50,
        List.of(simple.getBytes(), prepared.getBytes()),
        bytes -> answer(server.pgPort(), Buffer.buffer(bytes), false));
  }

  @Test
  void requests_of_any_bytes_are_answered_or_end_the_connection() {
    byte[] sound = post("{\"stmt\":\"SELECT $1\",\"args\":[1]}").getBytes(UTF_8);
    Tries.ofBytes(
        50, List.of(sound), bytes -> answer(server.httpPort(), Buffer.buffer(bytes), false));
  }

  private static Buffer startUp() {
    Buffer body = RawPg.text("user").appendBuffer(RawPg.text("crate")).appendByte((byte) 0);
    return Buffer.buffer()
        .appendInt(body.length() + 8)
        .appendInt(RawPg.VERSION_3)
        .appendBuffer(body);
  }

  private static Buffer message(RandomGenerator random) {
    var body = Buffer.buffer();
    String sql =
        random.nextInt(4) == 0 ? RandomText.any(random) : RandomText.one(random, STATEMENTS);
    char type = "PPBBDEEQCHS?".charAt(random.nextInt(12));
    switch (type) {
      case 'P' -> body.appendBuffer(name(random)).appendBuffer(RawPg.text(sql)).appendInt(0);
      case 'B' ->
          body.appendBuffer(name(random))
              .appendBuffer(name(random))
              .appendInt(0)
              .appendShort((short) 0);
      case 'D', 'C' ->
          body.appendString(random.nextBoolean() ? "P" : "S").appendBuffer(name(random));
      case 'E' -> body.appendBuffer(name(random)).appendInt(random.nextInt(-1, 3));
      case 'Q' -> body.appendBuffer(RawPg.text(sql));
      default -> body.appendString(random.nextBoolean() ? "" : sql);
    }
    if (random.nextInt(4) == 0) {
      byte[] more = new byte[random.nextInt(12)];
      random.nextBytes(more);
      body.appendBytes(more);
    } else if (random.nextInt(6) == 0 && body.length() > 0) {
      body = body.slice(0, random.nextInt(body.length()));
    }
    return RawPg.message(type, body);
  }

  private static Buffer name(RandomGenerator random) {
    return RawPg.text(RandomText.one(random, List.of("", "", "", "a", "b")));
  }

  @Test
  void requests_of_any_kind_are_answered_or_end_the_connection() {
    Tries.of(
        50,
        random -> {
          String sql =
              random.nextBoolean() ? RandomText.any(random) : RandomText.one(random, STATEMENTS);
          String args = RandomText.one(random, List.of("[]", "[1]", "[null,\"a\"]", "{}", "7"));
          var body =
              new StringBuilder(
                  "{\"stmt\":%s,\"%s\":%s}"
                      .formatted(
                          JsonMapper.builder()
                              .build()
                              .writeValueAsString(sql.replace("\ud800", "")),
                          random.nextInt(4) == 0 ? "bulk_args" : "args",
                          random.nextInt(4) == 0 ? "[" + args + "]" : args));
          for (int odd = Math.max(0, random.nextInt(6) - 3); odd > 0; odd--) {
            int at = random.nextInt(body.length());
            body.replace(at, at + 1, RandomText.any(random));
          }
          String request = post(body.toString());
          if (random.nextInt(4) == 0) {
            String secret = RandomText.one(random, List.of("Y3JhdGU6", "!", "eA", "", "\u00fc"));
            request = request.replace("Host:", "Authorization: Basic " + secret + "\r\nHost:");
          }
          boolean whole = random.nextInt(3) > 0;
          if (!whole) {
            int at = random.nextInt(request.length());
            request = request.substring(0, at) + RandomText.any(random) + request.substring(at);
          }
          String answer =
              new String(answer(server.httpPort(), Buffer.buffer(request), whole), UTF_8);
          assertTrue(!whole || answer.startsWith("HTTP/1.1 "), () -> "no answer to " + body);
        });
  }

  private static String post(String body) {
    return "POST /_sql HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\nContent-Length: "
        + body.getBytes(UTF_8).length
        + "\r\n\r\n"
        + body;
  }

  /**
   * All that is answered until the server hangs up.
   *
   * @param whole whether it has to hang up by itself: what is not whole may lack a byte
   */
  private static byte[] answer(int port, Buffer said, boolean whole) throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(said.getBytes());
      if (!whole) {
        socket.shutdownOutput();
      }
      return socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      return new byte[0];
    }
  }
}
