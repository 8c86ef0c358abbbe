package xmover.web;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.Map;
import xmover.table.Printable;

/**
 * An answer as a whole.
 *
 * @param headers beside those that every answer has
 */
record Reply(int status, String type, Buffer body, Map<String, String> headers) {
  /** The page loads nothing from elsewhere and is shown in no frame. */
  private static final String POLICY =
      "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self'"
          + " data:; base-uri 'none'; frame-ancestors 'none'; form-action 'none'";

  static Reply of(int status, String type, Buffer body) {
    return new Reply(status, type, body, Map.of());
  }

  static Reply of(int status, String type, String body) {
    return of(status, type, Buffer.buffer(body));
  }

  /** A sentence. */
  static Reply text(int status, String text) {
    return of(status, "text/plain; charset=utf-8", Printable.line(text) + "\n");
  }

  static Reply json(int status, JsonNode json) {
    return of(status, "application/json", Printable.line(json.toString()) + "\n");
  }

  /** A refusal in a sentence. */
  static Reply refusal(int status, String sentence) {
    return json(status, JsonNodeFactory.instance.objectNode().put("error", sentence));
  }

  Reply with(String header, String value) {
    return new Reply(status, type, body, Map.of(header, value));
  }

  /** What every answer carries. */
  static HttpServerResponse secured(HttpServerResponse response) {
    return response
        .putHeader("Content-Security-Policy", POLICY)
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader("Cache-Control", "no-store");
  }

  /** Completes when it was written. */
  Future<Void> send(HttpServerRequest request) {
    HttpServerResponse response = secured(request.response()).setStatusCode(status);
    response.putHeader("Content-Type", type);
    headers.forEach(response::putHeader);
    if (request.method().equals(HttpMethod.HEAD)) {
      return response.putHeader("Content-Length", String.valueOf(body.length())).end();
    }
    return response.end(body);
  }
}
