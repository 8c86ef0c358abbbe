package xmover.metrics;

import io.micrometer.core.instrument.MeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import xmover.cluster.Statement;
import xmover.detect.Analysis;
import xmover.environment.Timers;
import xmover.live.ExposedTables;
import xmover.live.Risk;
import xmover.metrics.RunMeters.Phase;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;
import xmover.reset.CopyStep;
import xmover.reset.Cure;
import xmover.reset.LeftTable;
import xmover.reset.RecoveryReading;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.ResetState;
import xmover.table.Finding;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/** Measures one run, in whatever form a registry keeps it. No metric tells of a single table. */
class RunMetrics implements RunObserver {
  private final MeterRegistry registry;
  private final Timers timers;
  private final RunMeters meters;
  private final ResultCounters processed = new ResultCounters();
  private final ExposedTables exposed;
  private final Set<TableRef> cleared = new HashSet<>();
  private List<LeftTable> left = List.of();
  private boolean atWork;

  RunMetrics(MeterRegistry registry, RunScene scene) {
    this.registry = registry;
    this.timers = scene.timers();
    this.exposed = new ExposedTables(timers::now);
    // Whichever way they go: files and pushes of two clusters must not meet as one.
    registry.config().commonTags("cluster", scene.target());
    meters = new RunMeters(registry);
    meters.lastRun.set(seconds(scene.run().started()));
    meters.breaker.set(0);
  }

  @Override
  public void analysed(Analysis analysis, ResetPolicy policy) {
    meters.detected.set((double) analysis.toReset().size() + analysis.refused().size());
    meters.early.saw(analysis.early());
  }

  /** Only now it knows what other runs left at zero, and may say that there is nothing. */
  @Override
  public void chosen(List<Finding> tables) {
    if (!atWork) {
      atWork = true;
      processed.register(registry);
    }
    exposed.chosen(tables);
    exposed();
  }

  @Override
  public void transition(ResetJob from, ResetJob to) {
    Duration took = Duration.between(from.times().since(), to.times().since());
    meters.phase(Phase.valueOf(from.state().name())).record(took);
    if (from.state() == ResetState.MONITORING_LEASES && cleared.remove(to.table())) {
      meters.leaseWait.record(took);
    }
    exposed.transition(from, to);
    exposed();
  }

  @Override
  public void leavesOthers(List<LeftTable> atZero) {
    left = List.copyOf(atZero);
  }

  @Override
  public void resuming(ResetJob job) {
    exposed.resuming(job);
    exposed();
  }

  @Override
  public void waiting(ResetJob job, int attempt, int attempts, Duration delay, String waitingFor) {
    exposed.waiting(job, attempt, attempts, delay, waitingFor);
  }

  @Override
  public void treating(Finding table, CopyStep step) {
    exposed.treating(table, step);
    exposed();
  }

  @Override
  public void recovering(Finding table, RecoveryReading reading) {
    exposed.recovering(table, reading);
    exposed();
  }

  @Override
  public void looked(ResetJob job, LeaseReading reading) {
    if (reading.cleared()) {
      cleared.add(job.table());
    }
  }

  @Override
  public void ended(TableResult result) {
    if (result.job().isPresent()) {
      result
          .cure()
          .filter(cure -> cure.state() != Cure.State.NOT_AWAITED)
          .ifPresent(cure -> meters.phase(Phase.RECOVERING).record(cure.took()));
    }
    if (result.fewer().isAny() && result.fewer().ended()) {
      meters.fewerCopies.record(result.fewer().time());
    }
    processed.ended(result);
    exposed.ended(result);
    exposed();
  }

  private void exposed() {
    Risk risk = exposed.risk();
    meters.atZero.set((double) risk.atZero() + left.size());
    meters.exposedBytes.set(
        (double) risk.bytes().value() + left.stream().mapToLong(one -> one.size().value()).sum());
    meters.restoreFailing.set(risk.failing().isPresent() ? 1 : 0);
    Stream<Instant> here =
        risk.longest().filter(one -> risk.atZero() > 0).map(Risk.Longest::since).stream();
    meters.oldestZero.set(
        Stream.concat(here, left.stream().map(LeftTable::since))
            .min(Comparator.naturalOrder())
            .map(RunMetrics::seconds)
            .orElse(0.0));
  }

  @Override
  public void read(Statement statement, boolean answered) {
    meters.statements(statement.kind(), answered).increment();
  }

  @Override
  public void answered(Statement statement, Duration took) {
    meters.statements(statement.kind(), true).increment();
  }

  @Override
  public void failed(Statement statement, Duration took, Throwable failure) {
    meters.statements(statement.kind(), false).increment();
  }

  @Override
  public void sendingAgain(Statement statement) {
    meters.retries.increment();
  }

  @Override
  public void retrying(TableRef table, String what, int attempt, Duration delay, String reason) {
    meters.retries.increment();
    exposed.retrying(table, what, attempt, delay, reason);
    exposed();
  }

  @Override
  public void breaker(String state) {
    exposed.breaker(state);
    if (atWork) {
      exposed();
    }
    meters.breaker.set(
        switch (state) {
          case "closed" -> 0;
          case "half-open" -> 1;
          default -> 2;
        });
  }

  @Override
  public void runEnded(RunReport report, int exitCode) {
    processed.over(report);
    exposed.over(report);
    exposed();
    ended(exitCode);
  }

  @Override
  public void runFailed(Throwable failure, int exitCode) {
    ended(exitCode);
  }

  private void ended(int exitCode) {
    meters.lastExitCode.set(exitCode);
    if (exitCode == 0) {
      meters.lastSuccess.set(seconds(timers.now()));
    }
  }

  private static double seconds(Instant time) {
    return time.toEpochMilli() / 1000.0;
  }
}
