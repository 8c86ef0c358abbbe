package xmover.metrics;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;
import xmover.observe.HttpPost;
import xmover.observe.Login;
import xmover.observe.RunScene;
import xmover.observe.ServiceUrl;

/**
 * Pushes to a Prometheus Pushgateway, one group per cluster. It posts and does not put: what a run
 * does not tell, as the time of the last success, stays there as an earlier run left it.
 */
public final class PushGateway implements MetricsOutlet {
  private final HttpPost http;
  private final ServiceUrl group;

  public PushGateway(RunScene scene, ServiceUrl url, Optional<Login> login) {
    var warning = new FirstWarning(scene.warning());
    this.http =
        new HttpPost(
            scene.vertx(),
            scene.timers(),
            login,
            trouble -> warning.accept("the metrics can't be pushed to " + trouble));
    this.group = url.under(path(scene.target()));
  }

  /** The path of a cluster's group. */
  static String path(String cluster) {
    return "/metrics/job/xmover/" + label("cluster", cluster);
  }

  /** In its base64 form where the Pushgateway would read a slash, or nothing, as something else. */
  private static String label(String name, String value) {
    if (value.isEmpty() || value.contains("/")) {
      byte[] bytes = value.getBytes(StandardCharsets.UTF_8);
      return name + "@base64/" + (bytes.length == 0 ? "=" : base64(bytes));
    }
    return name + "/" + URLEncoder.encode(value, StandardCharsets.UTF_8).replace("+", "%20");
  }

  private static String base64(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public Future<Void> take(String text) {
    return http.send(group, PrometheusMetrics.CONTENT_TYPE, Buffer.buffer(text));
  }
}
