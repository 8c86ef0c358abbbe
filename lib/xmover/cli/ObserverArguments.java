package xmover.cli;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xmover.observe.Alerts;
import xmover.observe.LiveTerminal;
import xmover.observe.ReportFile;
import xmover.observe.RunObserver;
import xmover.observe.RunProgress;
import xmover.observe.RunRecorder;
import xmover.observe.RunScene;
import xmover.observe.ServiceUrl;
import xmover.observe.Webhook;
import xmover.observe.metrics.MetricsFile;
import xmover.observe.metrics.PrometheusMetrics;
import xmover.observe.metrics.PublishedMetrics;
import xmover.observe.metrics.PushGateway;
import xmover.observe.metrics.StatsdAddress;
import xmover.observe.metrics.StatsdMetrics;
import xmover.observe.metrics.TextFile;

/** Who watches a run, beside its log. */
@Command
final class ObserverArguments {
  @Option(
      names = "--report",
      paramLabel = "FILE",
      description =
          "Write what was found and done, with times and SQL, to this file at the end; it ends in"
              + " .json, .html or .md.")
  private @Nullable ReportFile report;

  @Option(
      names = "--webhook",
      paramLabel = "URL",
      description = "Post the same report there as JSON.")
  private @Nullable ServiceUrl webhook;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      description =
          "Tell this Alertmanager of a failed restore, of a table at zero replicas for too long and"
              + " of a failed run, and when they are over.")
  private @Nullable ServiceUrl alertmanager;

  @Option(
      names = "--push-gateway",
      paramLabel = "URL",
      description =
          "Push metrics to this Prometheus Pushgateway while the run goes on, and at its end.")
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

  /**
   * Opens those that were asked for.
   *
   * @param live whether the run may be shown on the terminal while it goes on
   */
  List<RunObserver> open(RunScene scene, boolean live) {
    List<RunObserver> observers = new ArrayList<>(metrics(scene));
    if (alertmanager != null) {
      observers.add(Alerts.to(alertmanager, scene));
    }
    List<RunRecorder.Outlet> outlets = outlets(scene);
    if (!outlets.isEmpty()) {
      observers.add(new RunRecorder(scene, outlets));
    }
    if (live) {
      var progress = new RunProgress(scene.run(), scene.timers()::now);
      LiveTerminal.open(progress)
          .ifPresent(
              terminal -> {
                observers.add(progress);
                observers.add(terminal);
              });
    }
    return observers;
  }

  /** Registries take time to load, so there is none that nobody asked for. */
  private List<RunObserver> metrics(RunScene scene) {
    List<RunObserver> observers = new ArrayList<>();
    if (pushGateway != null || metricsFile != null) {
      var metrics = new PrometheusMetrics(scene);
      observers.add(metrics);
      if (pushGateway != null) {
        var gateway = new PushGateway(scene, pushGateway);
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
    return observers;
  }

  private List<RunRecorder.Outlet> outlets(RunScene scene) {
    List<RunRecorder.Outlet> outlets = new ArrayList<>();
    if (report != null) {
      outlets.add(report.outlet(scene));
    }
    if (webhook != null) {
      outlets.add(new Webhook(scene, webhook));
    }
    return outlets;
  }
}
