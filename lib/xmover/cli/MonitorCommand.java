package xmover.cli;

import io.vertx.core.Future;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.cluster.InvalidSettings;
import xmover.detect.Analysis;
import xmover.detect.CopyState;
import xmover.detect.Detection;
import xmover.detect.NamedTables;
import xmover.detect.Thresholds;
import xmover.environment.Environment;
import xmover.observe.ClusterSight;
import xmover.observe.CopiesText;
import xmover.observe.GivenUpText;
import xmover.table.Finding;
import xmover.table.GivenUp;
import xmover.table.TableRef;
import xmover.table.TableState;

/** Shows leases, translog and recovery of tables; changes nothing. */
@Command(
    name = "monitor",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Show the leases, translogs and recoveries of tables, once or again and again.",
    footer = {
      "",
      "With --serve nothing is printed: every problematic table is shown there, or the copies of"
          + " the tables named, every 10 s or as --watch says, until stopped.",
      "Example: xmover monitor doc.metrics --watch 5s",
      "Example: xmover monitor --serve 8080"
    })
public class MonitorCommand implements Action {
  private static final Duration SERVED_EVERY = Duration.ofSeconds(10);

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description =
          "schema.table, 'schema.table[column=value,…]', 'schema.table[ident]' or 'schema.table[*]'"
              + " (default: every table that qualifies for a reset).")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--watch",
      arity = "0..1",
      fallbackValue = "5s",
      paramLabel = "TIME",
      description = "Look again every so often, until stopped (default: every 5s).")
  private @Nullable Duration watch;

  @Mixin private final ServeArguments serve = new ServeArguments();
  @Mixin private final DetectionArguments detection = new DetectionArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    if (isServed(environment)) {
      return serve(environment);
    }
    try (Toolkit toolkit = open(environment)) {
      List<TableRef> watched = watched(toolkit);
      do {
        List<CopyState> copies = Toolkit.await(toolkit.detection().copies(watched));
        print(environment, copies);
        print(GivenUpText.lines(Toolkit.await(givenUp(toolkit.detection(), copies))));
      } while (again(toolkit));
    }
    return ExitCode.DONE;
  }

  /** Whether it is shown over HTTP instead. */
  protected final boolean isServed(Environment environment) {
    return serve.address(environment).isPresent();
  }

  /** Shows it over HTTP until a signal comes. */
  protected final ExitCode serve(Environment environment) {
    PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
    var thresholds = detection.thresholds();
    Duration every = Objects.requireNonNullElse(watch, SERVED_EVERY);
    if (every.isZero()) {
      throw new InvalidSettings("--watch must be longer than nothing.");
    }
    try (Toolkit toolkit = open(environment)) {
      return new ServedMonitor(toolkit, () -> look(toolkit.detection(), thresholds), every, err)
          .run(serve.address(environment).orElseThrow(), serve.token(environment));
    }
  }

  /** Asked only where a copy has no node. */
  private static Future<List<GivenUp>> givenUp(Detection cluster, List<CopyState> copies) {
    List<Future<List<GivenUp>>> asked =
        copies.stream()
            .filter(CopyState::isUnassigned)
            .map(CopyState::table)
            .distinct()
            .map(cluster::givenUp)
            .toList();
    return Future.all(asked)
        .map(all -> all.<List<GivenUp>>list().stream().flatMap(List::stream).toList());
  }

  private void print(String lines) {
    PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
    out.print(lines);
    out.flush();
  }

  private Future<ClusterSight> look(Detection cluster, Thresholds thresholds) {
    return tables.isEmpty()
        ? cluster.analyse(thresholds, detection.filter()).map(ClusterSight::of)
        : cluster
            .identity()
            .compose(
                identity ->
                    cluster
                        .states()
                        .map(new NamedTables(tables)::among)
                        .compose(
                            named ->
                                cluster
                                    .copies(named(named))
                                    .map(copies -> ClusterSight.of(identity, named, copies))));
  }

  /** The tables named; without names those that qualify for a reset. */
  protected final List<TableRef> watched(Toolkit toolkit) {
    Detection look = toolkit.detection();
    var thresholds = detection.thresholds();
    return Toolkit.await(
        tables.isEmpty()
            ? look.analyse(thresholds, detection.filter()).map(MonitorCommand::qualifying)
            : look.states().map(new NamedTables(tables)::among).map(MonitorCommand::named));
  }

  /** False without --watch; else true when it is time for the next look. */
  protected final boolean again(Toolkit toolkit) {
    if (watch != null) {
      Toolkit.await(toolkit.timers().after(watch));
    }
    return watch != null;
  }

  /** A line per shard copy. */
  protected final void print(Environment environment, List<CopyState> copies) {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    out.print(
        copies.isEmpty()
            ? "No table qualifies for a reset; name one to watch it.\n"
            : CopiesText.render(copies, new StandardOutput(environment).terminal(commandLine))
                + "\n");
    out.flush();
  }

  protected final Toolkit open(Environment environment) {
    return connection.open(environment);
  }

  private static List<TableRef> qualifying(Analysis analysis) {
    return analysis.toReset().stream().map(Finding::table).toList();
  }

  private static List<TableRef> named(List<TableState> states) {
    return states.stream().map(state -> state.relation().table()).toList();
  }
}
