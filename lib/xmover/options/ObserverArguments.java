package xmover.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
              + Logins.WEBHOOK
              + "_FILE or $"
              + Logins.WEBHOOK
              + ".")
  private @Nullable ServiceUrl webhook;

  @Option(
      names = "--alertmanager",
      paramLabel = "URL",
      description =
          "Tell this Alertmanager of a failed restore, of a table at zero replicas for too long and"
              + " of a failed run, and when they are over. Its login, user:password, may be in"
              + " $"
              + Logins.ALERTMANAGER
              + "_FILE or $"
              + Logins.ALERTMANAGER
              + ".")
  private @Nullable ServiceUrl alertmanager;

  @Mixin private final MetricsArguments metrics = new MetricsArguments();
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
        || metrics.isAsked();
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
    MetricsArguments.Measured measured = metrics.open(environment, scene, served.isPresent());
    List<RunObserver> observers = new ArrayList<>(measured.observers());
    if (alertmanager != null) {
      observers.add(
          Alerts.to(
              alertmanager,
              new Logins(environment, scene).of(Logins.ALERTMANAGER, alertmanager),
              scene));
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
                    measured.text(),
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

  private List<RunRecorder.Outlet> outlets(Environment environment, RunScene scene, LogLines log) {
    List<RunRecorder.Outlet> outlets = new ArrayList<>();
    if (printed) {
      outlets.add(new PrintedReport(scene, log.output(), new StandardOutput(environment).writer()));
    }
    if (report != null) {
      outlets.add(report.outlet(scene));
    }
    if (webhook != null) {
      outlets.add(
          new Webhook(scene, webhook, new Logins(environment, scene).of(Logins.WEBHOOK, webhook)));
    }
    return outlets;
  }
}
