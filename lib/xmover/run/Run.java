package xmover.run;

import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Detection;
import xmover.detect.Hidden;
import xmover.detect.Thresholds;
import xmover.environment.Environment;
import xmover.environment.ProcessEnd;
import xmover.environment.Timers;
import xmover.journal.OpenJournal;
import xmover.log.LogLines;
import xmover.log.LogOutput;
import xmover.log.RunLog;
import xmover.observe.RunObserver;
import xmover.observe.RunObservers;
import xmover.observe.RunScene;
import xmover.rebalance.HoldRefused;
import xmover.rebalance.RebalanceGuard;
import xmover.reset.HoldNews;
import xmover.reset.Remedy;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.reset.RunReport;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Finding;
import xmover.table.ReplicaSetting;

/**
 * A run on one cluster: it holds the lock, writes the journal and listens for signals from its
 * beginning to its end. What may not be left out is done whatever a script does: what earlier runs
 * left comes first, each table has its gates, and what is at zero is put back.
 */
public final class Run implements AutoCloseable {
  private final Environment environment;
  private final RunOptions how;
  private final RunKind kind;
  private final LogOutput output;
  private final RunLog log;
  private final RunIdentity identity;
  private final RunObservers observers;
  private final Engine engine;
  private final RunOrders orders;

  /** From here on all is known that is asked of the cluster. */
  private final ClusterIdentity cluster;

  private final OpenJournal memory;
  private final List<String> elsewhere;
  private final RebalanceGuard rebalancing;
  private final StopSignals signals;
  private final Optional<Timers.Alarm> longest;

  private Optional<RunReport> resumed = Optional.empty();
  private Optional<RunReport> done = Optional.empty();
  private Optional<Report> reported = Optional.empty();
  private @Nullable RuntimeException failure;
  private List<JournalEntry> left = List.of();
  private volatile boolean open = true;
  private boolean ended;

  /**
   * Takes the lock, opens the journal and listens for signals. Where that fails nothing is held and
   * nothing was changed.
   */
  public static Run begin(Connection connection, LogOutput output, RunOptions how) {
    RunKind kind =
        how.isDry() ? new RunKind.Dry(connection, how) : new RunKind.Real(connection, how);
    RunIdentity started = connection.newRun();
    var lines = new LogLines(output, started.runId(), connection.environment().clock());
    var log = new RunLog(lines);
    RunIdentity identity = started.at(connection.addresses());
    var scene =
        new RunScene(
            identity,
            connection.target(),
            connection.vertx(),
            connection.timers(),
            connection.cleartextPasswordAllowed(),
            log::observerTroubled);
    List<RunObserver> watching = new ArrayList<>(kind.watchers(scene, lines));
    how.listeners().forEach(listener -> watching.add(listener::on));
    var observers = new RunObservers(watching, RunKind.Real::broken, scene);
    List<RunListener> listeners = new ArrayList<>(kind.loggers(lines));
    listeners.addAll(observers.list());
    Engine engine = kind.engine(listeners, identity);
    try {
      return new Run(connection, output, how, kind, log, identity, observers, engine);
    } catch (RuntimeException refused) {
      int code = ExitCode.of(refused).number();
      Connection.await(engine.onLoop(() -> observers.on(new RunEvent.RunFailed(refused, code))));
      Connection.await(engine.onLoop(observers::close));
      throw refused;
    }
  }

  private Run(
      Connection connection,
      LogOutput output,
      RunOptions how,
      RunKind kind,
      RunLog log,
      RunIdentity identity,
      RunObservers observers,
      Engine engine) {
    this.environment = connection.environment();
    this.how = how;
    this.kind = kind;
    this.output = output;
    this.log = log;
    this.identity = identity;
    this.observers = observers;
    this.engine = engine;
    this.orders = new RunOrders(engine, log);
    Connection.await(engine.onLoop(() -> observers.begin(orders)));
    try {
      this.cluster = Connection.await(engine.detection().identity());
      on(new RunEvent.RunStarted(identity, cluster));
      this.memory = kind.memory(cluster, identity, log::lockTroubled, log::journalTroubled);
    } catch (ClusterFailure unreachable) {
      throw how.journal().withOpenEntries(unreachable, connection);
    }
    memory.lock().takenFrom().ifPresent(log::tookOver);
    try {
      this.elsewhere = OpenEntries.elsewhere(connection, how, memory.journal(), cluster);
    } catch (RuntimeException unread) {
      Connection.await(memory.close());
      throw unread;
    }
    remembered();
    elsewhere.stream().flatMap(String::lines).forEach(log::elsewhere);
    this.rebalancing = engine.rebalancing(memory.journal());
    this.signals =
        StopSignals.listen(
            kind.signals(),
            orders::stopBy,
            new SecondSignal(environment, engine, rebalancing, log)::leave);
    memory.lock().lost().onSuccess(orders::stop);
    this.longest =
        how.maxRuntime()
            .map(
                time ->
                    connection.timers().alarm(time, () -> orders.stop("--max-runtime is over")));
  }

  /** Tells those who watch what was healed so far; what can't be read is not told. */
  private void remembered() {
    kind.past(memory).ifPresent(past -> on(new RunEvent.HistoryRead(past)));
  }

  /** Shows a run that is over for as long as that was asked for; a signal ends that at once. */
  public void stay() {
    how.watchers().page().ifPresent(page -> page.stay(environment, signals.isReceived()));
  }

  /** Looks at the cluster as a run does, again where a look fails and that may pass. */
  public Detection detection() {
    return engine.detection();
  }

  /** What was begun by others on this cluster and is not ended. */
  private Unfinished unfinished() {
    return asked(
        memory
            .journal()
            .unfinished()
            .map(all -> all.stream().filter(entry -> !entry.isOfAnother(cluster.id())).toList())
            .compose(ours -> Unfinished.of(ours, engine.detection())));
  }

  /**
   * Goes on with what other runs did not end, all of it at once and past every gate, or refuses to
   * where that was asked for.
   */
  public RunReport resume() {
    return resumed.orElseGet(() -> noted(this::resumeOnce));
  }

  private RunReport resumeOnce() {
    Unfinished unfinished = unfinished();
    if (!how.resumes()) {
      UnfinishedResets.refuse(unfinished, asked(memory.journal().held()));
    }
    inherit(unfinished);
    RunReport report = asked(engine.resume(cluster, unfinished, how, memory.journal()));
    resumed = Optional.of(report);
    return add(report);
  }

  private void inherit(Unfinished unfinished) {
    log.resuming(unfinished);
    asked(rebalancing.inherit());
    hold(unfinished.findings());
  }

  /** Heals these tables as they were found, worst first. */
  public RunReport heal(List<Finding> findings) {
    return heal(new Analysis(cluster, Thresholds.DEFAULT, findings, Hidden.NOTHING));
  }

  /** Heals what was found, worst first; nothing new where what others left can't be put back. */
  public RunReport heal(Analysis found) {
    RunReport before = resume();
    if (!before.critical().isEmpty()) {
      log.notBegun(before);
      return before;
    }
    Analysis analysis = how.early() ? found.healingEarly() : found;
    ResetPolicy policy = how.policy(cluster);
    log.started(analysis, policy);
    on(new RunEvent.Analysed(analysis, policy));
    how.exposure().bytes().ifPresent(most -> on(new RunEvent.ExposureLimited(most)));
    hold(new Precautions(how, analysis.thresholds().size()).changed(analysis));
    return add(asked(engine.heal(analysis, how, memory.journal(), this::turnedRed)));
  }

  private void turnedRed(String trouble) {
    log.turnedRed(trouble);
    if (how.abortOnRed()) {
      orders.stop("--abort-on-red: " + trouble);
    }
  }

  /** Rebalancing is off while tables are healed: required, or where CrateDB may answer moves. */
  private void hold(List<Finding> tables) {
    boolean tries = how.remedy().allows(Remedy.MOVE);
    if (tables.isEmpty() || !(tries || how.holdRebalance())) {
      return;
    }
    try {
      asked(rebalancing.begin());
    } catch (HoldRefused refused) {
      if (how.holdRebalance()) {
        throw refused;
      }
      log.notHeld(ClusterFailure.sentence(refused));
    }
  }

  /**
   * Just puts replicas back, and waits for nothing.
   *
   * @param tables by name; none for all that other runs left unfinished
   * @param to the setting where the journal's is not to be used, or there is none
   */
  public RunReport restore(List<String> tables, Optional<ReplicaSetting> to) {
    return noted(() -> restoreNow(tables, to));
  }

  private RunReport restoreNow(List<String> tables, Optional<ReplicaSetting> to) {
    Unfinished all = unfinished();
    Unfinished chosen = tables.isEmpty() ? all : all.named(tables, to, identity);
    to.ifPresent(
        typed -> all.otherwiseIn(chosen).forEach(remembered -> log.overriding(remembered, typed)));
    Unfinished restored = chosen.restoring();
    inherit(restored);
    if (all.isMoreThan(chosen)) {
      on(new RunEvent.OthersLeft(all.leftBy(chosen)));
    }
    return add(asked(engine.restore(cluster, restored, memory.journal())));
  }

  /** Starts no new table until {@link #proceed}; those under way go on. Any thread may. */
  public void pause() {
    orders.pause();
  }

  /** Ends a pause. */
  public void proceed() {
    orders.proceed();
  }

  /** Starts no new table and puts those at risk back at once. */
  public void stop(String reason) {
    orders.stop(reason);
  }

  private RunReport add(RunReport report) {
    done = Optional.of(done.map(before -> before.and(report)).orElse(report));
    reported = Optional.empty();
    return report;
  }

  /** What the run did so far, or would do. */
  public Report report() {
    Report report = reported.orElseGet(() -> kind.report(soFar(), engine, cluster, rebalancing));
    reported = Optional.of(report);
    return report;
  }

  private RunReport soFar() {
    return done.orElseGet(
        () -> new RunReport(identity.started(), environment.clock().instant(), List.of(), 0));
  }

  /**
   * Puts back what the run held, rebalancing too, and lets go of journal and lock.
   *
   * @return the code to leave with: that of a signal, unless something worse happened
   */
  public ExitCode end() {
    boolean leftOff = asked(rebalancing.end()).filter(HoldNews::isLeftOff).isPresent();
    Report report = report();
    ExitCode code =
        elsewhere.isEmpty()
            ? signals.exitCode(ExitCode.of(report.done(), leftOff))
            : ExitCode.CRITICAL;
    // Who watches may be silent, and nobody may be there to read.
    var late = environment.end().within(ProcessEnd.AFTER_RUN, code.number());
    remembered();
    on(new RunEvent.RunEnded(report.done(), code.number()));
    if (output.isJson()) {
      kind.ended(log, report, code);
    }
    ended = true;
    close();
    late.cancel(false);
    return code;
  }

  /** The same without an answer, whatever a script did. */
  @Override
  public void close() {
    if (!open) {
      return;
    }
    open = false;
    signals.close();
    longest.ifPresent(Timers.Alarm::cancel);
    if (!ended) {
      left = Connection.await(memory.journal().unfinished().otherwise(List.<JournalEntry>of()));
    }
    Connection.await(
        rebalancing
            .end()
            .transform(back -> memory.close().timeout(10, TimeUnit.SECONDS))
            .onFailure(
                kept ->
                    log.lockTroubled("the lock is left behind: " + ClusterFailure.sentence(kept)))
            .otherwiseEmpty());
    if (!ended) {
      broken();
    }
    Connection.await(engine.onLoop(observers::close));
  }

  private void broken() {
    RuntimeException why =
        Objects.requireNonNullElseGet(
            failure, () -> new IllegalStateException("the run was left before its end"));
    int code = ExitCode.of(after(why)).number();
    on(new RunEvent.RunFailed(why, code));
  }

  /** Whether those who watch it print what it did. */
  public boolean isResultPrinted() {
    return how.printsForPrograms();
  }

  /** Whether it holds its lock. */
  public boolean isOpen() {
    return open;
  }

  /** What ended it before its end; with what was open in the journal by then. */
  public RuntimeException after(RuntimeException why) {
    boolean expected = why instanceof UnfinishedResets || left.isEmpty();
    return expected ? why : OpenEntries.after(why, left);
  }

  /** Waits for a part of the run; what fails there is what those are told who watch it. */
  public <T> T asked(Future<T> part) {
    return noted(() -> Connection.await(part));
  }

  private <T> T noted(Supplier<T> part) {
    try {
      return part.get();
    } catch (RuntimeException failed) {
      failure = failed;
      throw failed;
    }
  }

  private void on(RunEvent event) {
    Connection.await(engine.onLoop(() -> observers.on(event)));
  }
}
