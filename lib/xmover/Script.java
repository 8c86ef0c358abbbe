package xmover;

import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.environment.Environment;
import xmover.environment.Simulator;
import xmover.log.EventWords;
import xmover.options.Action;
import xmover.options.Cli;
import xmover.options.CommonArguments;
import xmover.options.ConnectionArguments;
import xmover.options.DetectionArguments;
import xmover.options.LogArguments;
import xmover.reset.RunListener;
import xmover.run.ExitCode;
import xmover.run.RunOptions;

/**
 * What every script has: options for connection and log, a {@link Toolkit} made from them, a
 * failure told in a sentence, and an exit code.
 */
@Command(sortOptions = false, abbreviateSynopsis = true)
public abstract class Script implements Action {
  /** How tables are named, for a parameter's description. */
  protected static final String TABLES =
      "schema.table; a partition as 'schema.table[column=value,…]' or 'schema.table[ident]', as"
          + " the analysis names it; all partitions as 'schema.table[*]'";

  @Spec private @Nullable CommandSpec spec;
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final LogArguments log = new LogArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  /** Refuses what makes no sense, before anything is connected. */
  protected void check(Environment environment) {}

  /** What the script does, phase by phase. */
  protected abstract ExitCode run(Toolkit xmover) throws Exception;

  /** Runs a script, or any command, that has the process to itself. */
  public static void main(Action script, String... arguments) {
    main(script, Simulator.NONE, arguments);
  }

  /** The same of a script that brings simulated clusters along. */
  public static void main(Action script, Simulator simulator, String... arguments) {
    Cli.main(script, simulator, arguments);
  }

  @Override
  public final ExitCode run(Environment environment) throws Exception {
    check(environment);
    try (Toolkit xmover = Toolkit.open(connection.options(), environment, log.open(environment))) {
      try {
        return run(xmover);
      } catch (RuntimeException failure) {
        throw xmover.after(failure);
      }
    }
  }

  /** Opens a JShell in which this toolkit is at hand, and begins as was typed and set. */
  protected static final ExitCode shell(Toolkit xmover, DetectionArguments which, RunOptions how)
      throws Exception {
    var thresholds = which.thresholds();
    return new Shell(xmover, how, () -> xmover.detect(thresholds, which.filter())).run();
  }

  /** Listens to a run and hands on, in lines, what a person wants to know of it. */
  protected static final RunListener lines(Consumer<String> lines) {
    return EventWords.lines(lines);
  }

  /** Bad input, in a sentence. */
  protected final ParameterException refused(String sentence) {
    return new ParameterException(Objects.requireNonNull(spec).commandLine(), sentence);
  }
}
