package xmover.run;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.environment.Environment;
import xmover.journal.file.OwnerOnly;
import xmover.live.RunProgress;
import xmover.log.RunLog;
import xmover.observe.RunControl;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.observe.ServiceUrl;
import xmover.report.KeptReport;
import xmover.reset.RunEvent;
import xmover.web.Access;
import xmover.web.RunSource;
import xmover.web.ServeAddress;
import xmover.web.StatusServer;
import xmover.web.Token;

/**
 * Shows a run over HTTP from before it connects until it is over, and takes orders for it. Where no
 * token was set one is made; who may read the state folder finds it in a {@link ServeNote}.
 */
public final class ServedRun implements RunObserver {
  private final RunScene scene;
  private final RunLog log;
  private final RunProgress progress;
  private final Supplier<Optional<String>> metrics;
  private final ServeAddress address;
  private final Optional<Token> made;
  private final Access access;
  private final Path folder;
  private final KeptReport report;
  private final Duration after;
  private Optional<StatusServer> server = Optional.empty();
  private Optional<Path> note = Optional.empty();

  /** What the run ended with, in order; empty while it did not. */
  private Optional<Integer> ended = Optional.empty();

  /**
   * Refuses an address that other machines can reach without a token.
   *
   * @param folder takes the note of it
   * @param report what the run did, once it is over
   * @param after how long it is shown once it is over
   * @param token the one that was set
   * @param metrics the run's, as text
   */
  public ServedRun(
      Path folder,
      RunScene scene,
      RunLog log,
      RunProgress progress,
      Supplier<Optional<String>> metrics,
      KeptReport report,
      Duration after,
      ServeAddress address,
      Optional<Token> token) {
    this.folder = folder;
    this.scene = scene;
    this.log = log;
    this.progress = progress;
    this.metrics = metrics;
    this.report = report;
    this.after = after;
    this.address = address;
    this.made = token.isPresent() ? Optional.empty() : Optional.of(Token.random());
    this.access = Access.to(address, token, made);
  }

  @Override
  public Future<Void> begin(RunControl control) {
    return StatusServer.start(
            scene.vertx(), address, access, new RunSource(progress, metrics, report, control))
        .compose(this::listening);
  }

  private Future<Void> listening(StatusServer listening) {
    server = Optional.of(listening);
    String url = listening.address().url();
    Path file = ServeNote.at(folder, listening.address().port());
    note = Optional.of(file);
    return scene
        .vertx()
        .executeBlocking(() -> new ServeNote(ServiceUrl.of(url), made).write(file))
        .map(written -> made.isPresent() ? "in " + file : "the one that was set")
        .recover(failure -> Future.succeededFuture(untold(file, failure)))
        .onSuccess(token -> log.serving(url, token))
        .mapEmpty();
  }

  /** The disk of a pod is read-only; there the token is set, and nobody needs a note. */
  private String untold(Path file, Throwable failure) {
    if (made.isEmpty()) {
      return "the one that was set";
    }
    scene
        .warning()
        .accept(
            "--serve takes no orders, as %s can't be written (%s): set XMOVER_TOKEN_FILE or XMOVER_TOKEN"
                .formatted(file, reason(failure)));
    return "none";
  }

  private static String reason(Throwable failure) {
    return failure instanceof IOException of ? OwnerOnly.reason(of) : failure.toString();
  }

  @Override
  public void on(RunEvent event) {
    if (event instanceof RunEvent.RunEnded over) {
      ended = Optional.of(over.exitCode());
    }
  }

  /** A run that ended in order may be shown longer than it lasts. */
  @Override
  public Future<Void> close() {
    return stays() ? Future.succeededFuture() : leave();
  }

  private boolean stays() {
    return ended.isPresent() && server.isPresent() && !after.isZero();
  }

  /**
   * Shows the run that is over until its time is up or a signal comes; then lets go of all. Blocks.
   *
   * @param stopped whether a signal came already
   */
  void stay(Environment environment, boolean stopped) {
    if (!stays()) {
      return;
    }
    Promise<Void> over = Promise.promise();
    int code = ended.orElseThrow();
    StopSignals signals =
        StopSignals.listen(
            environment.signals(),
            signal -> over.tryComplete(),
            again -> environment.end().now(code));
    try {
      if (!stopped) {
        log.staying(server.orElseThrow().address().url(), after, code);
        scene.timers().after(after).onComplete(done -> over.tryComplete());
        Connection.await(over.future());
      }
    } finally {
      signals.close();
      Connection.await(leave());
    }
  }

  private Future<Void> leave() {
    return server
        .map(StatusServer::close)
        .orElseGet(Future::succeededFuture)
        .onComplete(closed -> server = Optional.empty())
        .eventually(() -> note.map(this::remove).orElseGet(Future::succeededFuture));
  }

  private Future<Boolean> remove(Path file) {
    return scene.vertx().executeBlocking(() -> Files.deleteIfExists(file));
  }
}
