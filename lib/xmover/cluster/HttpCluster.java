package xmover.cluster;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.PoolOptions;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.TrustOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * One CrateDB node over HTTP. At most as many requests at once as the settings say; one that got no
 * answer in time is reset, so that it keeps no place.
 */
final class HttpCluster implements Cluster {
  private final ConnectionSettings settings;
  private final ConnectionFaults faults;
  private final ServerErrors errors;
  private final HttpClient client;
  private final RequestOptions request;
  private final Turns turns;

  HttpCluster(Vertx vertx, HostPort host, ConnectionSettings settings) {
    this.settings = settings;
    this.faults = new ConnectionFaults(host, settings);
    this.errors = new ServerErrors(host, settings.credentials().user());
    this.turns = new Turns(settings.poolSize());
    this.client =
        vertx
            .httpClientBuilder()
            .with(transport(settings))
            .with(new PoolOptions().setHttp1MaxSize(settings.poolSize()))
            .build();
    this.request =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(host.host())
            .setPort(host.port())
            .setURI("/_sql")
            .setConnectTimeout(settings.timeouts().connect().toMillis())
            .putHeader(HttpHeaders.CONTENT_TYPE, "application/json")
            .putHeader("Default-Schema", settings.schema())
            .putHeader(HttpHeaders.AUTHORIZATION, basic(settings.credentials()));
  }

  private static HttpClientOptions transport(ConnectionSettings settings) {
    var options =
        new HttpClientOptions().setConnectTimeout((int) settings.timeouts().connect().toMillis());
    if (settings.tls() == SslMode.DISABLE) {
      return options;
    }
    options.setSsl(true).setVerifyHost(settings.tls() == SslMode.VERIFY_FULL);
    return settings.tls().verifies()
        ? options.setTrustOptions(
            TrustOptions.wrap(new TrustedCertificates(settings.rootCertificate()).witness()))
        : options.setTrustAll(true);
  }

  private static String basic(Credentials credentials) {
    String pair = credentials.user() + ":" + credentials.password().map(Secret::reveal).orElse("");
    return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    return turns.take(() -> connect().compose(request -> exchange(request, statement)));
  }

  @Override
  public Future<Void> close() {
    return client.close();
  }

  private Future<HttpClientRequest> connect() {
    return client
        .request(new RequestOptions(request))
        .recover(thrown -> Future.failedFuture(faults.connecting(thrown)));
  }

  private Future<List<Row>> exchange(HttpClientRequest request, Statement statement) {
    // The future tells what breaks; without a handler it is logged as well.
    request.connection().exceptionHandler(told -> {});
    return request
        .send(body(statement))
        .compose(response -> response.body().map(body -> new Response(response.statusCode(), body)))
        .timeout(settings.timeouts().answer(statement).toMillis(), TimeUnit.MILLISECONDS)
        .onFailure(thrown -> request.reset())
        .recover(thrown -> Future.failedFuture(faults.answering(statement, thrown)))
        .map(response -> rows(response, statement));
  }

  private static Buffer body(Statement statement) {
    return new JsonObject()
        .put("stmt", statement.text())
        .put("args", new JsonArray(statement.parameters()))
        .toBuffer();
  }

  private List<Row> rows(Response response, Statement statement) {
    HttpAnswer answer = HttpAnswer.of(response.body());
    if (answer.error().isPresent()) {
      var error = answer.error().get();
      throw errors.http(statement, error.code(), error.message());
    } else if (answer.rows().isPresent()) {
      return answer.rows().get();
    }
    throw switch (response.status()) {
      case 401 -> errors.unauthorized(response.body().toString());
      case 429, 500, 502, 503, 504 -> faults.proxy(response.status());
      default -> faults.notCrateDb("HTTP status " + response.status() + " without its JSON", null);
    };
  }

  private record Response(int status, Buffer body) {}
}
