package cratesim.wire;

import cratesim.model.SqlError;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.net.NetSocket;
import java.util.Iterator;
import java.util.List;

/**
 * The commands of a user who came in: simple queries here, prepared ones in {@link PgExtended}.
 * After an error in a prepared one everything is skipped until Sync.
 */
final class PgCommands implements PgPhase {
  private static final int LARGEST_MESSAGE = 64 * 1024 * 1024;

  private final NetSocket socket;
  private final StatementRunner runner;
  private final String user;
  private final PgOutput output;
  private final PgExtended extended;
  private boolean skipping;

  PgCommands(NetSocket socket, StatementRunner runner, String user) {
    this.socket = socket;
    this.runner = runner;
    this.user = user;
    this.output = new PgOutput(new PacedStream(socket, Vertx.currentContext()));
    this.extended = new PgExtended(runner, user, output);
  }

  @Override
  public boolean typed() {
    return true;
  }

  @Override
  public int largestMessage() {
    return LARGEST_MESSAGE;
  }

  @Override
  public Future<PgPhase> handle(PgFrame frame) {
    return switch (frame.type) {
      case 'X' -> socket.close().map(this);
      case 'S' -> sync().map(this);
      case 'Q' -> skipping ? done() : simpleQuery(frame.text()).map(this);
      case 'H' -> output.flush().map(this);
      default -> skipping ? done() : prepared(frame).map(this);
    };
  }

  private Future<PgPhase> done() {
    return Future.succeededFuture(this);
  }

  private Future<Void> sync() {
    output.messages().readyForQuery(skipping ? 'E' : 'I');
    skipping = false;
    return output.flush();
  }

  private Future<Void> prepared(PgFrame frame) {
    Future<Void> step;
    try {
      step = extended.handle(frame);
    } catch (SqlError error) {
      step = Future.failedFuture(error);
    }
    return step.recover(this::failPrepared);
  }

  private Future<Void> failPrepared(Throwable failure) {
    skipping = true;
    return tell(failure).compose(told -> output.flush());
  }

  private Future<Void> simpleQuery(String text) {
    var statements = new SqlScript(text).statements();
    if (statements.isEmpty()) {
      output.messages().bare('I');
    }
    return each(statements.iterator()).recover(this::tell).compose(ended -> ready());
  }

  private Future<Void> each(Iterator<String> statements) {
    return statements.hasNext()
        ? one(statements.next()).compose(answered -> each(statements))
        : Future.succeededFuture();
  }

  private Future<Void> one(String statement) {
    return runner
        .execute(user, statement, List.of(), output)
        .compose(answer -> output.describedAnswer(answer));
  }

  private Future<Void> tell(Throwable failure) {
    if (failure instanceof ConnectionDropped) {
      return Future.failedFuture(failure);
    }
    output.messages().error(StatementRunner.asSqlError(failure));
    return Future.succeededFuture();
  }

  private Future<Void> ready() {
    output.messages().readyForQuery('I');
    return output.flush();
  }
}
