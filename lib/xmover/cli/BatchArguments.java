package xmover.cli;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.reset.RunLimits;

/** How much a run takes on. */
final class BatchArguments {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--max-tables",
      paramLabel = "N",
      description = "Reset only the N worst tables (default: all that qualify).")
  private @Nullable Integer maxTables;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Pause after every N tables (default: never).")
  private @Nullable Integer batchSize;

  @Option(
      names = "--batch-pause",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long such a pause is (default: ${DEFAULT-VALUE}).")
  private Duration batchPause = Duration.ofSeconds(60);

  /** The limits with these added; refuses what makes no sense. */
  RunLimits added(RunLimits limits) {
    return new RunLimits(
        limits.concurrent(),
        atLeastOne("--max-tables", maxTables),
        atLeastOne("--batch-size", batchSize),
        batchPause);
  }

  private int atLeastOne(String option, @Nullable Integer number) {
    if (number == null) {
      return Integer.MAX_VALUE;
    }
    if (number < 1) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(),
          option + " must be 1 or more, not " + number);
    }
    return number;
  }
}
