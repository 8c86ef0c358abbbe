package xmover.cli;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.detect.Analysis;
import xmover.detect.CopyState;
import xmover.detect.Detection;
import xmover.detect.NamedTables;
import xmover.observe.CopiesText;
import xmover.table.Finding;
import xmover.table.TableRef;
import xmover.table.TableState;

/** Shows leases, translog and recovery of tables; changes nothing. */
@Command(
    name = "monitor",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Show the leases, translogs and recoveries of tables, once or again and again.",
    footer = {"", "Example: xmover monitor doc.metrics --watch 5s"})
public class MonitorCommand implements Callable<Integer> {
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

  @Mixin private final DetectionArguments detection = new DetectionArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public Integer call() {
    try (Toolkit toolkit = open()) {
      List<TableRef> watched = watched(toolkit);
      do {
        print(Toolkit.await(toolkit.detection().copies(watched)));
      } while (again(toolkit));
    }
    return ExitCode.DONE.number();
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
  protected final void print(List<CopyState> copies) {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    PrintWriter out = commandLine.getOut();
    out.println(
        copies.isEmpty()
            ? "No table qualifies for a reset; name one to watch it."
            : CopiesText.render(copies, StandardOutput.terminal(commandLine)));
    out.flush();
  }

  protected final Toolkit open() {
    return connection.open();
  }

  private static List<TableRef> qualifying(Analysis analysis) {
    return analysis.toReset().stream().map(Finding::table).toList();
  }

  private static List<TableRef> named(List<TableState> states) {
    return states.stream().map(state -> state.relation().table()).toList();
  }
}
