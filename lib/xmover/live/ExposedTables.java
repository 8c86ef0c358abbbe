package xmover.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import xmover.print.Advice;
import xmover.reset.EventHandlers;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * Follows which tables have one copy: from the first byte of the ALTER to 0, or from the moment
 * that the only replica of a shard is dropped, until a look saw every copy STARTED. What could not
 * be restored stays.
 */
public final class ExposedTables implements RunListener {
  private final InstantSource clock;
  private final Map<TableRef, Bytes> sizes = new HashMap<>();
  private final Map<TableRef, Exposed> exposed = new LinkedHashMap<>();
  private final RunListener handlers;
  private boolean reachable = true;

  /**
   * @param job its reset; empty while a gentler remedy rebuilds its only replica
   * @param failed the last attempt to restore, which failed
   */
  private record Exposed(
      TableRef table,
      Bytes bytes,
      Instant since,
      Optional<ResetJob> job,
      Optional<Instant> nextLook,
      Optional<FailedRestore> failed) {
    boolean isAtZero() {
      return job.filter(ExposedTables::mayBeAtZero).isPresent();
    }

    boolean isGivenUp() {
      return job.filter(ResetJob::isCritical).isPresent();
    }

    Exposed looking(Instant next) {
      return new Exposed(table, bytes, since, job, Optional.of(next), failed);
    }

    Exposed failing(FailedRestore attempt) {
      return new Exposed(table, bytes, since, job, Optional.empty(), Optional.of(attempt));
    }

    Optional<Duration> limit() {
      return job.map(ResetJob::times)
          .flatMap(times -> Optional.ofNullable(times.deadline()))
          .filter(deadline -> isAtZero())
          .map(deadline -> Duration.between(since, deadline));
    }
  }

  public ExposedTables(InstantSource clock) {
    this.clock = clock;
    this.handlers =
        new EventHandlers()
            .on(RunEvent.Chosen.class, this::chosen)
            .on(RunEvent.Resuming.class, event -> at(event.job()))
            .on(RunEvent.Transition.class, event -> at(event.to()))
            .on(RunEvent.LeasesAwaited.class, this::waiting)
            .on(RunEvent.Retrying.class, this::retrying)
            .on(RunEvent.CopyTreated.class, this::treated)
            .on(RunEvent.Recovering.class, this::recovering)
            .on(RunEvent.TableEnded.class, event -> ended(event.result()))
            .on(RunEvent.Breaker.class, event -> reachable = event.isClosed())
            .on(RunEvent.RunEnded.class, this::over);
  }

  /** What is at one copy now. */
  public Risk risk() {
    if (exposed.isEmpty()) {
      return Risk.NONE;
    }
    List<Exposed> all = List.copyOf(exposed.values());
    return new Risk(
        all.size(),
        (int) all.stream().filter(Exposed::isAtZero).count(),
        bytes(),
        longest(all).map(table -> new Risk.Longest(table.table(), table.since(), table.limit())),
        all.stream().flatMap(table -> table.nextLook().stream()).min(Comparator.naturalOrder()),
        failing(all));
  }

  /** How much data that is. */
  Bytes bytes() {
    return new Bytes(exposed.values().stream().mapToLong(table -> table.bytes().value()).sum());
  }

  /** One at zero has a limit, and comes before those that wait for their copies. */
  private static Optional<Exposed> longest(List<Exposed> all) {
    return all.stream()
        .min(Comparator.comparing(Exposed::isAtZero).reversed().thenComparing(Exposed::since));
  }

  private Optional<Risk.Failing> failing(List<Exposed> all) {
    List<Exposed> failing =
        all.stream()
            .filter(table -> table.isGivenUp() || table.failed().isPresent() || isCutOff(table))
            .sorted(
                Comparator.comparing(Exposed::isGivenUp).reversed().thenComparing(Exposed::since))
            .toList();
    return failing.stream().findFirst().map(worst -> failing(worst, failing.size() - 1));
  }

  private boolean isCutOff(Exposed table) {
    return !reachable && table.isAtZero();
  }

  private static Risk.Failing failing(Exposed worst, int others) {
    Optional<FailedRestore> attempt = worst.failed().filter(failed -> !worst.isGivenUp());
    String reason =
        worst.isGivenUp()
            ? worst.job().map(Advice::unrestored).orElse("")
            : attempt.map(FailedRestore::reason).orElse("the cluster can't be reached");
    return new Risk.Failing(
        worst.table(),
        worst.since(),
        reason,
        attempt.map(FailedRestore::attempt).orElse(0),
        attempt.map(FailedRestore::again),
        worst.job().filter(job -> job.openEnds().stray().isEmpty()).map(Advice::restoring),
        others);
  }

  private static boolean mayBeAtZero(ResetJob job) {
    return job.state().isAtRisk() || job.isCritical();
  }

  @Override
  public void on(RunEvent event) {
    handlers.on(event);
  }

  private void chosen(RunEvent.Chosen event) {
    event.tables().forEach(table -> sizes.put(table.table(), table.totals().primaryBytes()));
  }

  private void at(ResetJob job) {
    boolean restored = job.restore() == RestoreOutcome.DONE && exposed.containsKey(job.table());
    if (mayBeAtZero(job) || restored) {
      exposed.put(job.table(), of(job));
    } else {
      exposed.remove(job.table());
    }
  }

  private Exposed of(ResetJob job) {
    return new Exposed(
        job.table(),
        sizes.getOrDefault(job.table(), Bytes.ZERO),
        Objects.requireNonNullElse(job.times().zeroSince(), job.times().since()),
        Optional.of(job),
        Optional.empty(),
        Optional.empty());
  }

  private void waiting(RunEvent.LeasesAwaited wait) {
    Instant next = clock.instant().plus(wait.delay());
    exposed.computeIfPresent(wait.job().table(), (table, seen) -> seen.looking(next));
  }

  private void retrying(RunEvent.Retrying retry) {
    if (retry.isRestore()) {
      var failed = FailedRestore.of(retry, clock.instant());
      exposed.computeIfPresent(retry.subject(), (table, seen) -> seen.failing(failed));
    }
  }

  private void treated(RunEvent.CopyTreated event) {
    Finding finding = event.finding();
    if (event.step().left() > 1) {
      exposed.remove(finding.table());
    } else {
      Bytes size = event.step().size().orElse(finding.totals().primaryBytes());
      exposed.put(
          finding.table(),
          new Exposed(
              finding.table(),
              size,
              clock.instant(),
              Optional.empty(),
              Optional.empty(),
              Optional.empty()));
    }
  }

  private void recovering(RunEvent.Recovering event) {
    if (event.reading().started() >= event.reading().copies()) {
      exposed.computeIfPresent(
          event.finding().table(), (table, seen) -> seen.isAtZero() ? seen : null);
    }
  }

  private void ended(TableResult result) {
    if (result.isCritical()) {
      result.job().ifPresent(job -> exposed.put(job.table(), of(job)));
    } else if (result.fewer().ended()) {
      exposed.remove(result.finding().table());
    }
  }

  /** The last look of a run may have shown otherwise. */
  private void over(RunEvent.RunEnded event) {
    event.report().results().forEach(this::ended);
  }
}
