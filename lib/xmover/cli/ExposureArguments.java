package xmover.cli;

import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.reset.RunLimits;
import xmover.safety.ExposureLimits;
import xmover.table.Bytes;

/** How much may be at one copy at the same moment. */
final class ExposureArguments {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--max-exposed-tables",
      paramLabel = "N",
      description =
          "No more than N tables at one copy at the same moment: at zero replicas, or with replicas"
              + " that are still being built (default: no limit).")
  private @Nullable Integer tables;

  @Option(
      names = "--max-exposed-bytes",
      paramLabel = "SIZE",
      description =
          "No more data than this at one copy at the same moment, in primary shards: 500MB, 20GB;"
              + " a larger table is not started (default: no limit).")
  private @Nullable Bytes bytes;

  @Option(
      names = "--max-recovering",
      paramLabel = "N",
      description =
          "Start a further table only while the replicas of no more than N are being built; 0: one"
              + " after the other (default: as many as --concurrent).")
  private @Nullable Integer recovering;

  /** The limits of a run that takes on so much; refuses what makes no sense. */
  ExposureLimits limits(RunLimits run) {
    if (bytes != null && bytes.equals(Bytes.ZERO)) {
      throw refused("--max-exposed-bytes must be above 0");
    }
    return new ExposureLimits(
        tables == null ? Integer.MAX_VALUE : atLeast(1, "--max-exposed-tables", tables),
        Optional.ofNullable(bytes),
        recovering == null ? run.concurrent() : atLeast(0, "--max-recovering", recovering));
  }

  private int atLeast(int least, String option, int number) {
    if (number < least) {
      throw refused("%s must be %s or more, not %s".formatted(option, least, number));
    }
    return number;
  }

  private ParameterException refused(String message) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
  }
}
