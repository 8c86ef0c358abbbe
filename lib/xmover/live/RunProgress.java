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
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.log.RunEvents;
import xmover.reset.CopyReading;
import xmover.reset.CopyStep;
import xmover.reset.GateVerdict;
import xmover.reset.NodeReading;
import xmover.reset.PastReset;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/**
 * Follows a run and tells at any moment where it stands. Whatever happens costs the same however
 * many tables there are; only a {@link #snapshot} goes through them. Any thread may ask.
 */
public final class RunProgress extends RunEvents {
  private final RunIdentity run;
  private final InstantSource clock;
  private final Map<TableRef, TableProgress> tables = new LinkedHashMap<>();
  private final ExposedTables exposed;
  private final RunExtras sights = new RunExtras();
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
    super(clock);
    this.run = run;
    this.clock = clock;
    this.exposed = new ExposedTables(clock);
  }

  /** That of a snapshot taken now. */
  public synchronized long version() {
    return changes + count();
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
        sights.sight(),
        listed,
        last());
  }

  @Override
  public void runStarted(RunIdentity identity, ClusterIdentity to) {
    connected(to);
  }

  @Override
  public void analysed(Analysis analysis, ResetPolicy how) {
    waits(how);
  }

  @Override
  public synchronized void runEnded(RunReport of, int code) {
    super.runEnded(of, code);
    ended(of);
    exitCode = Optional.of(code);
  }

  @Override
  public synchronized void runFailed(Throwable failure, int code) {
    rest();
    exitCode = Optional.of(code);
    super.runFailed(failure, code);
  }

  /** It is connected. */
  public synchronized void connected(ClusterIdentity to) {
    cluster = Optional.of(to);
    sights.connected(to);
    changes++;
  }

  /** It is known how resets wait on this cluster. */
  public synchronized void waits(ResetPolicy how) {
    policy = Optional.of(how);
    changes++;
  }

  /** It is over; the report knows what a last look at the tables showed. */
  public synchronized void ended(RunReport of) {
    rest();
    of.results().forEach(result -> change(result.finding().table(), t -> t.with(result)));
    exposed.over(of);
    sights.over(of);
    report = Optional.of(of);
    changes++;
  }

  @Override
  public synchronized void chosen(List<Finding> findings) {
    super.chosen(findings);
    exposed.chosen(findings);
    sights.chosen(findings);
    findings.forEach(f -> tables.put(f.table(), TableProgress.chosen(f, clock.instant())));
    listed = null;
    changed();
    workingSince = workingSince.or(() -> Optional.of(clock.instant()));
  }

  @Override
  public synchronized void gates(Finding table, List<GateVerdict> verdicts) {
    super.gates(table, verdicts);
    change(table.table(), t -> t.with(verdicts));
  }

  @Override
  public synchronized void treating(Finding table, Remedy remedy) {
    super.treating(table, remedy);
    change(table.table(), t -> t.with(remedy));
  }

  @Override
  public synchronized void treating(Finding table, CopyStep step) {
    exposed.treating(table, step);
    change(table.table(), t -> t.with(step));
  }

  @Override
  public synchronized void resuming(ResetJob job) {
    super.resuming(job);
    exposed.resuming(job);
    change(job.table(), t -> t.with(job));
  }

  @Override
  public synchronized void transition(ResetJob from, ResetJob to) {
    super.transition(from, to);
    exposed.transition(from, to);
    sights.transition(to);
    change(to.table(), t -> t.with(to));
  }

  @Override
  public synchronized void waiting(
      ResetJob job, int attempt, int attempts, Duration delay, String waitingFor) {
    var wait = new LeaseWait(attempt, attempts, clock.instant().plus(delay), waitingFor);
    exposed.waiting(job, attempt, attempts, delay, waitingFor);
    change(job.table(), t -> t.with(job).with(wait));
  }

  @Override
  public synchronized void looked(ResetJob job, LeaseReading reading) {
    change(job.table(), t -> t.with(job).with(LeaseCount.after(t.leases(), reading)));
  }

  @Override
  public synchronized void recovering(Finding table, RecoveryReading reading) {
    exposed.recovering(table, reading);
    change(table.table(), t -> t.with(reading));
  }

  @Override
  public synchronized void copies(TableRef table, List<CopyReading> copies) {
    if (Optional.ofNullable(tables.get(table)).filter(t -> t.result().isEmpty()).isPresent()) {
      sights.copies(table, copies);
      changed();
    }
  }

  @Override
  public synchronized void nodes(List<NodeReading> nodes) {
    sights.nodes(nodes, clock.instant());
    changes++;
  }

  @Override
  public synchronized void limited(Bytes most) {
    sights.limited(most);
    changes++;
  }

  @Override
  public synchronized void remembered(List<PastReset> past) {
    sights.remembered(past);
    changes++;
  }

  @Override
  public synchronized void retrying(
      TableRef table, String what, int attempt, Duration delay, String reason) {
    super.retrying(table, what, attempt, delay, reason);
    exposed.retrying(table, what, attempt, delay, reason);
    if (what.equals(RESTORING)) {
      var failed = new FailedRestore(attempt, clock.instant().plus(delay), reason);
      change(table, t -> t.with(failed));
    }
  }

  @Override
  public synchronized void ended(TableResult result) {
    super.ended(result);
    exposed.ended(result);
    TableRef table = result.finding().table();
    TableProgress before = tables.get(table);
    sights.ended(result, Optional.ofNullable(before).flatMap(t -> t.with(result).translogAfter()));
    change(table, t -> t.with(result));
    if (result.isCritical()) {
      stopping = stopping.or(() -> Optional.of("the restore of " + table + " failed"));
      paused = Optional.empty();
    }
  }

  @Override
  public synchronized void breaker(String state) {
    super.breaker(state);
    exposed.breaker(state);
    breaker = state;
  }

  @Override
  public synchronized void paused() {
    super.paused();
    rest();
    paused = Optional.of(clock.instant());
  }

  @Override
  public synchronized void proceeding() {
    super.proceeding();
    workingSince = Optional.of(clock.instant());
    paused = Optional.empty();
  }

  @Override
  public synchronized void stopping(String reason) {
    super.stopping(reason);
    stopping = Optional.of(reason);
    paused = Optional.empty();
  }

  private void rest() {
    worked = worked(clock.instant());
    workingSince = Optional.empty();
  }

  private Duration worked(Instant now) {
    return workingSince.map(since -> worked.plus(Duration.between(since, now))).orElse(worked);
  }

  private void change(TableRef table, UnaryOperator<TableProgress> step) {
    tables.computeIfPresent(table, (ref, before) -> step.apply(before));
    listed = null;
    changed();
  }

  private void changed() {
    changes++;
    sights.exposed(exposed.bytes(), clock.instant());
  }
}
