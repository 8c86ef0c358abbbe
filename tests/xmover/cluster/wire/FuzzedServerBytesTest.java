package xmover.cluster.wire;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.connection.TinyCrateDb.get;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.Credentials;
import xmover.cluster.connection.HostPort;
import xmover.cluster.connection.SslMode;
import xmover.cluster.connection.Timeouts;
import xmover.cluster.connection.TinyCrateDb;
import xmover.cluster.connection.Transport;
import xmover.fuzz.Tries;

/** Whatever bytes come back, a statement has its answer or fails in a sentence, and in time. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedServerBytesTest {
  private static final Duration SHORT = Duration.ofMillis(100);

  private final List<Throwable> escaped = Collections.synchronizedList(new ArrayList<>());

  /** What lies between: it passes everything on, and spoils what comes back. */
  private static int spoiling(Vertx vertx, int target, RandomGenerator random) {
    return between(
        vertx, target, bytes -> random.nextInt(20) == 0 ? Buffer.buffer() : spoilt(bytes, random));
  }

  /** Who answers nothing at all hangs up. */
  private static int between(Vertx vertx, int target, UnaryOperator<Buffer> answers) {
    var server =
        vertx
            .createNetServer()
            .connectHandler(
                near -> {
                  near.pause();
                  vertx
                      .createNetClient()
                      .connect(target, "localhost")
                      .onSuccess(
                          far -> {
                            near.pipeTo(far);
                            far.handler(bytes -> answer(near, answers.apply(bytes)));
                            far.closeHandler(closed -> near.close());
                          });
                });
    return get(server.listen(0, "localhost")).actualPort();
  }

  private static void answer(NetSocket near, Buffer bytes) {
    if (bytes.length() == 0) {
      near.close();
    } else {
      near.write(bytes);
    }
  }

  private static Buffer spoilt(Buffer sound, RandomGenerator random) {
    Buffer bytes = sound.copy();
    switch (random.nextInt(9)) {
      case 0 -> {
        for (int odd = random.nextInt(1, 4); odd > 0; odd--) {
          bytes.setByte(random.nextInt(bytes.length()), (byte) random.nextInt());
        }
      }
      case 1 -> bytes.appendBuffer(sound);
      case 2 -> bytes = bytes.slice(0, random.nextInt(bytes.length())).copy();
      case 3 -> {
        byte[] noise = new byte[random.nextInt(1, 40)];
        random.nextBytes(noise);
        int at = random.nextInt(bytes.length());
        bytes =
            sound
                .getBuffer(0, at)
                .appendBytes(noise)
                .appendBuffer(sound.getBuffer(at, sound.length()));
      }
      case 4 -> bytes = sound.getBuffer(random.nextInt(bytes.length()), sound.length());
      default -> {
        // As it came: a connection gets far only when most answers do.
      }
    }
    return bytes;
  }

  @ParameterizedTest
  @EnumSource
  void a_statement_is_answered_or_fails_in_a_sentence(Transport transport) {
    try (var db = new TinyCrateDb()) {
      Tries.of(
          6,
          random -> {
            var vertx = Vertx.vertx();
            vertx.exceptionHandler(escaped::add);
            try {
              Cluster cluster =
                  Clusters.open(
                      vertx, settings(transport, spoiling(vertx, db.port(transport), random)));
              for (int statements = 0; statements < 3; statements++) {
                var statement =
                    random.nextBoolean() ? Statement.read("SELECT 1") : Statement.write("ALTER");
                Object answer =
                    get(cluster.execute(statement).<Object>mapEmpty().otherwise(why -> why));
                if (answer instanceof Throwable failure) {
                  isSentence(failure);
                }
              }
            } finally {
              get(vertx.close());
            }
            assertEquals(List.of(), escaped);
          });
    }
  }

  /** A row that nobody had announced came to the operator as a ClassCastException of the driver. */
  @Test
  void a_row_before_its_description_is_told_in_a_sentence() {
    try (var db = new TinyCrateDb()) {
      var answers = new AtomicInteger();
      var row = Buffer.buffer("D").appendInt(6).appendShort((short) 0);
      int port =
          between(
              db.vertx,
              db.port(Transport.POSTGRESQL),
              bytes -> answers.getAndIncrement() == 3 ? row.copy().appendBuffer(bytes) : bytes);
      Cluster cluster = Clusters.open(db.vertx, settings(Transport.POSTGRESQL, port));

      isSentence(TinyCrateDb.failure(cluster.execute(Statement.read("SELECT 1"))));
    }
  }

  private static void isSentence(Throwable failure) {
    if (!(failure instanceof ClusterFailure)) {
      throw new AssertionError(failure);
    }
    assertTrue(failure.getMessage().startsWith("localhost:"), failure.getMessage());
    assertTrue(!failure.getMessage().contains("Exception:"), failure.getMessage());
  }

  private static ConnectionSettings settings(Transport transport, int port) {
    return new ConnectionSettings(
        transport,
        List.of(new HostPort("localhost", port)),
        "doc",
        Credentials.of("crate"),
        SslMode.DISABLE,
        Optional.empty(),
        new Timeouts(SHORT, SHORT, SHORT),
        1,
        false);
  }
}
