package xmover.live;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import xmover.detect.ClusterIdentity;
import xmover.log.LastEvents;
import xmover.observe.RunObserver;
import xmover.reset.EventHandlers;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.TableRef;

/**
 * Follows a run and tells at any moment where it stands. Whatever happens costs the same however
 * many tables there are; only a {@link #snapshot} goes through them. Any thread may ask.
 */
public final class RunProgress implements RunObserver {
  private final RunIdentity run;
  private final InstantSource clock;
  private final Map<TableRef, TableProgress> tables = new LinkedHashMap<>();
  private final LastEvents events;
  private final ExposedTables exposed;
  private final RunListener handlers;
  private final RunExtras extras = new RunExtras();
  private Optional<ClusterIdentity> cluster = Optional.empty();
  private Optional<ResetPolicy> policy = Optional.empty();
  private Optional<RunReport> report = Optional.empty();
  private Optional<Integer> exitCode = Optional.empty();
  private Optional<String> stopping = Optional.empty();
  private Optional<Instant> paused = Optional.empty();
  private Optional<Instant> workingSince = Optional.empty();
  private Duration worked = Duration.ZERO;
  private String breaker = "closed";
  private long changes;
  private @Nullable List<TableProgress> listed;

  public RunProgress(RunIdentity run, InstantSource clock) {
    this.run = run;
    this.clock = clock;
    this.events = new LastEvents(clock);
    this.exposed = new ExposedTables(clock);
    this.handlers =
        new EventHandlers()
            .on(RunEvent.RunStarted.class, this::started)
            .on(RunEvent.Analysed.class, this::analysed)
            .on(RunEvent.HistoryRead.class, this::remembered)
            .on(RunEvent.ExposureLimited.class, this::limited)
            .on(RunEvent.Chosen.class, this::chosen)
            .on(RunEvent.GatesAsked.class, e -> change(e, table -> table.with(e.verdicts())))
            .on(RunEvent.RemedyBegun.class, e -> change(e, table -> table.with(e.remedy())))
            .on(RunEvent.CopyTreated.class, e -> change(e, table -> table.with(e.step())))
            .on(RunEvent.Resuming.class, e -> change(e, table -> table.with(e.job())))
            .on(RunEvent.Transition.class, this::transition)
            .on(RunEvent.LeasesAwaited.class, this::waiting)
            .on(RunEvent.LeasesLookedAt.class, this::looked)
            .on(RunEvent.Recovering.class, e -> change(e, table -> table.with(e.reading())))
            .on(RunEvent.CopiesSeen.class, this::copies)
            .on(RunEvent.NodesSeen.class, this::nodes)
            .on(RunEvent.Retrying.class, this::retrying)
            .on(RunEvent.TableEnded.class, this::ended)
            .on(RunEvent.Breaker.class, e -> breaker = e.state())
            .on(RunEvent.Paused.class, e -> pause())
            .on(RunEvent.Proceeding.class, e -> proceed())
            .on(RunEvent.Stopping.class, this::stop)
            .on(RunEvent.RunEnded.class, this::over)
            .on(RunEvent.RunFailed.class, this::broken);
  }

  @Override
  public synchronized void on(RunEvent event) {
    events.on(event);
    exposed.on(event);
    handlers.on(event);
  }

  /** That of a snapshot taken now. */
  public synchronized long version() {
    return changes + events.count();
  }

  /** The run as it is now. */
  public synchronized RunSnapshot snapshot() {
    if (listed == null) {
      listed = List.copyOf(tables.values());
    }
    Instant now = clock.instant();
    return new RunSnapshot(
        version(),
        now,
        run,
        cluster,
        policy,
        breaker,
        exposed.risk(),
        paused,
        stopping,
        worked(now),
        report,
        exitCode,
        extras.sight(),
        listed,
        events.list());
  }

  private void started(RunEvent.RunStarted event) {
    cluster = Optional.of(event.cluster());
    extras.connected(event.cluster());
    changes++;
  }

  private void analysed(RunEvent.Analysed event) {
    policy = Optional.of(event.policy());
    changes++;
  }

  private void chosen(RunEvent.Chosen event) {
    extras.chosen(event.tables());
    event.tables().forEach(f -> tables.put(f.table(), TableProgress.chosen(f, clock.instant())));
    listed = null;
    changed();
    workingSince = workingSince.or(() -> Optional.of(clock.instant()));
  }

  private void transition(RunEvent.Transition event) {
    extras.transition(event.to());
    change(event, table -> table.with(event.to()));
  }

  private void waiting(RunEvent.LeasesAwaited event) {
    change(event, table -> table.with(event.job()).with(LeaseWait.of(event, clock.instant())));
  }

  private void looked(RunEvent.LeasesLookedAt event) {
    change(
        event,
        table -> table.with(event.job()).with(LeaseCount.after(table.leases(), event.reading())));
  }

  private void copies(RunEvent.CopiesSeen event) {
    TableProgress table = tables.get(event.subject());
    if (table != null && table.result().isEmpty()) {
      extras.copies(event.subject(), event.copies());
      changed();
    }
  }

  private void nodes(RunEvent.NodesSeen event) {
    extras.nodes(event.nodes(), clock.instant());
    changes++;
  }

  private void limited(RunEvent.ExposureLimited event) {
    extras.limited(event.most());
    changes++;
  }

  private void remembered(RunEvent.HistoryRead event) {
    extras.remembered(event.past());
    changes++;
  }

  private void retrying(RunEvent.Retrying event) {
    if (event.isRestore()) {
      change(event, table -> table.with(FailedRestore.of(event, clock.instant())));
    }
  }

  private void ended(RunEvent.TableEnded event) {
    TableResult result = event.result();
    TableRef table = result.finding().table();
    TableProgress before = tables.get(table);
    extras.ended(result, Optional.ofNullable(before).flatMap(t -> t.with(result).translogAfter()));
    change(event, t -> t.with(result));
    if (result.isCritical()) {
      stopping = stopping.or(() -> Optional.of("the restore of " + table + " failed"));
      paused = Optional.empty();
    }
  }

  private void pause() {
    rest();
    paused = Optional.of(clock.instant());
  }

  private void proceed() {
    workingSince = Optional.of(clock.instant());
    paused = Optional.empty();
  }

  private void stop(RunEvent.Stopping event) {
    stopping = Optional.of(event.reason());
    paused = Optional.empty();
  }

  /** The report knows what a last look at the tables showed. */
  private void over(RunEvent.RunEnded event) {
    RunReport done = event.report();
    rest();
    for (TableResult result : done.results()) {
      tables.computeIfPresent(result.finding().table(), (ref, table) -> table.with(result));
    }
    listed = null;
    changed();
    extras.over(done);
    report = Optional.of(done);
    exitCode = Optional.of(event.exitCode());
  }

  private void broken(RunEvent.RunFailed event) {
    rest();
    exitCode = Optional.of(event.exitCode());
    changes++;
  }

  private void rest() {
    worked = worked(clock.instant());
    workingSince = Optional.empty();
  }

  private Duration worked(Instant now) {
    return workingSince.map(since -> worked.plus(Duration.between(since, now))).orElse(worked);
  }

  private void change(RunEvent event, UnaryOperator<TableProgress> step) {
    event
        .table()
        .ifPresent(table -> tables.computeIfPresent(table, (ref, before) -> step.apply(before)));
    listed = null;
    changed();
  }

  private void changed() {
    changes++;
    extras.exposed(exposed.bytes(), clock.instant());
  }
}
