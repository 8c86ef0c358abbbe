package xmover.cli;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.detect.ClusterIdentity;
import xmover.detect.CrateVersion;
import xmover.reset.ResetPolicy;
import xmover.reset.RunLimits;

/** How a run waits and how much it takes on. */
final class RunArguments {
  /** Whether CrateDB is asked to sync the leases. */
  enum LeaseSync {
    auto,
    off
  }

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

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
  private BackoffConverter.@Nullable Choice backoff;

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

  /** All tables, so many at a time; refuses what makes no sense before anything is sent. */
  RunLimits limits() {
    if (maxWait.isZero()) {
      throw refused("--max-wait must be above 0");
    }
    if (maxExposure != null && maxExposure.isZero()) {
      throw refused("--max-exposure must be above 0");
    }
    if (concurrent < 1) {
      throw refused("--concurrent must be 1 or more, not " + concurrent);
    }
    return RunLimits.concurrent(concurrent);
  }

  /** When to stop in order; empty for never. */
  Optional<Duration> maxRuntime() {
    return Optional.ofNullable(maxRuntime);
  }

  /** Whether rebalancing is switched off meanwhile. */
  boolean holdsRebalance() {
    return holdRebalance;
  }

  /** How a reset waits on this cluster: intervals and abilities depend on its version. */
  ResetPolicy policy(ClusterIdentity cluster) {
    CrateVersion version = CrateVersion.oldest(cluster.versions());
    return new ResetPolicy(
        maxWait,
        Optional.ofNullable(maxExposure),
        Objects.requireNonNull(backoff).forInterval().apply(version.leaseSyncInterval()),
        leaseSync == LeaseSync.auto && version.syncsLeasesOnRequest());
  }

  private ParameterException refused(String message) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
  }
}
