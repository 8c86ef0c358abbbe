package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.SqlEndpoint;
import cratesim.StatementLog;
import cratesim.faults.Faults;
import cratesim.model.SqlAnswer;
import cratesim.model.SqlAnswer.Column;
import cratesim.model.SqlAnswer.ColumnType;
import cratesim.wire.NodeIdentity;
import cratesim.wire.SimulatedServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.net.NetServerOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pointed at what is no CrateDB, every command says so in a sentence. */
class StrangeServersTest {
  private final Vertx vertx = Vertx.vertx();

  @AfterEach
  void stop() {
    get(vertx.close());
  }

  /** Types the commands that connect, and answers what the last of them said. */
  private static String refused(String url) {
    String told = "";
    for (String command : List.of("detect", "problematic-translogs", "test-connection")) {
      var outcome = Operator.types(command, "--connect-timeout", "1s", "--connect", url);
      assertEquals(1, outcome.exitCode(), outcome.out());
      assertEquals("", outcome.out());
      assertEquals(1, outcome.err().lines().count(), outcome.err());
      assertTrue(outcome.err().startsWith("xmover: "), outcome.err());
      assertFalse(outcome.err().matches("(?s).*(Exception|unexpected|<html).*"), outcome.err());
      told = outcome.err();
    }
    return told;
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "http", "crate"})
  void where_nobody_listens(String scheme) throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    String told = refused(scheme + "://127.0.0.1:" + port);
    assertTrue(told.contains("127.0.0.1:" + port + ": nobody listens there"), told);
  }

  @ParameterizedTest
  @CsvSource({"200, text/html", "404, text/html", "301, text/plain", "502, text/html"})
  void a_web_server_that_is_no_cratedb(int status, String type) {
    var server =
        vertx
            .createHttpServer(new HttpServerOptions().setHost("127.0.0.1").setPort(0))
            .requestHandler(
                request ->
                    request
                        .response()
                        .setStatusCode(status)
                        .putHeader("content-type", type)
                        .putHeader("location", "/login")
                        .end("<html><body>It works!</body></html>"));
    String told = refused("http://127.0.0.1:" + get(server.listen()).actualPort());
    String sentence = status == 502 ? "without a word of CrateDB" : "it is no CrateDB";
    assertTrue(told.contains(sentence), told);
  }

  @Test
  void a_postgresql_server_that_is_no_cratedb() {
    var settings = SimulatedServer.Settings.anyPort(new NodeIdentity("other", "other", "16.2"));
    var clock = InstantSource.system();
    var server =
        get(
            SimulatedServer.start(
                vertx, new PostgreSql(), settings, new Faults(), new StatementLog(clock)));
    String told = refused("postgresql://127.0.0.1:" + server.pgPort());
    assertTrue(told.contains("it is no CrateDB (PostgreSQL 16.2)"), told);
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "http"})
  void garbage(String scheme) {
    var server =
        vertx
            .createNetServer(new NetServerOptions().setHost("127.0.0.1").setPort(0))
            .connectHandler(socket -> socket.write("220 mail.example ESMTP\r\n"));
    String told = refused(scheme + "://127.0.0.1:" + get(server.listen()).actualPort());
    assertTrue(told.contains("it is no CrateDB"), told);
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  /** Knows its version and nothing else. */
  private static final class PostgreSql implements SqlEndpoint {
    private static final List<Column> VERSION = List.of(new Column("version", ColumnType.TEXT));

    @Override
    public boolean authenticates(String user, String password) {
      return true;
    }

    @Override
    public boolean needsPassword(String user) {
      return false;
    }

    @Override
    public List<Column> describe(String user, String statement) {
      return VERSION;
    }

    @Override
    public SqlAnswer execute(String user, String statement, List<Object> parameters) {
      return new SqlAnswer(VERSION, List.of(List.of("PostgreSQL 16.2 on x86_64")), "SELECT", 1);
    }
  }
}
