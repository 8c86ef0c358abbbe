package xmover.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Whether a run waits for the replicas it put back, and how long. */
final class RecoveryArguments {
  /** How long to wait unless somebody says otherwise. */
  static final Duration LONGEST = Duration.ofMinutes(30);

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--wait-recovery",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Wait until every copy of a table is STARTED and its replicas are healed, and tell which"
              + " are not; --no-wait-recovery is done when the setting is back (default:"
              + " ${DEFAULT-VALUE}).")
  private boolean waits;

  @Option(
      names = "--recovery-timeout",
      paramLabel = "TIME",
      defaultValue = "30m",
      description =
          "How long to wait for the replicas of one table at most; a table that is not healed by"
              + " then makes the exit code 3 (default: ${DEFAULT-VALUE}).")
  private Duration timeout = LONGEST;

  /** How long the replicas of a table are waited for; empty for not at all. */
  Optional<Duration> longest() {
    if (timeout.isZero()) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(), "--recovery-timeout must be above 0");
    }
    return waits ? Optional.of(timeout) : Optional.empty();
  }
}
