package xmover.monitor;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import xmover.cluster.ClusterFailure;
import xmover.log.EventLine;
import xmover.log.LastEvents;
import xmover.log.LogOutput.Severity;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * Follows a cluster that is looked at every so often: the last sight of it stays until there is a
 * newer one, also while looks fail. Any thread may ask.
 */
public final class Monitoring {
  private final InstantSource clock;
  private final Duration every;
  private final LastEvents events;
  private final GrowthTracker growing = new GrowthTracker();
  private Optional<ClusterState> sight = Optional.empty();
  private Optional<Instant> looked = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private long version;

  /**
   * How it stands at one instant.
   *
   * @param version grows with every look
   * @param sight empty until a look succeeded
   * @param looked when that was
   * @param failure why the last look failed; empty when it did not
   */
  public record Snapshot(
      long version,
      Instant now,
      Duration every,
      Optional<ClusterState> sight,
      Optional<Instant> looked,
      Optional<String> failure,
      List<EventLine> events) {
    /** Why nobody should rely on it, naming no table; empty when all is well. */
    public Optional<String> trouble() {
      if (failure.isPresent()) {
        return Optional.of("the last look at the cluster failed (/api/status says why)");
      }
      return sight.isPresent()
          ? Optional.empty()
          : Optional.of("the cluster was not looked at yet");
    }

    public List<WatchedTable> tables() {
      return sight.map(ClusterState::tables).orElse(List.of());
    }
  }

  /**
   * @param every how often it is looked at
   */
  public Monitoring(InstantSource clock, Duration every) {
    this.clock = clock;
    this.every = every;
    this.events = new LastEvents(clock);
  }

  /** That of a snapshot taken now. */
  public synchronized long version() {
    return version;
  }

  public synchronized Snapshot snapshot() {
    return new Snapshot(version, clock.instant(), every, sight, looked, failure, events.list());
  }

  /** A look showed this. */
  public synchronized void saw(ClusterState seen) {
    ClusterState now = growing.saw(seen);
    failure.ifPresent(
        over -> events.add(Severity.INFO, Optional.empty(), "The cluster can be looked at again"));
    sight.ifPresentOrElse(before -> changes(before, now), () -> first(now));
    sight = Optional.of(now);
    looked = Optional.of(clock.instant());
    failure = Optional.empty();
    version++;
  }

  /** A look failed. */
  public synchronized void failed(Throwable why) {
    String sentence = ClusterFailure.sentence(why);
    if (!failure.equals(Optional.of(sentence))) {
      events.add(Severity.WARN, Optional.empty(), "A look failed: " + sentence);
    }
    failure = Optional.of(sentence);
    version++;
  }

  private void first(ClusterState now) {
    events.add(
        Severity.INFO, Optional.empty(), "%s tables are shown".formatted(now.tables().size()));
  }

  private void changes(ClusterState before, ClusterState now) {
    Set<TableRef> known = found(before);
    Set<TableRef> still = found(now);
    now.tables().stream()
        .flatMap(table -> table.finding().stream())
        .filter(finding -> !known.contains(finding.table()))
        .forEach(finding -> note(Severity.WARN, finding, finding.verdict().reason()));
    before.tables().stream()
        .flatMap(table -> table.finding().stream())
        .filter(finding -> !still.contains(finding.table()))
        .forEach(finding -> note(Severity.INFO, finding, "No longer problematic"));
  }

  private void note(Severity severity, Finding finding, String text) {
    events.add(severity, Optional.of(finding.table()), text);
  }

  private static Set<TableRef> found(ClusterState sight) {
    return sight.tables().stream()
        .flatMap(table -> table.finding().stream())
        .map(Finding::table)
        .collect(Collectors.toSet());
  }
}
