package xmover.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import xmover.alert.Alerts;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;
import xmover.journal.JournalLocation;
import xmover.live.LiveTerminal;
import xmover.live.RunProgress;
import xmover.log.LogLines;
import xmover.log.RunLog;
import xmover.metrics.MetricsFile;
import xmover.metrics.PrometheusMetrics;
import xmover.metrics.PublishedMetrics;
import xmover.metrics.PushGateway;
import xmover.metrics.StatsdAddress;
import xmover.metrics.StatsdMetrics;
import xmover.metrics.TextFile;
import xmover.observe.Login;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.observe.ServiceUrl;
import xmover.report.KeptReport;
import xmover.report.PrintedReport;
import xmover.report.ReportFile;
import xmover.report.RunRecorder;
import xmover.report.Webhook;
import xmover.run.ServedRun;
import xmover.run.Watchers;
import xmover.web.ServeAddress;

/** Who watches a run, beside its log. */
@Command
public final class ObserverArguments implements Watchers {
  private static final String PUSH_GATEWAY = "XMOVER_PUSH_GATEWAY_LOGIN";
  private static final String ALERTMANAGER = "XMOVER_ALERTMANAGER_LOGIN";
  private static final String WEBHOOK = "XMOVER_WEBHOOK_LOGIN";

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
      description =
          "Post the same report there as JSON. Its login, user:password, may be in"
              + " $"
              + WEBHOOK
              + "_FILE or $"
              + WEBHOOK
              + ".")
  private @Nullable ServiceUrl webhook;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      description =
          "Tell this Alertmanager of a failed restore, of a table at zero replicas for too long and"
              + " of a failed run, and when they are over. Its login, user:password, may be in"
              + " $"
              + ALERTMANAGER
              + "_FILE or $"
              + ALERTMANAGER
              + ".")
  private @Nullable ServiceUrl alertmanager;

  @Option(
      names = "--push-gateway",
      paramLabel = "URL",
      description =
          "Push metrics to this Prometheus Pushgateway while the run goes on, and at its end. Its"
              + " login, user:password, may be in $"
              + PUSH_GATEWAY
              + "_FILE or $"
              + PUSH_GATEWAY
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

  @Mixin private final ServeArguments serve = new ServeArguments();

  @Option(
      names = "--serve-after",
      paramLabel = "TIME",
      description =
          "With --serve: go on showing a run that is over, with its report, for so long: 90s, 30m,"
              + " 2h. Ctrl-C leaves at once. The exit code is the run's own (default: 0s, the page"
              + " goes with the run).")
  private Duration after = Duration.ZERO;

  private boolean printed;
  private Optional<ServedRun> page = Optional.empty();

  /** The same, who print the result as JSON where that was asked for. */
  public ObserverArguments printing(boolean json) {
    printed = json;
    return this;
  }

  @Override
  public boolean printResult() {
    return printed;
  }

  @Override
  public Optional<ServedRun> page() {
    return page;
  }

  @Override
  public boolean isAsked(Environment environment) {
    return isServed(environment)
        || report != null
        || webhook != null
        || alertmanager != null
        || pushGateway != null
        || metricsFile != null
        || statsd != null;
  }

  /** Refuses what makes no sense, also where nothing is opened. */
  boolean isServed(Environment environment) {
    return address(environment).isPresent();
  }

  private Optional<ServeAddress> address(Environment environment) {
    if (!after.isZero() && !serve.isAsked()) {
      throw new InvalidSettings("--serve-after needs --serve: without it no page is served");
    }
    return serve.address(environment);
  }

  @Override
  public List<RunObserver> open(Environment environment, RunScene scene, LogLines log) {
    Optional<ServeAddress> served = address(environment);
    List<RunObserver> observers = new ArrayList<>();
    var metrics = measure(observers, environment, scene, served.isPresent());
    if (alertmanager != null) {
      var login = login(ALERTMANAGER, alertmanager, environment, scene);
      observers.add(Alerts.to(alertmanager, login, scene));
    }
    List<RunRecorder.Outlet> outlets = outlets(environment, scene, log);
    var kept = new KeptReport();
    served.ifPresent(place -> outlets.add(kept));
    if (!outlets.isEmpty()) {
      observers.add(new RunRecorder(scene, outlets));
    }
    var progress = new RunProgress(scene.run(), scene.timers()::now);
    List<RunObserver> views = new ArrayList<>();
    page =
        served.map(
            place ->
                new ServedRun(
                    JournalLocation.folder(environment),
                    scene,
                    new RunLog(log),
                    progress,
                    metrics,
                    kept,
                    after,
                    place,
                    serve.token(environment)));
    page.ifPresent(views::add);
    if (log.output().isForPeople()) {
      environment
          .console()
          .behindStderr()
          .map(terminal -> LiveTerminal.on(terminal, progress, log.output()))
          .ifPresent(views::add);
    }
    if (!views.isEmpty()) {
      observers.add(progress);
      observers.addAll(views);
    }
    return observers;
  }

  /**
   * Adds what measures a run; answers the metrics as text, empty where nobody asked for them. The
   * registries take time to load, so there is none that nobody asked for.
   *
   * @param scraped whether somebody will ask for the text
   */
  private Supplier<Optional<String>> measure(
      List<RunObserver> observers, Environment environment, RunScene scene, boolean scraped) {
    if (statsd != null) {
      observers.add(StatsdMetrics.to(statsd, scene));
    }
    if (!scraped && pushGateway == null && metricsFile == null) {
      return Optional::empty;
    }
    var metrics = new PrometheusMetrics(scene);
    observers.add(metrics);
    if (pushGateway != null) {
      var login = login(PUSH_GATEWAY, pushGateway, environment, scene);
      var gateway = new PushGateway(scene, pushGateway, login);
      observers.add(new PublishedMetrics(metrics::scrape, gateway, scene.timers()));
    }
    if (metricsFile != null) {
      var file = new TextFile(scene, metricsFile);
      observers.add(new PublishedMetrics(metrics::scrape, file, scene.timers()));
    }
    return () -> Optional.of(metrics.scrape());
  }

  /** A service's login, from the environment as all secrets; refuses one sent in the clear. */
  private static Optional<Login> login(
      String name, ServiceUrl url, Environment environment, RunScene scene) {
    return Login.in(
        environment.variables(), name, environment::textOf, url, scene.cleartextPasswordAllowed());
  }

  private List<RunRecorder.Outlet> outlets(Environment environment, RunScene scene, LogLines log) {
    List<RunRecorder.Outlet> outlets = new ArrayList<>();
    if (printed) {
      outlets.add(new PrintedReport(scene, log.output(), new StandardOutput(environment).writer()));
    }
    if (report != null) {
      outlets.add(report.outlet(scene));
    }
    if (webhook != null) {
      outlets.add(new Webhook(scene, webhook, login(WEBHOOK, webhook, environment, scene)));
    }
    return outlets;
  }
}
