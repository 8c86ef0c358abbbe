package xmover.options;

import java.time.Duration;
import picocli.CommandLine.Option;
import xmover.run.RunOptions;

/** Whether a run waits for the replicas it put back, and how long. */
public final class RecoveryArguments {
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
      hidden = true,
      paramLabel = "TIME",
      defaultValue = "30m",
      description =
          "How long to wait for the replicas of one table at most; a table that is not healed by"
              + " then makes the exit code 3 (default: ${DEFAULT-VALUE}).")
  private Duration timeout = Duration.ofMinutes(30);

  /** The same run that waits so long. */
  public RunOptions into(RunOptions how) {
    RunOptions waiting = how.waitRecovery(timeout);
    return waits ? waiting : waiting.noWaitRecovery();
  }
}
