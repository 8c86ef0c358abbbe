package xmover.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import xmover.cluster.ClusterFailure;
import xmover.observe.ServiceUrl;
import xmover.table.Printable;

/** Asks a status server as an operator does; each answer but the one hoped for is a sentence. */
public final class StatusClient {
  private static final Duration TIMEOUT = Duration.ofSeconds(10);

  private final HttpClient client;
  private final ServiceUrl server;
  private final Optional<Token> token;

  private record Answer(int status, String body) {}

  public StatusClient(Vertx vertx, ServiceUrl server, Optional<Token> token) {
    this.client = vertx.createHttpClient();
    this.server = server;
    this.token = token;
  }

  /** Gives an order to the run; fails with {@link OrderFailed}. */
  public Future<Void> order(Order order) {
    return ask(HttpMethod.POST, Routes.CONTROL + order.word())
        .compose(
            answer -> expected(answer, json -> json.path("told").asText().equals(order.word())))
        .mapEmpty();
  }

  /** What is to be seen there, as JSON; fails with {@link OrderFailed}. */
  public Future<JsonNode> status() {
    return ask(HttpMethod.GET, "/api/status")
        .compose(answer -> expected(answer, json -> json.has("kind")));
  }

  private Future<Answer> ask(HttpMethod method, String path) {
    ServiceUrl address = server.under(path);
    var options =
        new RequestOptions()
            .setAbsoluteURI(address.uri().toString())
            .setMethod(method)
            .setConnectTimeout(TIMEOUT.toMillis())
            .setTimeout(TIMEOUT.toMillis());
    token.ifPresent(shown -> options.putHeader(HttpHeaders.AUTHORIZATION, shown.header()));
    return client
        .request(options)
        // The body is asked for where the head comes in: from another thread that may be too late.
        .compose(
            request ->
                request
                    .send()
                    .compose(
                        response ->
                            response
                                .body()
                                .map(body -> new Answer(response.statusCode(), body.toString()))))
        // The one above ends with the head of an answer, and a run may end before the rest.
        .timeout(TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS)
        .recover(
            failure ->
                Future.failedFuture(
                    new OrderFailed(
                        "nothing answers at %s (%s): is the run over?"
                            .formatted(
                                server, address.hiddenIn(ClusterFailure.sentence(failure))))));
  }

  private Future<JsonNode> expected(Answer answer, Predicate<JsonNode> known) {
    JsonNode json = json(answer);
    return answer.status() / 100 == 2 && known.test(json)
        ? Future.succeededFuture(json)
        : Future.failedFuture(new OrderFailed(refusal(answer)));
  }

  private String refusal(Answer answer) {
    if (answer.status() == 401) {
      return unauthorized();
    }
    String error = json(answer).path("error").asText();
    return error.isEmpty()
        ? "%s answers with HTTP status %s: is that a run with --serve?"
            .formatted(server, answer.status())
        : "%s refuses: %s".formatted(server, Printable.line(error));
  }

  private String unauthorized() {
    return token.isEmpty()
        ? "%s asks for the token it was started with: put it into XMOVER_TOKEN_FILE or XMOVER_TOKEN"
            .formatted(server)
        : "%s was started with another token than the one in XMOVER_TOKEN_FILE or XMOVER_TOKEN"
            .formatted(server);
  }

  private static JsonNode json(Answer answer) {
    try {
      return new ObjectMapper().readTree(answer.body());
    } catch (JsonProcessingException notJson) {
      return new ObjectMapper().missingNode();
    }
  }
}
