package xmover.observe;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import xmover.cluster.ClusterFailure;
import xmover.environment.Timers;

/**
 * Posts documents to a service beside the cluster. One that is down or slow costs a warning after
 * three attempts, and nothing else.
 */
public final class HttpPost {
  /** How long an attempt may take. */
  static final Duration PATIENCE = Duration.ofSeconds(3);

  private static final List<Duration> PAUSES =
      List.of(Duration.ofMillis(500), Duration.ofSeconds(2));

  private final HttpClient client;
  private final Timers timers;
  private final Optional<Login> login;
  private final Duration patience;
  private final Consumer<String> warning;

  /**
   * @param login is shown to the service
   * @param warning is told where something could not be posted, and why
   */
  public HttpPost(Vertx vertx, Timers timers, Optional<Login> login, Consumer<String> warning) {
    this(vertx, timers, login, PATIENCE, warning);
  }

  /**
   * The same for who can't wait.
   *
   * @param patience how long an attempt may take
   */
  HttpPost(
      Vertx vertx,
      Timers timers,
      Optional<Login> login,
      Duration patience,
      Consumer<String> warning) {
    this.client = vertx.createHttpClient();
    this.timers = timers;
    this.login = login;
    this.patience = patience;
    this.warning = warning;
  }

  /** Posts a document; completes when it is there or was given up, and never fails. */
  public Future<Void> send(ServiceUrl url, String contentType, Buffer document) {
    return attempt(url, contentType, document, 0);
  }

  private Future<Void> attempt(ServiceUrl url, String contentType, Buffer document, int attempt) {
    return once(url, contentType, document)
        .recover(
            failure -> {
              if (failure instanceof Refused || attempt == PAUSES.size()) {
                String why = url.hiddenIn(ClusterFailure.sentence(failure));
                warning.accept(url + ": " + login.map(l -> l.hiddenIn(why)).orElse(why));
                return Future.succeededFuture();
              }
              return timers
                  .after(PAUSES.get(attempt))
                  .compose(paused -> attempt(url, contentType, document, attempt + 1));
            });
  }

  private Future<Void> once(ServiceUrl url, String contentType, Buffer document) {
    var options =
        new RequestOptions()
            .setAbsoluteURI(url.uri().toString())
            .setMethod(HttpMethod.POST)
            .setConnectTimeout(patience.toMillis())
            .setTimeout(patience.toMillis())
            .putHeader(HttpHeaders.CONTENT_TYPE, contentType);
    login.ifPresent(shown -> options.putHeader(HttpHeaders.AUTHORIZATION, shown.header()));
    return client.request(options).compose(request -> exchange(request, document));
  }

  private static Future<Void> exchange(HttpClientRequest request, Buffer document) {
    // The future tells what breaks; without a handler it is logged as well.
    request.connection().exceptionHandler(told -> {});
    return request
        .send(document)
        .compose(response -> response.body().compose(body -> judge(response.statusCode(), body)));
  }

  private static Future<Void> judge(int status, Buffer body) {
    if (status / 100 == 2) {
      return Future.succeededFuture();
    }
    String sentence =
        "HTTP status %s: %s".formatted(status, body.toString().lines().findFirst().orElse(""));
    // Another attempt with the same document would meet the same answer.
    boolean final4xx = status / 100 == 4 && status != 429 && status != 408;
    return Future.failedFuture(
        final4xx ? new Refused(sentence) : new IllegalStateException(sentence));
  }

  Future<Void> close() {
    return client.close();
  }

  /** The service understood and does not want it. */
  private static final class Refused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Refused(String message) {
      super(message);
    }
  }
}
