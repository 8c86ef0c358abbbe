package xmover.cli;

import io.vertx.core.Future;
import java.io.Console;
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
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.detect.Analysis;
import xmover.detect.Detection;
import xmover.detect.NamedTables;
import xmover.detect.Thresholds;

/** Resets the tables named, whether they look problematic or not. */
@Command(
    name = "reset",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Reset the tables named: replicas to 0, wait for the leases, restore.",
    footer = {
      "",
      "On a terminal it shows the plan and asks. Exit codes as of problematic-translogs.",
      "Example: xmover reset doc.metrics 'doc.t[month=1704067200000,region=NULL]'"
    })
public class ResetCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "1..*",
      paramLabel = "TABLE",
      description =
          "schema.table; a partition as 'schema.table[column=value,…]' or 'schema.table[ident]', as"
              + " the analysis names it; all partitions as 'schema.table[*]'.")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(names = "--dry-run", description = "Tell each statement instead of sending it.")
  private boolean dryRun;

  @Mixin private final RunArguments run = new RunArguments();
  @Mixin private final RemedyArguments remedy = new RemedyArguments();
  @Mixin private final GateArguments gates = new GateArguments();
  @Mixin private final ExposureArguments exposure = new ExposureArguments();
  @Mixin private final RecoveryArguments recovery = new RecoveryArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final LogArguments log = new LogArguments();
  @Mixin private final ObserverArguments observers = new ObserverArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public Integer call() {
    return (confirmed() ? reset() : ExitCode.ERROR).number();
  }

  /** Tells what a reset would do, each statement; changes nothing. */
  protected final ExitCode plan() {
    return autoExec().dryRun(this::named, run.limits(), precautions());
  }

  /**
   * Replicas to 0, wait for the leases, restore; every table ends with the setting it had. With
   * --dry-run only the plan, whatever a script does around it.
   */
  protected final ExitCode reset() {
    return dryRun ? plan() : resetForReal();
  }

  private ExitCode resetForReal() {
    return autoExec().run(this::named, run.limits(), precautions(), true);
  }

  private Future<Analysis> named(Detection detection) {
    return detection.named(new NamedTables(tables));
  }

  private Precautions precautions() {
    return new Precautions(
        exposure.limits(run.limits()),
        remedy.choice(),
        recovery.longest(),
        Thresholds.DEFAULT.size(),
        gates.choice());
  }

  /** Shows the plan and asks, unless --yes was given or nothing is to be changed anyway. */
  protected final boolean confirmed() {
    if (yes || dryRun) {
      return true;
    }
    if (!StandardOutput.isTerminal() || log.isJson()) {
      throw new ParameterException(
          commandLine(), "reset asks before it changes something: in a script, add --yes");
    }
    return plan() != ExitCode.ERROR && answersYes();
  }

  private static boolean answersYes() {
    Console terminal = Objects.requireNonNull(System.console());
    return "yes".equals(terminal.readLine("Reset now? Type yes: "));
  }

  private AutoExec autoExec() {
    var results = new Results(commandLine(), log);
    return new AutoExec(new Opening(connection, journal, log, observers, results), run);
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
