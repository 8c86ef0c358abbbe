package xmover.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import java.util.ArrayList;
import java.util.List;
import xmover.observe.HttpPost;
import xmover.observe.ServiceUrl;
import xmover.table.Printable;

/**
 * Sends alerts to an Alertmanager's API v2, in the order they were given; those that come while one
 * request is under way go together in the next.
 */
final class Alertmanager {
  private final HttpPost http;
  private final ServiceUrl url;
  private final List<Alert> waiting = new ArrayList<>();
  private Promise<Void> idle = idle();

  Alertmanager(HttpPost http, ServiceUrl url) {
    this.http = http;
    this.url = url.under("/api/v2/alerts");
  }

  private static Promise<Void> idle() {
    Promise<Void> promise = Promise.promise();
    promise.complete();
    return promise;
  }

  void post(Alert alert) {
    waiting.add(alert);
    if (idle.future().isComplete()) {
      idle = Promise.promise();
      sendWaiting();
    }
  }

  /** Completes when all that was given is there or given up. */
  Future<Void> sent() {
    return idle.future();
  }

  private void sendWaiting() {
    ArrayNode alerts = JsonNodeFactory.instance.arrayNode();
    waiting.forEach(alert -> alerts.add(alert.json()));
    waiting.clear();
    http.send(url, "application/json", Buffer.buffer(Printable.line(alerts.toString())))
        .onComplete(
            done -> {
              if (waiting.isEmpty()) {
                idle.complete();
              } else {
                sendWaiting();
              }
            });
  }
}
