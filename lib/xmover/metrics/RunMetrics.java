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
import xmover.reset.Cure;
import xmover.reset.EventHandlers;
import xmover.reset.LeftTable;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.table.TableRef;

/** Measures one run, in whatever form a registry keeps it. No metric tells of a single table. */
class RunMetrics implements RunObserver {
  private final MeterRegistry registry;
  private final Timers timers;
  private final RunMeters meters;
  private final ResultCounters processed = new ResultCounters();
  private final ExposedTables exposed;
  private final RunListener handlers;
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
    handlers =
        new EventHandlers()
            .on(RunEvent.Analysed.class, event -> analysed(event.analysis()))
            .on(RunEvent.OthersLeft.class, event -> left = event.atZero())
            .on(RunEvent.Chosen.class, event -> chosen())
            .on(RunEvent.Transition.class, event -> transition(event.from(), event.to()))
            .on(RunEvent.LeasesLookedAt.class, this::looked)
            .on(RunEvent.Resuming.class, event -> exposed())
            .on(RunEvent.CopyTreated.class, event -> exposed())
            .on(RunEvent.Recovering.class, event -> exposed())
            .on(RunEvent.TableEnded.class, event -> ended(event.result()))
            .on(RunEvent.QueryEnded.class, event -> count(event.statement(), event.answered()))
            .on(RunEvent.Answered.class, event -> count(event.statement(), true))
            .on(RunEvent.StatementFailed.class, event -> count(event.statement(), false))
            .on(RunEvent.SendingAgain.class, event -> meters.retries.increment())
            .on(RunEvent.Retrying.class, event -> retrying())
            .on(RunEvent.Breaker.class, event -> breaker(event.state()))
            .on(RunEvent.RunEnded.class, this::over)
            .on(RunEvent.RunFailed.class, event -> ended(event.exitCode()));
  }

  @Override
  public void on(RunEvent event) {
    exposed.on(event);
    handlers.on(event);
  }

  private void analysed(Analysis analysis) {
    meters.detected.set((double) analysis.toReset().size() + analysis.refused().size());
    meters.early.saw(analysis.early());
  }

  /** Only now it knows what other runs left at zero, and may say that there is nothing. */
  private void chosen() {
    if (!atWork) {
      atWork = true;
      processed.register(registry);
    }
    exposed();
  }

  private void transition(ResetJob from, ResetJob to) {
    Duration took = Duration.between(from.times().since(), to.times().since());
    meters.phase(Phase.valueOf(from.state().name())).record(took);
    if (from.state() == ResetState.MONITORING_LEASES && cleared.remove(to.table())) {
      meters.leaseWait.record(took);
    }
    exposed();
  }

  private void looked(RunEvent.LeasesLookedAt event) {
    if (event.reading().cleared()) {
      cleared.add(event.job().table());
    }
  }

  private void ended(TableResult result) {
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

  private void count(Statement statement, boolean answered) {
    meters.statements(statement.kind(), answered).increment();
  }

  private void retrying() {
    meters.retries.increment();
    exposed();
  }

  private void breaker(String state) {
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

  private void over(RunEvent.RunEnded event) {
    processed.over(event.report());
    exposed();
    ended(event.exitCode());
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
