package cratesim.wire;

import cratesim.faults.Faults;
import io.vertx.core.AsyncResult;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetSocket;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a PostgreSQL client: hands its messages to the present phase, one after the
 * other, and reads no further while one is being dealt with.
 */
final class PgServerSession {
  private final NetSocket socket;
  private final Faults.Connection connection;
  private final PgFrames frames = new PgFrames();
  private PgPhase phase;
  private boolean busy;

  PgServerSession(NetSocket socket, PgServerSide server, Faults.Connection connection) {
    this.socket = socket;
    this.connection = connection;
    this.phase = new PgStartup(socket, frames, server);
  }

  void start() {
    socket.exceptionHandler(failure -> socket.close());
    socket.handler(this::received);
  }

  private void received(Buffer data) {
    if (!connection.isSilent()) {
      frames.append(data);
      proceed();
    }
  }

  private void proceed() {
    for (var frame = next(); frame != null; frame = next()) {
      var step = handle(frame);
      if (step.isComplete()) {
        settle(step);
      } else {
        busy = true;
        socket.pause();
        step.onComplete(this::resume);
      }
    }
  }

  private @Nullable PgFrame next() {
    if (busy) {
      return null;
    }
    try {
      return frames.next(phase.typed(), phase.largestMessage());
    } catch (ProtocolViolation violation) {
      end(violation);
      return null;
    }
  }

  private Future<PgPhase> handle(PgFrame frame) {
    try {
      return phase.handle(frame);
    } catch (IndexOutOfBoundsException truncated) {
      return Future.failedFuture(new ProtocolViolation("08P01", "a message is cut short"));
    }
  }

  private void resume(AsyncResult<PgPhase> step) {
    busy = false;
    settle(step);
    if (!busy) {
      socket.resume();
      proceed();
    }
  }

  private void settle(AsyncResult<PgPhase> step) {
    if (step.succeeded()) {
      phase = step.result();
    } else {
      end(step.cause());
    }
  }

  /** Nothing is read any more: the session stays busy until the socket is gone. */
  private void end(Throwable cause) {
    busy = true;
    if (cause instanceof ProtocolViolation violation) {
      socket.write(
          new PgWriter().fatal(violation.sqlState, String.valueOf(violation.getMessage())).take());
    }
    socket.close();
  }
}
