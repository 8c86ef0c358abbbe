package xmover.web;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import xmover.cluster.connection.Secret;
import xmover.live.FollowedRun;
import xmover.observe.RunControl;
import xmover.report.KeptReport;
import xmover.report.RunRecord;
import xmover.reset.RunReport;

/** A status server on a real socket that shows a {@link FollowedRun}. */
final class ServedRun implements AutoCloseable {
  static final Token TOKEN = new Token(new Secret("a token of a test".replace(' ', '-')));

  /** Looks more often than a real one, and is as patient. */
  private static final Listeners.Pace PACE = new Listeners.Pace(Duration.ofMillis(20), 750, 1000);

  final List<String> orders = new CopyOnWriteArrayList<>();

  /** What no handler of the server caught. */
  final List<Throwable> escaped = new CopyOnWriteArrayList<>();

  final FollowedRun run;
  final KeptReport report = new KeptReport();
  volatile Future<Void> alive = Future.succeededFuture();
  private final Vertx vertx = Vertx.vertx();
  private final HttpClient client = HttpClient.newHttpClient();
  private final Access access;
  private final RunSource source;
  private final Listeners.Pace pace;
  private final Waiting.Limits limits;
  private StatusServer server;

  private final RunControl control =
      new RunControl() {
        @Override
        public void pause() {
          orders.add("pause");
        }

        @Override
        public void proceed() {
          orders.add("proceed");
        }

        @Override
        public void stop(String reason) {
          orders.add("stop: " + reason);
        }

        @Override
        public Future<Void> alive() {
          return alive;
        }
      };

  private ServedRun(Access access, FollowedRun run, Listeners.Pace pace, Waiting.Limits limits) {
    this.limits = limits;
    this.run = run;
    this.access = access;
    this.pace = pace;
    vertx.exceptionHandler(escaped::add);
    report.take(
        new RunRecord(
            run.progress.snapshot().run(),
            Optional.empty(),
            List.of(),
            new RunReport(run.time.now(), run.time.now(), List.of(), 0),
            List.of(),
            Optional.empty(),
            0));
    source = new RunSource(run.progress, () -> Optional.of("xmover_up 1\n"), report, control);
    server = started(0);
  }

  /** On this machine without a token; control has one all the same. */
  static ServedRun open(String... tables) {
    return new ServedRun(
        new Access(Optional.empty(), Optional.of(TOKEN)),
        FollowedRun.of(tables),
        PACE,
        Waiting.Limits.DEFAULT);
  }

  /** Without a token, at a pace of its own. */
  static ServedRun at(Listeners.Pace pace, String... tables) {
    return new ServedRun(
        new Access(Optional.empty(), Optional.of(TOKEN)),
        FollowedRun.of(tables),
        pace,
        Waiting.Limits.DEFAULT);
  }

  /** Without a token, with limits of its own. */
  static ServedRun within(Waiting.Limits limits, String... tables) {
    return new ServedRun(
        new Access(Optional.empty(), Optional.of(TOKEN)), FollowedRun.of(tables), PACE, limits);
  }

  /** With a token. */
  static ServedRun guarded(String... tables) {
    return new ServedRun(
        new Access(Optional.of(TOKEN), Optional.of(TOKEN)),
        FollowedRun.of(tables),
        PACE,
        Waiting.Limits.DEFAULT);
  }

  int port() {
    return server.address().port();
  }

  HttpResponse<String> get(String path, String... headers)
      throws IOException, InterruptedException {
    return send("GET", path, headers);
  }

  HttpResponse<String> send(String method, String path, String... headers)
      throws IOException, InterruptedException {
    return client.send(request(method, path, headers), BodyHandlers.ofString());
  }

  /** What happens, as it is told. */
  ToldStream events(String... headers) throws IOException, InterruptedException {
    return new ToldStream(
        client.send(request("GET", "/api/events", headers), BodyHandlers.ofInputStream()).body());
  }

  private HttpRequest request(String method, String path, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + path))
            .method(method, BodyPublishers.noBody());
    return (headers.length == 0 ? request : request.headers(headers)).build();
  }

  static String[] shown() {
    return new String[] {"Authorization", TOKEN.header()};
  }

  private static <T> T get(Future<T> future) {
    try {
      return future.await(10, TimeUnit.SECONDS);
    } catch (TimeoutException late) {
      throw new AssertionError(late);
    }
  }

  private StatusServer started(int port) {
    var address = new ServeAddress("127.0.0.1", port);
    return get(StatusServer.start(vertx, address, access, source, pace, limits));
  }

  /** Another server on the same port, which knows nothing of what this one told. */
  void again() {
    server = started(port());
  }

  /** The server ends in order; what it says last can still be read. */
  void end() {
    get(server.close());
  }

  @Override
  public void close() {
    get(vertx.close());
  }
}
