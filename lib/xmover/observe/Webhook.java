package xmover.observe;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;

/** Posts the report of a run, as JSON, to whoever wants to know. */
public final class Webhook implements RunRecorder.Outlet {
  private final HttpPost http;
  private final ServiceUrl url;

  public Webhook(RunScene scene, ServiceUrl url) {
    this.http = new HttpPost(scene.vertx(), scene.timers(), scene.warning());
    this.url = url;
  }

  @Override
  public Future<Void> take(RunRecord record) {
    return http.send(
        url.toString(), "application/json", Buffer.buffer(ReportJson.of(record).toString()));
  }
}
