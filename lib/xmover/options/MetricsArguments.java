package xmover.options;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xmover.environment.Environment;
import xmover.metrics.MetricsFile;
import xmover.metrics.PrometheusMetrics;
import xmover.metrics.PublishedMetrics;
import xmover.metrics.PushGateway;
import xmover.metrics.StatsdAddress;
import xmover.metrics.StatsdMetrics;
import xmover.metrics.TextFile;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.observe.ServiceUrl;

/** Where the metrics of a run go. */
@Command
public final class MetricsArguments {
  @Option(
      names = "--push-gateway",
      paramLabel = "URL",
      description =
          "Push metrics to this Prometheus Pushgateway while the run goes on, and at its end. Its"
              + " login, user:password, may be in $"
              + Logins.PUSH_GATEWAY
              + "_FILE or $"
              + Logins.PUSH_GATEWAY
              + ".")
  private @Nullable ServiceUrl pushGateway;

  @Option(
      names = "--metrics-file",
      paramLabel = "FILE",
      description =
          "Write the same metrics to this file, for the textfile collector of node_exporter; it"
              + " ends in .prom.")
  private @Nullable MetricsFile metricsFile;

  @Option(
      names = "--statsd",
      paramLabel = "HOST:PORT",
      description = "Send the same metrics to this StatsD server, with Datadog's tags, by UDP.")
  private @Nullable StatsdAddress statsd;

  /** Whether they were asked for. */
  boolean isAsked() {
    return pushGateway != null || metricsFile != null || statsd != null;
  }

  /**
   * What measures a run.
   *
   * @param text the metrics in Prometheus' form; empty where nobody asked for them
   */
  record Measured(List<RunObserver> observers, Supplier<Optional<String>> text) {}

  /**
   * Opens those that were asked for. Registries take time to load, so there is none that nobody
   * asked for.
   *
   * @param scraped whether somebody will ask for the text
   */
  Measured open(Environment environment, RunScene scene, boolean scraped) {
    List<RunObserver> observers = new ArrayList<>();
    Supplier<Optional<String>> text = Optional::empty;
    if (scraped || pushGateway != null || metricsFile != null) {
      var metrics = new PrometheusMetrics(scene);
      text = () -> Optional.of(metrics.scrape());
      observers.add(metrics);
      if (pushGateway != null) {
        var gateway =
            new PushGateway(
                scene,
                pushGateway,
                new Logins(environment, scene).of(Logins.PUSH_GATEWAY, pushGateway));
        observers.add(new PublishedMetrics(metrics::scrape, gateway, scene.timers()));
      }
      if (metricsFile != null) {
        var file = new TextFile(scene, metricsFile);
        observers.add(new PublishedMetrics(metrics::scrape, file, scene.timers()));
      }
    }
    if (statsd != null) {
      observers.add(StatsdMetrics.to(statsd, scene));
    }
    return new Measured(observers, text);
  }
}
