package xmover.cli;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
import xmover.environment.Environment;

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
public class ResetCommand implements Action {
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
  public ExitCode run(Environment environment) {
    return confirmed(environment) ? reset(environment) : ExitCode.ERROR;
  }

  /** Tells what a reset would do, each statement; changes nothing. */
  protected final ExitCode plan(Environment environment) {
    return autoExec(environment).dryRun(this::named, run.limits(), precautions());
  }

  /**
   * Replicas to 0, wait for the leases, restore; every table ends with the setting it had. With
   * --dry-run only the plan, whatever a script does around it.
   */
  protected final ExitCode reset(Environment environment) {
    return dryRun ? plan(environment) : resetForReal(environment);
  }

  private ExitCode resetForReal(Environment environment) {
    return autoExec(environment).run(this::named, run.limits(), precautions(), true);
  }

  private Future<Analysis> named(Detection detection) {
    return detection.named(new NamedTables(tables));
  }

  private Precautions precautions() {
    return new Precautions(
        exposure.limits(run.limits()),
        remedy.policy(),
        recovery.longest(),
        Thresholds.DEFAULT.size(),
        gates.choice());
  }

  /** Shows the plan and asks, unless --yes was given or nothing is to be changed anyway. */
  protected final boolean confirmed(Environment environment) {
    if (yes || dryRun) {
      return true;
    }
    if (!environment.console().isTerminal() || log.isJson()) {
      throw new ParameterException(
          commandLine(), "reset asks before it changes something: in a script, add --yes");
    }
    return plan(environment) != ExitCode.ERROR && answersYes(environment);
  }

  private static boolean answersYes(Environment environment) {
    return environment.console().answer("Reset now? Type yes: ").equals("yes");
  }

  private AutoExec autoExec(Environment environment) {
    var results = new Results(environment, commandLine(), log);
    return new AutoExec(
        new Opening(environment, connection, journal, log, observers, results), run);
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
