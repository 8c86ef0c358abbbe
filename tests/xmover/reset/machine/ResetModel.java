package xmover.reset.machine;

import static xmover.reset.machine.ResetMachine.Step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.reset.machine.ModelWorld.Setting;
import xmover.table.IndexUuid;
import xmover.table.LeaseReading;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/**
 * One table, whoever resets it and dies, and a cluster and others that do what they may: from a
 * state every state that may follow. What decides is the machine itself and the journal's entries;
 * what it tells others to do is done here in one step, with every outcome there is.
 */
final class ResetModel {
  static final TableRef T = TableRef.of("doc", "t");
  static final TableRef ELSEWHERE = TableRef.of("doc", "t_old");
  static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
  static final ReplicaSetting ORIGINAL = new ReplicaSetting("2");
  static final ReplicaSetting INTERIM = new ReplicaSetting("0-1");
  static final Optional<TableIdentity> WHO =
      Optional.of(new TableIdentity("cluster", new IndexUuid("ours")));
  static final OpenEnds.Stray MET = new OpenEnds.Stray(T, Optional.of(new IndexUuid("other")));
  static final OpenEnds.Stray UNREAD = new OpenEnds.Stray(T, Optional.empty());
  static final RunIdentity RUN = new RunIdentity("run", "ops", "laptop", NOW);
  static final ResetMachine MACHINE =
      new ResetMachine(
          new ResetPolicy(
              Duration.ofSeconds(720), Optional.empty(), Backoff.Ladder.HANDBOOK, true));

  /** How many processes there are at most, and how often others interfere. */
  private final int runs;

  private final int interferences;

  ResetModel(int runs, int interferences) {
    this.runs = runs;
    this.interferences = interferences;
  }

  /**
   * A process.
   *
   * @param again whether it looks at what was kept for another look alone
   */
  record Live(ResetJob job, List<ResetCommand> commands, boolean again) {
    /** What comes after the journal was written, if it was to be. */
    ResetCommand action() {
      return commands.get(commands.size() - 1);
    }

    boolean has(Class<? extends ResetCommand> kind) {
      return commands.stream().anyMatch(kind::isInstance);
    }
  }

  record State(Optional<Live> live, ModelWorld world) {}

  State first() {
    Step step = MACHINE.on(ResetJob.detected(T, NOW), new ResetEvent.Started(), NOW);
    var world =
        new ModelWorld(Setting.ORIGINAL, false, false, false, false, false, Optional.empty(), 1, 0);
    return new State(Optional.of(new Live(step.job(), step.commands(), false)), world);
  }

  /** Every state that may follow. */
  List<State> next(State state) {
    List<State> next = new ArrayList<>();
    ModelWorld world = state.world();
    if (world.zeroInFlight() && mayLand(state)) {
      next.add(new State(state.live(), world.landed(Setting.ZERO, false, world.interimInFlight())));
    }
    if (world.interimInFlight() && mayLand(state)) {
      next.add(new State(state.live(), world.landed(Setting.INTERIM, world.zeroInFlight(), false)));
    }
    if (world.interferences() < interferences) {
      ModelWorld others = world.counting(world.runs(), world.interferences() + 1);
      next.add(new State(state.live(), others.at(Setting.OTHER)));
      next.add(new State(state.live(), others.at(Setting.GONE)));
      if (world.stray()) {
        next.add(new State(state.live(), others.stray(false)));
      }
    }
    if (state.live().isPresent()) {
      next.add(new State(Optional.empty(), world)); // It dies.
      lives(next, state.live().get(), world);
    } else if (world.isOpen() && world.runs() < runs) {
      resumed(next, world);
    }
    return next;
  }

  /** What two processes have looked for, one after the other, does not come any more. */
  private static boolean mayLand(State state) {
    return state
        .live()
        .filter(live -> state.world().looked() && live.job().state().isEnd())
        .isEmpty();
  }

  /** One that is told nothing wrong from here on: what a later resume makes of it. */
  ModelWorld healed(ModelWorld world) {
    ModelWorld calm = world.inFlight(false, false).counting(0, Integer.MAX_VALUE);
    for (int i = 0; i < 3 && calm.isOpen(); i++) {
      JournalEntry entry = calm.journal().orElseThrow();
      ResetJob job = resuming(entry);
      calm = done(calm, job, entry.isZeroUnseen(), i > 0);
    }
    return calm;
  }

  private ModelWorld done(ModelWorld world, ResetJob begun, boolean unseen, boolean strayBack) {
    boolean zero = world.setting() == Setting.ZERO;
    ModelWorld now = strayBack ? world.stray(false) : world;
    Step step =
        MACHINE.on(begun, new ResetEvent.Resumed(zero, alter(unseen && !zero), name(now)), NOW);
    if (step.job().state() == ResetState.MONITORING_LEASES) {
      step = MACHINE.on(step.job(), new ResetEvent.LeasesRead(new LeaseReading(1, List.of())), NOW);
      step = MACHINE.on(step.job(), new ResetEvent.TimeUp("leases"), NOW);
    }
    ResetJob looked = looked(step.job(), now);
    ResetEvent end =
        now.setting() == Setting.GONE
            ? new ResetEvent.TableGone()
            : isOfOthers(now, looked)
                ? new ResetEvent.ChangedByOthers("3")
                : new ResetEvent.RestoreSeen(false, false);
    ModelWorld after =
        now.setting() == Setting.ZERO
                || (now.setting() == Setting.INTERIM && !isOfOthers(now, looked))
            ? now.at(Setting.ORIGINAL)
            : now;
    return after.written(JournalEntry.of(RUN, MACHINE.on(looked, end, NOW).job(), NOW));
  }

  /** Nobody knows an interim setting again that is not in the journal. */
  static boolean isOfOthers(ModelWorld world, ResetJob job) {
    boolean unknown = job.openEnds().interim().isEmpty();
    return world.setting() == Setting.OTHER || (world.setting() == Setting.INTERIM && unknown);
  }

  private static ResetJob looked(ResetJob job, ModelWorld world) {
    return world.moved() || job.openEnds().stray().isPresent()
        ? MACHINE
            .on(
                job,
                new ResetEvent.StrayLooked(world.stray() ? Optional.of(MET) : Optional.empty()),
                NOW)
            .job()
        : job;
  }

  private static ResetJob resuming(JournalEntry entry) {
    return ResetJob.resumed(entry, T, NOW, NOW.plusSeconds(720));
  }

  private static ZeroAlter alter(boolean unseen) {
    return unseen ? ZeroAlter.LOST : ZeroAlter.SEEN;
  }

  private static Optional<TableRef> name(ModelWorld world) {
    return Optional.of(world.moved() ? ELSEWHERE : T);
  }

  private void resumed(List<State> next, ModelWorld world) {
    JournalEntry entry = world.journal().orElseThrow();
    ModelWorld begun = world.counting(world.runs() + 1, world.interferences());
    ResetJob job = resuming(entry);
    boolean zero = world.setting() == Setting.ZERO;
    boolean unseen = entry.isZeroUnseen();
    boolean again = entry.isLookedAtAgain();
    if (job.state() == ResetState.MONITORING_LEASES) {
      // A signal may come before the first look is answered.
      add(next, job, new ResetEvent.Stopped("SIGTERM", alter(unseen)), begun, again);
    }
    add(next, job, new ResetEvent.Resumed(true, alter(unseen), Optional.empty()), begun, again);
    if (world.setting() != Setting.GONE) {
      add(
          next,
          job,
          new ResetEvent.Resumed(zero, alter(unseen && !zero), name(world)),
          begun,
          again);
    } else {
      add(next, job, new ResetEvent.Resumed(false, alter(unseen), Optional.empty()), begun, again);
    }
    // The same, put back at once.
    for (boolean looked : List.of(true, false)) {
      JournalEntry back = entry.restoring(looked && zero);
      boolean pending = back.isZeroUnseen() && !zero;
      add(
          next,
          resuming(back),
          new ResetEvent.Resumed(zero, alter(pending), name(world)),
          begun,
          again);
    }
  }

  private void lives(List<State> next, Live live, ModelWorld world) {
    if (live.job().state().isEnd()) {
      ended(next, live, world);
      return;
    }
    Step stopped = MACHINE.on(live.job(), new ResetEvent.Stopped("SIGTERM"), NOW);
    if (!stopped.job().equals(live.job())) {
      boolean goesOn = stopped.commands().isEmpty() && !stopped.job().state().isEnd();
      next.add(
          state(stopped.job(), goesOn ? live.commands() : stopped.commands(), world, live.again()));
    }
    var outcomes = new ModelOutcomes(next, live, world);
    if (live.action() instanceof ResetCommand.ReadSetting) {
      outcomes.readSetting();
    } else if (live.action() instanceof ResetCommand.SetZero) {
      outcomes.setZero();
    } else if (live.action() instanceof ResetCommand.Look) {
      outcomes.look();
    } else if (live.action() instanceof ResetCommand.Restore restore) {
      outcomes.restore(restore);
    }
  }

  /** Its last entry is written, or can't be. */
  private static void ended(List<State> next, Live live, ModelWorld world) {
    ModelWorld after = world.looked() ? world.inFlight(false, false) : world.lookedAt();
    next.add(new State(Optional.empty(), after));
    if (live.has(ResetCommand.WriteBehind.class)) {
      next.add(new State(Optional.empty(), after.written(JournalEntry.of(RUN, live.job(), NOW))));
    }
  }

  private void add(
      List<State> next, ResetJob job, ResetEvent event, ModelWorld world, boolean again) {
    Step step = MACHINE.on(job, event, NOW);
    next.add(state(step.job(), step.commands(), world, again));
  }

  static State state(ResetJob job, List<ResetCommand> commands, ModelWorld world, boolean again) {
    return new State(Optional.of(new Live(plain(job), commands, again)), world);
  }

  /** Without what decides nothing: how often it has looked, and what a failure says. */
  private static ResetJob plain(ResetJob job) {
    ResetFailure failure = job.failure();
    return new ResetJob(
        job.subject(),
        job.state(),
        job.before(),
        job.times(),
        new ResetJob.Leases(Math.min(job.looks(), 1), 0),
        job.stopping(),
        new ResetJob.End(
            failure == null ? null : new ResetFailure(failure.cause(), ""),
            job.restore(),
            job.openEnds()));
  }
}
