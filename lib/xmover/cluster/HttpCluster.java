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
import io.vertx.core.net.ClientSSLOptions;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

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
    ClientSSLOptions certificates = TrustedCertificates.options(settings);
    return options
        .setSsl(true)
        .setVerifyHost(settings.tls() == SslMode.VERIFY_FULL)
        .setTrustAll(certificates.isTrustAll())
        .setTrustOptions(certificates.getTrustOptions());
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
    return request
        .send(body(statement))
        .compose(response -> response.body().map(body -> rows(response.statusCode(), body)))
        .timeout(settings.timeouts().answer(statement).toMillis(), TimeUnit.MILLISECONDS)
        .recover(thrown -> Future.failedFuture(answering(request, statement, thrown)));
  }

  private static Buffer body(Statement statement) {
    return new JsonObject()
        .put("stmt", statement.text())
        .put("args", new JsonArray(statement.parameters()))
        .toBuffer();
  }

  private Throwable answering(HttpClientRequest request, Statement statement, Throwable thrown) {
    if (thrown instanceof TimeoutException) {
      request.reset();
      return faults.late(statement, thrown);
    }
    return faults.answering(thrown);
  }

  private List<Row> rows(int status, Buffer body) {
    HttpAnswer answer = HttpAnswer.of(body);
    if (answer.error().isPresent()) {
      throw errors.http(answer.error().get().code(), answer.error().get().message());
    } else if (answer.rows().isPresent()) {
      return answer.rows().get();
    } else if (status == 401) {
      throw errors.unauthorized(body.toString());
    }
    throw status >= 500 || status == 429
        ? faults.proxy(status)
        : faults.notCrateDb("HTTP status " + status + ", not CrateDB's JSON", null);
  }
}
