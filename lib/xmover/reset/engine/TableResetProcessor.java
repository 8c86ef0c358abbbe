package xmover.reset.engine;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import xmover.cluster.ClusterFailure;
import xmover.environment.Timers;
import xmover.reset.RunEvent;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.OpenEnds;
import xmover.reset.machine.ResetCommand;
import xmover.reset.machine.ResetEvent;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetMachine;
import xmover.reset.machine.ResetMachine.Step;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.ZeroAlter;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * Resets one table or partition: does what the {@link ResetMachine} decides and tells it what came
 * of it, until the reset has ended.
 */
public final class TableResetProcessor {
  /** What the look at the deadline may take. */
  private static final Duration LAST_LOOK = Duration.ofSeconds(2);

  /** What a write of the journal may take that something waits for: it counts as failed then. */
  private static final Duration WRITE = Duration.ofSeconds(10);

  /** What the commit before a restore may take. */
  private static final Duration COMMIT = Duration.ofSeconds(5);

  private static final String FAILED_LOOK = "a look that does not fail: ";
  private final ResetContext context;
  private final ResetMachine machine;
  private final RetentionLeaseMonitor monitor;
  private final Supplier<Future<Optional<String>>> gates;
  private final Promise<ResetJob> ended = Promise.promise();
  private final ResetCommand.Steps steps = new Doing();

  /** What another process left. */
  private final Optional<JournalEntry> left;

  /** Whether this process has looked at what another one left. */
  private boolean resumed;

  private ResetJob job;
  private String waitingFor = "the first look";

  /** The last entry that nothing waited for. */
  private Future<Void> recorded = Future.succeededFuture();

  /** Counts the commands, so that the result of one that was overtaken is dropped. */
  private int command;

  /** Whether this process has seen the table under the name it has. */
  private boolean wasSeen;

  private TableResetProcessor(
      ResetJob job,
      Optional<JournalEntry> left,
      ResetContext context,
      Supplier<Future<Optional<String>>> gates) {
    this.context = context;
    this.gates = gates;
    this.machine = new ResetMachine(context.policy());
    this.monitor = new RetentionLeaseMonitor(context);
    this.left = left;
    this.job = job;
  }

  /**
   * @param gates why the gates refuse the table by now; asked before a second ALTER to 0
   */
  public TableResetProcessor(
      TableRef table, ResetContext context, Supplier<Future<Optional<String>>> gates) {
    this(ResetJob.detected(table, context.timers().now()), Optional.empty(), context, gates);
  }

  /**
   * A processor that goes on with what another process began.
   *
   * @param table what this run calls it
   */
  public static TableResetProcessor resuming(
      JournalEntry entry, TableRef table, ResetContext context) {
    Instant now = context.timers().now();
    Instant deadline = context.policy().deadline(entry.since(), now);
    // It never sets a table to 0, so it has no gate to ask.
    return new TableResetProcessor(
        ResetJob.resumed(entry, table, now, deadline),
        Optional.of(entry),
        context,
        () -> Future.succeededFuture(Optional.empty()));
  }

  /** Runs the reset; the future holds the ended job and fails only on a bug. */
  public Future<ResetJob> run() {
    if (job.state() == ResetState.DETECTED) {
      on(new ResetEvent.Started());
    } else {
      publish(new RunEvent.Resuming(job));
      int issued = command;
      new ReplicaCatalogue(context.cluster(), context.timers(), context.self())
          .look(job.subject())
          .onSuccess(sighting -> resume(issued, sighting));
    }
    return ended.future();
  }

  private void resume(int issued, TableLookup sighting) {
    wasSeen = sighting instanceof TableLookup.Found;
    // Unknown: as if it were at 0 still, the next look will tell.
    boolean zero =
        !(sighting instanceof TableLookup.Missing)
            && !(sighting instanceof TableLookup.Found found && !found.shows(ReplicaSetting.ZERO));
    Optional<TableRef> named =
        sighting instanceof TableLookup.Found found ? Optional.of(found.name()) : Optional.empty();
    boolean seen = zero && named.isPresent();
    onResult(issued, new ResetEvent.Resumed(zero, seen ? ZeroAlter.SEEN : leftToLand(), named));
    resumed = true;
  }

  /** The ALTER to 0 of a process that died may be applied yet, until a look says otherwise. */
  private ZeroAlter leftToLand() {
    boolean unseen = !resumed && left.filter(JournalEntry::isZeroUnseen).isPresent();
    return unseen ? ZeroAlter.LOST : ZeroAlter.SEEN;
  }

  /** Where it stands. */
  public ResetJob job() {
    return job;
  }

  /** Starts nothing more and puts the table back at once; after the end it does nothing. */
  public void stop(String reason) {
    if (!job.state().isEnd()) {
      on(new ResetEvent.Stopped(reason, leftToLand()));
    }
  }

  private void on(ResetEvent event) {
    List<ResetCommand> commands = decide(event);
    if (!commands.isEmpty() || job.state().isEnd()) {
      int issued = ++command;
      // What a bug throws there is a failure like any other: it must not leave a table at risk.
      Future.succeededFuture()
          .compose(ready -> inTurn(commands))
          .otherwise(failure -> Optional.of(unexpected(failure)))
          .onSuccess(result -> result.ifPresent(next -> onResult(issued, next)));
    }
    if (job.state().isEnd()) {
      recorded.onComplete(written -> ended.complete(job));
    }
  }

  /** What is to be done before the command under way goes on; fails where it can't be done. */
  private Future<Void> first(ResetEvent event) {
    return inTurn(decide(event))
        .compose(
            result ->
                result.isPresent() && result.get() instanceof ResetEvent.JournalFailed failed
                    ? Future.failedFuture(failed.reason())
                    : Future.succeededFuture());
  }

  private List<ResetCommand> decide(ResetEvent event) {
    Step step = machine.on(job, event, context.timers().now());
    ResetJob before = job;
    job = step.job();
    if (!before.named().isCalled(job.named())) {
      publish(new RunEvent.Noticed(job.table(), "it is called " + job.named() + " now"));
    }
    if (before.state() != job.state()) {
      publish(new RunEvent.Transition(before, job));
    }
    return step.commands();
  }

  /** One command after the other, until something comes of one. */
  private Future<Optional<ResetEvent>> inTurn(List<ResetCommand> commands) {
    Future<Optional<ResetEvent>> result = Future.succeededFuture(Optional.empty());
    for (ResetCommand next : commands) {
      result =
          result.compose(
              event -> event.isPresent() ? Future.succeededFuture(event) : next.by(steps));
    }
    return result;
  }

  private void publish(RunEvent event) {
    context.listener().on(event);
  }

  private Future<Void> write() {
    var entry = JournalEntry.of(context.run(), job, context.timers().now());
    return context
        .timers()
        .within(WRITE, Future.succeededFuture().compose(ready -> context.journal().write(entry)));
  }

  private void onResult(int issued, ResetEvent result) {
    if (issued == command) {
      on(result);
    }
  }

  /** Does what the machine wants done. */
  private final class Doing implements ResetCommand.Steps {
    @Override
    public Future<Optional<ResetEvent>> writeAhead() {
      return write()
          .map(Optional.<ResetEvent>empty())
          .otherwise(
              failure ->
                  Optional.of(new ResetEvent.JournalFailed(ClusterFailure.sentence(failure))));
    }

    @Override
    public void writeBehind() {
      recorded =
          write()
              .onFailure(
                  failure ->
                      publish(
                          new RunEvent.JournalFailed(
                              job.table(), ClusterFailure.sentence(failure))));
    }

    /**
     * Over the connections that the restore will take: where these can't be had, nothing is
     * changed.
     */
    @Override
    public Future<ResetEvent> readSetting() {
      return new ReplicaCatalogue(context.unguarded(), context.timers(), context.self())
          .identify(job.table())
          .map(TableResetProcessor.this::read);
    }

    @Override
    public Future<ResetEvent> setZero() {
      var checks =
          new Zeroing.Checks(
              TableResetProcessor.this::stopped,
              gates,
              () -> first(new ResetEvent.ZeroPending()),
              TableResetProcessor.this::renamed,
              TableResetProcessor.this::strays);
      return new Zeroing(job.subject(), job.originalSetting(), context, checks).run();
    }

    @Override
    public Future<ResetEvent> look(ResetCommand.Look look) {
      int issued = command;
      return pause(look.after())
          .compose(
              waited ->
                  issued == command ? inTime(look.sync(), issued) : Future.future(overtaken -> {}));
    }

    @Override
    public Future<ResetEvent> restore(ResetCommand.Restore restore) {
      return committed(restore.commit()).compose(ready -> restored(restore));
    }
  }

  /** Neither a failure of the commit nor its silence holds up a restore. */
  private Future<Void> committed(boolean commit) {
    return commit
        ? context
            .timers()
            .within(COMMIT, Future.succeededFuture().compose(ready -> monitor.commit(job.named())))
            .otherwiseEmpty()
        : Future.succeededFuture();
  }

  private Future<ResetEvent> restored(ResetCommand.Restore restore) {
    return new Restoring(
            job.subject(),
            job.originalSetting(),
            job.openEnds(),
            wasSeen,
            context,
            new Restoring.Told(this::renamed, this::interim, this::strays))
        .run(restore.zero(), restore.justSeen())
        .map(this::confirmed);
  }

  /** What two processes have read, one after the other, is so, whatever CrateDB refuses. */
  private ResetEvent confirmed(ResetEvent end) {
    return end instanceof ResetEvent.RestoreSeen seen
            && left.filter(JournalEntry::isLookedAtAgain).isPresent()
        ? new ResetEvent.RestoreSeen(false, seen.interimPending())
        : end;
  }

  private void renamed(TableRef now) {
    on(new ResetEvent.Renamed(now));
  }

  private Future<Void> interim(ReplicaSetting chosen) {
    publish(
        new RunEvent.Noticed(
            job.table(),
            "CrateDB refuses to restore number_of_replicas to '%s' (cluster.max_shards_per_node): it is set to '%s' until that is lifted"
                .formatted(job.originalSetting(), chosen)));
    return first(new ResetEvent.InterimChosen(chosen));
  }

  private void strays(Optional<OpenEnds.Stray> met) {
    if (!met.equals(job.openEnds().stray())) {
      publish(new RunEvent.Noticed(job.table(), StrayCheck.message(met)));
    }
    on(new ResetEvent.StrayLooked(met));
  }

  private Optional<String> stopped() {
    return job.stopping() ? Optional.of("stopped before the ALTER left") : Optional.empty();
  }

  private ResetEvent read(TableLookup sighting) {
    if (sighting instanceof TableLookup.Found found) {
      wasSeen = true;
      return new ResetEvent.SettingRead(found.setting(), found.primaries(), found.identity());
    }
    return sighting instanceof TableLookup.Missing
        ? new ResetEvent.TableGone()
        : new ResetEvent.ReadFailed(sighting.reason());
  }

  /** A look that hangs must not outlast the time that the table may be without replicas. */
  private Future<ResetEvent> inTime(boolean sync, int issued) {
    Duration left = Duration.between(context.timers().now(), job.deadline());
    Timers.Alarm alarm =
        context
            .timers()
            .alarm(
                left.compareTo(LAST_LOOK) > 0 ? left : LAST_LOOK,
                () -> onResult(issued, new ResetEvent.TimeUp(waitingFor)));
    return look(sync).onComplete(looked -> alarm.cancel());
  }

  private Future<ResetEvent> look(boolean sync) {
    return (sync ? monitor.sync(job.named()) : Future.<Void>succeededFuture())
        .compose(synced -> monitor.look(job.subject(), job.primaries()))
        .onSuccess(this::looked);
  }

  private Future<Void> pause(Duration delay) {
    if (delay.isZero()) {
      return Future.succeededFuture();
    }
    int attempts = context.policy().attempts(job.primaries());
    publish(
        new RunEvent.LeasesAwaited(
            job, job.looks(), Math.max(attempts, job.looks()), delay, waitingFor));
    return context.timers().after(delay);
  }

  private void looked(ResetEvent seen) {
    if (seen instanceof ResetEvent.LeasesRead read) {
      wasSeen = true;
      waitingFor = read.reading().waitingFor().orElse("nothing");
      publish(new RunEvent.LeasesLookedAt(job, read.reading()));
    } else if (seen instanceof ResetEvent.LookFailed failed) {
      waitingFor = FAILED_LOOK + failed.reason();
    }
  }

  /** A failure becomes what it means where the reset stands: at risk, it never ends it. */
  private ResetEvent unexpected(Throwable failure) {
    String reason = ClusterFailure.sentence(failure);
    return switch (job.state()) {
      case SETTING_REPLICAS_ZERO -> new ResetEvent.ZeroFailed(reason, ZeroAlter.LOST);
      case MONITORING_LEASES -> lookFailed(reason);
      case RESTORING_REPLICAS ->
          new ResetEvent.RestoreFailed(
              reason, "", job.openEnds().interim(), true, job.openEnds().missingSince());
      case DETECTED, COMPLETED, FAILED -> new ResetEvent.ReadFailed(reason);
    };
  }

  private ResetEvent lookFailed(String reason) {
    waitingFor = FAILED_LOOK + reason;
    return new ResetEvent.LookFailed(reason);
  }
}
