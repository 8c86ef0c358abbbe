package xmover.reset;

import static xmover.reset.ResetMachine.Step;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.reset.ResetFailure.Cause;
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
  private static final TableRef ELSEWHERE = TableRef.of("doc", "t_old");
  private static final Instant NOW = Instant.parse("2024-01-15T10:30:00Z");
  private static final ReplicaSetting ORIGINAL = new ReplicaSetting("2");
  private static final ReplicaSetting INTERIM = new ReplicaSetting("0-1");
  private static final Optional<TableIdentity> WHO =
      Optional.of(new TableIdentity("cluster", new IndexUuid("ours")));
  private static final OpenEnds.Stray MET =
      new OpenEnds.Stray(T, Optional.of(new IndexUuid("other")));
  private static final OpenEnds.Stray UNREAD = new OpenEnds.Stray(T, Optional.empty());
  private static final RunIdentity RUN = new RunIdentity("run", "ops", "laptop", NOW);
  private static final ResetMachine MACHINE =
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

  /** What number_of_replicas is. */
  enum Setting {
    ORIGINAL,
    ZERO,
    INTERIM,
    OTHER,
    GONE
  }

  /**
   * All there is outside of a process.
   *
   * @param zeroInFlight whether an ALTER to 0 that nobody has seen may be applied later
   * @param looked whether a process has looked since, and ended
   * @param stray whether another table is at 0 because an ALTER met it
   * @param moved whether the table has another name than at the beginning
   */
  record World(
      Setting setting,
      boolean zeroInFlight,
      boolean interimInFlight,
      boolean looked,
      boolean stray,
      boolean moved,
      Optional<JournalEntry> journal,
      int runs,
      int interferences) {
    World at(Setting now) {
      return setting == Setting.GONE
          ? this
          : new World(
              now,
              zeroInFlight,
              interimInFlight,
              looked,
              stray,
              moved,
              journal,
              runs,
              interferences);
    }

    World inFlight(boolean zero, boolean interim) {
      return new World(setting, zero, interim, false, stray, moved, journal, runs, interferences);
    }

    /** What was under way has come. */
    World landed(Setting as, boolean zero, boolean interim) {
      World now = at(as).inFlight(zero, interim);
      return looked ? now.lookedAt() : now;
    }

    World lookedAt() {
      boolean inFlight = zeroInFlight || interimInFlight;
      return new World(
          setting,
          zeroInFlight,
          interimInFlight,
          inFlight,
          stray,
          moved,
          journal,
          runs,
          interferences);
    }

    World stray(boolean atZero) {
      return new World(
          setting,
          zeroInFlight,
          interimInFlight,
          looked,
          atZero,
          moved || atZero,
          journal,
          runs,
          interferences);
    }

    World written(JournalEntry entry) {
      return new World(
          setting,
          zeroInFlight,
          interimInFlight,
          looked,
          stray,
          moved,
          Optional.of(entry),
          runs,
          interferences);
    }

    World counting(int begun, int interfered) {
      return new World(
          setting, zeroInFlight, interimInFlight, looked, stray, moved, journal, begun, interfered);
    }

    boolean isOpen() {
      return journal.filter(entry -> !entry.isSettled()).isPresent();
    }
  }

  /** A process. */
  record Live(ResetJob job, ResetCommand command) {}

  record State(Optional<Live> live, World world) {}

  State first() {
    Step step = MACHINE.on(ResetJob.detected(T, NOW), new ResetEvent.Started(), NOW);
    var world =
        new World(Setting.ORIGINAL, false, false, false, false, false, Optional.empty(), 1, 0);
    return new State(Optional.of(new Live(step.job(), step.command())), world);
  }

  /** Every state that may follow. */
  List<State> next(State state) {
    List<State> next = new ArrayList<>();
    World world = state.world();
    if (world.zeroInFlight() && mayLand(state)) {
      next.add(new State(state.live(), world.landed(Setting.ZERO, false, world.interimInFlight())));
    }
    if (world.interimInFlight() && mayLand(state)) {
      next.add(new State(state.live(), world.landed(Setting.INTERIM, world.zeroInFlight(), false)));
    }
    if (world.interferences() < interferences) {
      World others = world.counting(world.runs(), world.interferences() + 1);
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
  World healed(World world) {
    World calm = world.inFlight(false, false).counting(0, Integer.MAX_VALUE);
    for (int i = 0; i < 3 && calm.isOpen(); i++) {
      JournalEntry entry = calm.journal().orElseThrow();
      ResetJob job = resuming(entry);
      calm = done(calm, job, entry.isZeroUnseen(), i > 0);
    }
    return calm;
  }

  private World done(World world, ResetJob begun, boolean unseen, boolean strayBack) {
    boolean zero = world.setting() == Setting.ZERO;
    World now = strayBack ? world.stray(false) : world;
    Step step = MACHINE.on(begun, new ResetEvent.Resumed(zero, unseen && !zero, name(now)), NOW);
    if (step.command() instanceof ResetCommand.Look) {
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
    World after =
        now.setting() == Setting.ZERO
                || (now.setting() == Setting.INTERIM && !isOfOthers(now, looked))
            ? now.at(Setting.ORIGINAL)
            : now;
    return after.written(JournalEntry.of(RUN, MACHINE.on(looked, end, NOW).job(), NOW));
  }

  /** Nobody knows an interim setting again that is not in the journal. */
  private static boolean isOfOthers(World world, ResetJob job) {
    boolean unknown = job.openEnds().interim().isEmpty();
    return world.setting() == Setting.OTHER || (world.setting() == Setting.INTERIM && unknown);
  }

  private static ResetJob looked(ResetJob job, World world) {
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

  private static Optional<TableRef> name(World world) {
    return Optional.of(world.moved() ? ELSEWHERE : T);
  }

  private void resumed(List<State> next, World world) {
    JournalEntry entry = world.journal().orElseThrow();
    World begun = world.counting(world.runs() + 1, world.interferences());
    ResetJob job = resuming(entry);
    boolean zero = world.setting() == Setting.ZERO;
    boolean unseen = entry.isZeroUnseen();
    add(next, job, new ResetEvent.Resumed(true, unseen, Optional.empty()), begun);
    if (world.setting() != Setting.GONE) {
      add(next, job, new ResetEvent.Resumed(zero, unseen && !zero, name(world)), begun);
    } else {
      add(next, job, new ResetEvent.Resumed(false, unseen, Optional.empty()), begun);
    }
    // The same, put back at once.
    ResetJob back = resuming(entry.restoring());
    add(next, back, new ResetEvent.Resumed(zero, unseen && !zero, name(world)), begun);
  }

  private void lives(List<State> next, Live live, World world) {
    if (live.job().state().isEnd()) {
      ended(next, live, world);
      return;
    }
    Step stopped = MACHINE.on(live.job(), new ResetEvent.Stopped("SIGTERM"), NOW);
    if (!stopped.job().equals(live.job())) {
      boolean goesOn =
          stopped.command() instanceof ResetCommand.Nothing && !stopped.job().state().isEnd();
      next.add(state(stopped.job(), goesOn ? live.command() : stopped.command(), world));
    }
    var outcomes = new Outcomes(next, live, world);
    if (live.command() instanceof ResetCommand.ReadSetting) {
      outcomes.readSetting();
    } else if (live.command() instanceof ResetCommand.SetZero) {
      outcomes.setZero();
    } else if (live.command() instanceof ResetCommand.Look) {
      outcomes.look();
    } else if (live.command() instanceof ResetCommand.Restore restore) {
      outcomes.restore(restore);
    }
  }

  /** Its last entry is written, or can't be. */
  private static void ended(List<State> next, Live live, World world) {
    World after = world.looked() ? world.inFlight(false, false) : world.lookedAt();
    next.add(new State(Optional.empty(), after));
    if (live.job().original() != null) {
      next.add(new State(Optional.empty(), after.written(JournalEntry.of(RUN, live.job(), NOW))));
    }
  }

  private void add(List<State> next, ResetJob job, ResetEvent event, World world) {
    Step step = MACHINE.on(job, event, NOW);
    next.add(state(step.job(), step.command(), world));
  }

  private static State state(ResetJob job, ResetCommand command, World world) {
    return new State(Optional.of(new Live(plain(job), command)), world);
  }

  /** Without what decides nothing: how often it has looked, and what a failure says. */
  private static ResetJob plain(ResetJob job) {
    ResetFailure failure = job.failure();
    return new ResetJob(
        job.subject(),
        job.state(),
        job.original(),
        job.primaries(),
        job.times(),
        Math.min(job.looks(), 1),
        0,
        failure == null ? null : new ResetFailure(failure.cause(), ""),
        job.restore(),
        job.openEnds());
  }

  /** What may come of a command. */
  private static final class Outcomes {
    private final List<State> next;
    private final Live live;
    private final World world;

    Outcomes(List<State> next, Live live, World world) {
      this.next = next;
      this.live = live;
      this.world = world;
    }

    private JournalEntry entry(ResetJob job) {
      return JournalEntry.of(RUN, job, NOW);
    }

    private void dies(World there) {
      next.add(new State(Optional.empty(), there));
    }

    /** The machine is told one thing after the other; what the last leads to is done next. */
    private void told(World there, ResetEvent... events) {
      ResetJob job = live.job();
      ResetCommand command = live.command();
      for (ResetEvent event : events) {
        Step step = MACHINE.on(job, event, NOW);
        job = step.job();
        command = step.command();
      }
      next.add(state(job, command, there));
    }

    void readSetting() {
      told(world, new ResetEvent.ReadFailed("down"));
      if (world.setting() == Setting.GONE) {
        told(world, new ResetEvent.TableGone());
      } else {
        var read = new ResetEvent.SettingRead(Optional.of(ORIGINAL), 1, WHO);
        told(world.at(Setting.ORIGINAL), read);
      }
    }

    void setZero() {
      told(world, new ResetEvent.ZeroFailed("journal", Sent.NOTHING, false));
      World written = world.written(entry(live.job()));
      dies(written);
      told(written, new ResetEvent.ZeroFailed("down", Sent.NOTHING, false));
      told(written, new ResetEvent.ZeroFailed("no", Sent.REFUSED, false));
      if (world.setting() == Setting.GONE) {
        return;
      }
      World zero = written.at(Setting.ZERO);
      dies(zero);
      told(zero, new ResetEvent.ZeroSeen(false));
      told(zero, new ResetEvent.ZeroFailed("no", Sent.REFUSED, false));
      told(zero, new ResetEvent.ZeroFailed("unread", Sent.MAYBE_APPLIED, true));
      World late = written.inFlight(true, world.interimInFlight());
      dies(late);
      told(late, new ResetEvent.ZeroFailed("unseen", Sent.MAYBE_APPLIED, true));
      again(late);
      if (!world.moved()) {
        met(written.stray(true));
      }
    }

    /** Before the next ALTER leaves, the journal has it that this one may come. */
    private void again(World late) {
      var pending = new ResetEvent.ZeroPending();
      told(late, pending, new ResetEvent.ZeroFailed("journal", Sent.MAYBE_APPLIED, true));
      World zero = late.written(entry(MACHINE.on(live.job(), pending, NOW).job())).at(Setting.ZERO);
      dies(zero);
      told(zero, pending, new ResetEvent.ZeroSeen(true));
    }

    private void met(World stray) {
      var failed = new ResetEvent.ZeroFailed("it shows 2", Sent.MAYBE_APPLIED, true);
      dies(stray);
      told(stray, failed);
      for (OpenEnds.Stray seen : List.of(MET, UNREAD)) {
        told(
            stray,
            new ResetEvent.Renamed(ELSEWHERE),
            new ResetEvent.StrayLooked(Optional.of(seen)),
            failed);
      }
    }

    void look() {
      List<World> worlds =
          live.job().looks() == 0
              ? List.of(world, world.written(entry(live.job())))
              : List.of(world);
      for (World there : worlds) {
        dies(there);
        told(there, new ResetEvent.LookFailed("down"));
        told(there, new ResetEvent.TimeUp("leases"));
        switch (there.setting()) {
          case ZERO -> {
            told(there, new ResetEvent.LeasesRead(reading(List.of())));
            told(there, new ResetEvent.LeasesRead(reading(List.of("a dropped copy"))));
          }
          case GONE -> told(there, new ResetEvent.Disturbed(Cause.LEASES_TIMED_OUT, "gone"));
          case ORIGINAL, INTERIM, OTHER ->
              told(there, new ResetEvent.Disturbed(Cause.CHANGED_BY_OTHERS, "set"));
        }
      }
    }

    private static LeaseReading reading(List<String> foreign) {
      return new LeaseReading(
          1, List.of(new LeaseReading.Shard(0, "a", "STARTED", leases(foreign))));
    }

    private static List<String> leases(List<String> foreign) {
      List<String> all = new ArrayList<>(List.of("peer recovery"));
      all.addAll(foreign);
      return all;
    }

    void restore(ResetCommand.Restore command) {
      for (World there : List.of(world, world.written(entry(live.job())))) {
        dies(there);
        unread(there, command.sent());
        if (there.setting() == Setting.GONE) {
          seen(there, command.sent(), new ResetEvent.TableGone());
          told(there, failed(Optional.of(NOW)));
        } else if (isOfOthers(there, live.job())) {
          seen(there, command.sent(), new ResetEvent.ChangedByOthers("3"));
        } else if (there.setting() == Setting.ORIGINAL && command.sent() != Sent.MAYBE_APPLIED) {
          seen(there, command.sent(), new ResetEvent.NeverChanged());
        } else {
          alter(there, command.sent());
        }
      }
    }

    private ResetEvent failed(Optional<Instant> missing) {
      return new ResetEvent.RestoreFailed(
          "no", "", live.job().openEnds().interim(), false, missing);
    }

    private void unread(World there, Sent sent) {
      told(there, sent == Sent.NOTHING ? new ResetEvent.NothingSent() : failed(Optional.empty()));
      if (sent == Sent.MAYBE_APPLIED && !isOfOthers(there, live.job())) {
        told(there.at(Setting.ORIGINAL), failed(Optional.empty()));
      }
    }

    private void alter(World there, Sent sent) {
      World back = there.at(Setting.ORIGINAL);
      dies(back);
      seen(back, sent, new ResetEvent.RestoreSeen(false, false));
      seen(back, sent, new ResetEvent.RestoreSeen(true, false));
      // What was read is old.
      seen(there, sent, new ResetEvent.RestoreSeen(true, false));
      if (there.setting() == Setting.ZERO) {
        limited(there, sent);
      }
    }

    /** The limit of shards refuses the original setting. */
    private void limited(World there, Sent sent) {
      var chosen = new ResetEvent.InterimChosen(INTERIM);
      ResetJob job = MACHINE.on(live.job(), chosen, NOW).job();
      var failed =
          new ResetEvent.RestoreFailed("limit", "", Optional.of(INTERIM), false, Optional.empty());
      var unseen =
          new ResetEvent.RestoreFailed("limit", "", Optional.of(INTERIM), true, Optional.empty());
      World written = there.written(entry(job));
      World applied = written.at(Setting.INTERIM);
      World late = written.inFlight(there.zeroInFlight(), true);
      for (World after : List.of(written, applied, late)) {
        dies(after);
        told(after, chosen, after.equals(late) ? unseen : failed);
      }
      told(applied.at(Setting.ORIGINAL), chosen, new ResetEvent.RestoreSeen(false, false));
      told(late.at(Setting.ORIGINAL), chosen, new ResetEvent.RestoreSeen(false, true));
      told(there, failed(Optional.empty()));
    }

    /** Before the end it looks whether another table was met. */
    private void seen(World there, Sent sent, ResetEvent end) {
      Optional<OpenEnds.Stray> known = live.job().openEnds().stray();
      boolean may = live.job().openEnds().late() || sent == Sent.REFUSED;
      if (known.isEmpty() && !(may && there.moved())) {
        told(there, end);
        return;
      }
      var named = new ResetEvent.Renamed(ELSEWHERE);
      Optional<OpenEnds.Stray> truth = there.stray() ? Optional.of(MET) : Optional.empty();
      told(there, named, new ResetEvent.StrayLooked(truth), end);
      told(there, named, new ResetEvent.StrayLooked(Optional.of(known.orElse(UNREAD))), end);
    }
  }
}
