package cratesim.wire;

import cratesim.model.SqlError;
import io.vertx.core.Future;
import io.vertx.core.net.NetSocket;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** Waits for the password of a user who has one, and greets those who may come in. */
final class PgLogin implements PgPhase {
  private static final AtomicInteger SESSIONS = new AtomicInteger();

  private final NetSocket socket;
  private final PgServerSide server;
  private final String user;

  PgLogin(NetSocket socket, PgServerSide server, String user) {
    this.socket = socket;
    this.server = server;
    this.user = user;
  }

  @Override
  public boolean typed() {
    return true;
  }

  @Override
  public int largestMessage() {
    return 10_000;
  }

  @Override
  public Future<PgPhase> handle(PgFrame frame) {
    return frame.type == 'p'
        ? enter(frame.text())
        : Future.failedFuture(new ProtocolViolation("08P01", "expected a password message"));
  }

  Future<PgPhase> askPassword() {
    return socket.write(new PgWriter().cleartextPassword().take()).map(this);
  }

  Future<PgPhase> enter(String password) {
    return server
        .runner()
        .login(user, password)
        .recover(PgLogin::refused)
        .compose(entered -> greet())
        .map(greeted -> new PgCommands(socket, server.runner(), user));
  }

  private static Future<Void> refused(Throwable failure) {
    return Future.failedFuture(
        failure instanceof SqlError error
            ? new ProtocolViolation(error.sqlState(), String.valueOf(error.getMessage()))
            : failure);
  }

  private Future<Void> greet() {
    var greeting =
        new PgWriter()
            .authenticationOk()
            .parameterStatus("crate_version", server.node().version())
            .parameterStatus("server_version", "14.0")
            .parameterStatus("server_encoding", "UTF8")
            .parameterStatus("client_encoding", "UTF8")
            .parameterStatus("datestyle", "ISO")
            .parameterStatus("TimeZone", "UTC")
            .parameterStatus("integer_datetimes", "on")
            .parameterStatus("standard_conforming_strings", "on")
            .keyData(SESSIONS.incrementAndGet(), ThreadLocalRandom.current().nextInt())
            .readyForQuery('I');
    return socket.write(greeting.take());
  }
}
