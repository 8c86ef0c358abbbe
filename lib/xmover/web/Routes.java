package xmover.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.net.HostAndPort;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Which answer a request gets. Health and the page's files need no token: they tell nothing of any
 * table. No request needs a body, so none is taken.
 */
final class Routes {
  /** Longer than a healthy event loop ever takes. */
  private static final Duration ALIVE = Duration.ofSeconds(2);

  private static final String REPORT_POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; frame-ancestors 'none';"
          + " form-action 'none'; sandbox";

  /** An order follows. */
  static final String CONTROL = "/api/control/";

  private final Vertx vertx;
  private final StatusSource source;
  private final Access access;
  private final Listeners listeners;
  private final Waiting waiting;
  private final Page page = new Page();

  /** What anybody may read who reaches the server, beside the page. */
  private final Map<String, Consumer<HttpServerRequest>> open =
      Map.of("/health/live", this::live, "/health/ready", request -> ready().send(request));

  /** What may be read by who shows the token, where one was set. */
  private final Map<String, Consumer<HttpServerRequest>> guarded =
      Map.of(
          "/metrics", request -> metrics().send(request),
          "/api/status", request -> Reply.json(200, status()).send(request),
          "/api/report", request -> reportJson().send(request),
          "/report", request -> reportPage().send(request),
          "/api/events", this::events);

  Routes(Vertx vertx, StatusSource source, Access access, Listeners listeners, Waiting waiting) {
    this.waiting = waiting;
    this.vertx = vertx;
    this.source = source;
    this.access = access;
    this.listeners = listeners;
  }

  void handle(HttpServerRequest request) {
    waiting.asked(request.connection());
    HostAndPort host = request.authority();
    if (!access.answersTo(host == null ? null : host.host())) {
      Reply.text(421, "This server answers to names of its own machine only: localhost, 127.0.0.1")
          .send(request);
    } else if (!access.answersPageOf(request.getHeader("Origin"), request.getHeader("Host"))) {
      Reply.refusal(403, "a page of another site asks").send(request);
    } else if (carriesBody(request)) {
      Reply.refusal(413, "no request needs a body here")
          .with("Connection", "close")
          .send(request)
          .onComplete(sent -> request.connection().close());
    } else if (request.path().startsWith(CONTROL)) {
      control(request).send(request);
    } else if (request.method().equals(HttpMethod.GET)
        || request.method().equals(HttpMethod.HEAD)) {
      show(request);
    } else {
      Reply.text(405, "This can only be read").with("Allow", "GET, HEAD").send(request);
    }
  }

  private static boolean carriesBody(HttpServerRequest request) {
    String length = request.getHeader("Content-Length");
    return request.headers().contains("Transfer-Encoding")
        || (length != null && !length.equals("0"));
  }

  private void show(HttpServerRequest request) {
    Consumer<HttpServerRequest> secret = guarded.get(request.path());
    if (secret == null) {
      open.getOrDefault(request.path(), this::file).accept(request);
    } else if (access.mayRead(request.getHeader("Authorization"))) {
      secret.accept(request);
    } else {
      unauthorized("Show the token: Authorization: Bearer …").send(request);
    }
  }

  /** The paths that are answered without a token, beside those of the page. */
  Set<String> openPaths() {
    return open.keySet();
  }

  /** The paths that are answered to who may read. */
  Set<String> guardedPaths() {
    return guarded.keySet();
  }

  private JsonNode status() {
    return source.frame().whole();
  }

  private Reply metrics() {
    return source
        .metrics()
        .map(text -> Reply.of(200, "text/plain; version=0.0.4; charset=utf-8", text))
        .orElseGet(() -> Reply.text(404, "There are no metrics here"));
  }

  /** The report has its styles in itself, and no scripts. */
  private Reply reportPage() {
    return source
        .reportPage()
        .map(
            page ->
                Reply.of(200, "text/html; charset=utf-8", page)
                    .with("Content-Security-Policy", REPORT_POLICY))
        .orElseGet(Routes::noReport);
  }

  private Reply reportJson() {
    return source
        .reportJson()
        .map(text -> Reply.of(200, "application/json", text))
        .orElseGet(Routes::noReport);
  }

  private static Reply noReport() {
    return Reply.text(404, "There is no report: it is written when a run is over");
  }

  private void events(HttpServerRequest request) {
    if (request.method().equals(HttpMethod.HEAD)) {
      Reply.of(200, EventStream.TYPE, "").send(request);
    } else if (listeners.add(request, request.getHeader("Last-Event-ID"))) {
      waiting.isTold(request.connection());
    } else {
      Reply.refusal(503, "too many listen already: close a page")
          .with("Retry-After", "30")
          .send(request);
    }
  }

  /** Whether the one that works answers at all. */
  private void live(HttpServerRequest request) {
    var here = vertx.getOrCreateContext();
    source
        .alive()
        .timeout(ALIVE.toMillis(), TimeUnit.MILLISECONDS)
        .map(alive -> Reply.text(200, "alive"))
        .otherwise(Reply.text(503, "not alive: the event loop does not answer"))
        .onComplete(reply -> here.runOnContext(back -> reply.result().send(request)));
  }

  private Reply ready() {
    return source
        .frame()
        .trouble()
        .map(reason -> Reply.text(503, "not ready: " + reason))
        .orElseGet(() -> Reply.text(200, "ready"));
  }

  private void file(HttpServerRequest request) {
    page.at(request.path())
        .map(file -> Reply.of(200, file.type(), file.content()))
        .orElseGet(() -> Reply.text(404, "There is nothing here. Look at /"))
        .send(request);
  }

  /** A browser sends no Authorization of its own, so that no other page can give orders. */
  private Reply control(HttpServerRequest request) {
    String word = request.path().substring(CONTROL.length());
    Optional<Order> order =
        Stream.of(Order.values()).filter(known -> known.word().equals(word)).findFirst();
    if (order.isEmpty()) {
      return Reply.refusal(404, "no such order: say pause, continue or abort");
    }
    if (!request.method().equals(HttpMethod.POST)) {
      return Reply.refusal(405, "orders are posted").with("Allow", "POST");
    }
    if (access.control().isEmpty()) {
      return Reply.refusal(
          403, "no token for control was set: set XMOVER_TOKEN_FILE or XMOVER_TOKEN");
    }
    if (!access.mayControl(request.getHeader("Authorization"))) {
      return unauthorized("control needs the token: Authorization: Bearer …");
    }
    return source
        .order(order.get())
        .map(refused -> Reply.refusal(409, refused))
        .orElseGet(() -> Reply.json(202, JsonNodeFactory.instance.objectNode().put("told", word)));
  }

  private static Reply unauthorized(String sentence) {
    return Reply.refusal(401, sentence).with("WWW-Authenticate", "Bearer realm=\"xmover\"");
  }
}
