package xmover.report;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.util.Optional;
import xmover.observe.HttpPost;
import xmover.observe.Login;
import xmover.observe.RunScene;
import xmover.observe.ServiceUrl;
import xmover.table.Printable;

/** Posts the report of a run, as JSON, to whoever wants to know. */
public final class Webhook implements RunRecorder.Outlet {
  private final HttpPost http;
  private final ServiceUrl url;

  public Webhook(RunScene scene, ServiceUrl url, Optional<Login> login) {
    this.http =
        new HttpPost(
            scene.vertx(),
            scene.timers(),
            login,
            trouble -> scene.warning().accept("the report can't be posted to " + trouble));
    this.url = url;
  }

  @Override
  public Future<Void> take(RunRecord record) {
    String report = Printable.line(ReportJson.of(record).toString());
    return http.send(url, "application/json", Buffer.buffer(report));
  }
}
