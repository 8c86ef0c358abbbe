package xmover.live;

import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xmover.detect.ClusterIdentity;
import xmover.log.EventLine;
import xmover.reset.RunReport;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;

/**
 * A run at one instant: the one value that every view of it shows.
 *
 * @param version grows whenever something happened; two snapshots of a run with the same version
 *     differ in {@code now} only
 * @param cluster empty until it is connected
 * @param policy how its resets wait; empty until it is known
 * @param breaker the circuit breaker: closed, open, half-open
 * @param risk what of its data has one copy
 * @param paused since when no new table starts because it was told so
 * @param stopping why no new table starts any more; empty while they do
 * @param working how long it has been at work on the tables, pauses left out
 * @param report what it did; empty while it runs
 * @param exitCode what the process will end with; empty while it runs
 * @param sights what it shows beside its tables
 * @param tables in the order they were chosen, worst first
 * @param events the last ones, oldest first
 */
@JsonIncludeProperties({
  "now",
  "run",
  "cluster",
  "breaker",
  "worked_ms",
  "paused",
  "stopping",
  "trouble",
  "remaining_ms",
  "exit_code"
})
public record RunSnapshot(
    long version,
    Instant now,
    RunIdentity run,
    Optional<ClusterIdentity> cluster,
    Optional<ResetPolicy> policy,
    String breaker,
    Risk risk,
    Optional<Instant> paused,
    Optional<String> stopping,
    @JsonProperty("worked_ms") Duration working,
    Optional<RunReport> report,
    Optional<Integer> exitCode,
    RunExtras.Sight sights,
    List<TableProgress> tables,
    List<EventLine> events) {
  public RunSnapshot {
    tables = List.copyOf(tables);
    events = List.copyOf(events);
  }

  public RunCounts counts() {
    return RunCounts.of(tables);
  }

  /**
   * How long the rest will take if it goes on as it did; empty while no table is done, nothing new
   * starts, or a restore fails.
   */
  @JsonProperty
  public Optional<Duration> remaining() {
    RunCounts counts = counts();
    int done = counts.ended();
    int left = counts.all() - done;
    boolean unknown =
        done == 0 || paused.isPresent() || stopping.isPresent() || risk.failing().isPresent();
    return unknown || report.isPresent()
        ? Optional.empty()
        : Optional.of(working.multipliedBy(left).dividedBy(done));
  }

  /** Why nobody should rely on this run just now, naming no table; empty when all is well. */
  @JsonProperty
  public Optional<String> trouble() {
    if (cluster.isEmpty()) {
      return Optional.of("not connected to a cluster yet");
    }
    return risk.trouble()
        .or(
            () ->
                breaker.equals("open")
                    ? Optional.of("the cluster can't be reached (circuit breaker open)")
                    : Optional.empty());
  }
}
