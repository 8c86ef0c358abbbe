package xmover.options;

import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.run.RunOptions;

/** How a run waits and how much it takes on. */
public final class WaitArguments {
  /** Whether CrateDB is asked to sync the leases. */
  enum LeaseSync {
    auto,
    off
  }

  @Option(
      names = "--max-wait",
      paramLabel = "TIME",
      defaultValue = "720s",
      description =
          "How long to wait for a table's leases at most; then its replicas are restored all the"
              + " same (default: ${DEFAULT-VALUE}).")
  private Duration maxWait = Duration.ofSeconds(720);

  @Option(
      names = "--max-exposure",
      paramLabel = "TIME",
      description =
          "How long a table may be at zero replicas, from the first ALTER on; then they are"
              + " restored early (default: only --max-wait bounds it).")
  private @Nullable Duration maxExposure;

  @Option(
      names = "--backoff",
      paramLabel = "BACKOFF",
      defaultValue = "ladder",
      description =
          "When to look at the leases again: ladder (the handbook's 10, 15, 30, 45, … s), adaptive"
              + " (often when they are likely to go), fixed:5s, exponential:1s..60s, or delays like"
              + " 10s,15s,30s (default: ${DEFAULT-VALUE}).")
  private Converters.@Nullable Delays backoff;

  @Option(
      names = "--lease-sync",
      paramLabel = "MODE",
      defaultValue = "auto",
      description =
          "auto asks CrateDB 5.10 and later to sync the leases at once, which cuts the time without"
              + " replicas to about a second; off waits for the tick, as the handbook does"
              + " (default: ${DEFAULT-VALUE}).")
  private LeaseSync leaseSync = LeaseSync.auto;

  @Option(
      names = "--hold-rebalance",
      description =
          "Switch rebalancing off (cluster.routing.rebalance.enable = none) while tables are reset,"
              + " so that no only copy is moved, and put back what it was. Needs the privilege AL.")
  private boolean holdRebalance;

  @Option(
      names = "--concurrent",
      paramLabel = "N",
      defaultValue = "1",
      description = "Tables reset at the same time (default: ${DEFAULT-VALUE}).")
  private int concurrent;

  @Option(
      names = "--max-runtime",
      paramLabel = "TIME",
      description =
          "Stop in order when this time is over: start no new table, put those at risk back.")
  private @Nullable Duration maxRuntime;

  @Option(
      names = "--wait-recovery",
      negatable = true,
      defaultValue = "true",
      fallbackValue = "true",
      description =
          "Wait until every copy of a table is STARTED and its replicas are healed, and tell which"
              + " are not; --no-wait-recovery is done when the setting is back (default:"
              + " ${DEFAULT-VALUE}).")
  private boolean waitsForRecovery;

  @Option(
      names = "--recovery-timeout",
      hidden = true,
      paramLabel = "TIME",
      defaultValue = "30m",
      description =
          "How long to wait for the replicas of one table at most; a table that is not healed by"
              + " then makes the exit code 3 (default: ${DEFAULT-VALUE}).")
  private Duration recoveryTimeout = Duration.ofMinutes(30);

  /** The same run that waits so. */
  public RunOptions into(RunOptions how) {
    RunOptions waiting =
        how.maxWait(maxWait)
            .backoff(Objects.requireNonNull(backoff).forInterval())
            .leaseSync(leaseSync == LeaseSync.auto)
            .holdRebalance(holdRebalance)
            .concurrent(concurrent)
            .waitRecovery(recoveryTimeout);
    waiting = waitsForRecovery ? waiting : waiting.noWaitRecovery();
    waiting = maxExposure == null ? waiting : waiting.maxExposure(maxExposure);
    return maxRuntime == null ? waiting : waiting.maxRuntime(maxRuntime);
  }
}
