package xmover.reset.machine;

import static xmover.reset.machine.ResetModel.ELSEWHERE;
import static xmover.reset.machine.ResetModel.INTERIM;
import static xmover.reset.machine.ResetModel.MACHINE;
import static xmover.reset.machine.ResetModel.MET;
import static xmover.reset.machine.ResetModel.NOW;
import static xmover.reset.machine.ResetModel.ORIGINAL;
import static xmover.reset.machine.ResetModel.RUN;
import static xmover.reset.machine.ResetModel.UNREAD;
import static xmover.reset.machine.ResetModel.WHO;
import static xmover.reset.machine.ResetModel.isOfOthers;
import static xmover.reset.machine.ResetModel.state;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.reset.machine.ModelWorld.Setting;
import xmover.reset.machine.ResetFailure.Cause;
import xmover.reset.machine.ResetMachine.Step;
import xmover.reset.machine.ResetModel.Live;
import xmover.reset.machine.ResetModel.State;
import xmover.table.LeaseReading;

/** What may come of a command in the model: every answer there is, every place to die. */
final class ModelOutcomes {
  private final List<State> next;
  private final Live live;
  private final ModelWorld world;

  ModelOutcomes(List<State> next, Live live, ModelWorld world) {
    this.next = next;
    this.live = live;
    this.world = world;
  }

  private JournalEntry entry(ResetJob job) {
    return JournalEntry.of(RUN, job, NOW);
  }

  /** What the journal has before the command at the end of the list is done. */
  private ModelWorld writtenAhead(List<ResetCommand> commands, ResetJob job, ModelWorld there) {
    return commands.stream().anyMatch(ResetCommand.WriteAhead.class::isInstance)
        ? there.written(entry(job))
        : there;
  }

  private ModelWorld writtenAhead(ResetEvent event, ModelWorld there) {
    Step step = MACHINE.on(live.job(), event, NOW);
    return writtenAhead(step.commands(), step.job(), there);
  }

  private void dies(ModelWorld there) {
    next.add(new State(Optional.empty(), there));
  }

  /** The machine is told one thing after the other; what the last leads to is done next. */
  private void told(ModelWorld there, ResetEvent... events) {
    ResetJob job = live.job();
    List<ResetCommand> commands = live.commands();
    for (ResetEvent event : events) {
      Step step = MACHINE.on(job, event, NOW);
      job = step.job();
      commands = step.commands();
    }
    next.add(state(job, commands, there, live.again()));
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
    ModelWorld written = writtenAhead(live.commands(), live.job(), world);
    if (live.has(ResetCommand.WriteAhead.class)) {
      told(world, new ResetEvent.JournalFailed("journal"));
    }
    dies(written);
    told(written, new ResetEvent.ZeroFailed("down", ZeroAlter.NEVER_LEFT));
    told(written, new ResetEvent.ZeroFailed("no", ZeroAlter.REFUSED));
    if (world.setting() == Setting.GONE) {
      return;
    }
    ModelWorld zero = written.at(Setting.ZERO);
    dies(zero);
    told(zero, new ResetEvent.ZeroSeen(ZeroAlter.SEEN));
    told(zero, new ResetEvent.ZeroFailed("no", ZeroAlter.REFUSED));
    told(zero, new ResetEvent.ZeroFailed("unread", ZeroAlter.LOST));
    ModelWorld late = written.inFlight(true, world.interimInFlight());
    dies(late);
    told(late, new ResetEvent.ZeroFailed("unseen", ZeroAlter.LOST));
    again(late);
    if (!world.moved()) {
      met(written.stray(true));
    }
  }

  /** Before the next ALTER leaves, the journal has it that this one may come. */
  private void again(ModelWorld late) {
    var pending = new ResetEvent.ZeroPending();
    told(late, pending, new ResetEvent.ZeroFailed("journal", ZeroAlter.LOST));
    ModelWorld zero = writtenAhead(pending, late).at(Setting.ZERO);
    dies(zero);
    told(zero, pending, new ResetEvent.ZeroSeen(ZeroAlter.LOST));
  }

  private void met(ModelWorld stray) {
    var failed = new ResetEvent.ZeroFailed("it shows 2", ZeroAlter.LOST);
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
    List<ModelWorld> worlds =
        live.has(ResetCommand.WriteBehind.class)
            ? List.of(world, world.written(entry(live.job())))
            : List.of(world);
    for (ModelWorld there : worlds) {
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
    return new LeaseReading(1, List.of(new LeaseReading.Shard(0, "a", "STARTED", leases(foreign))));
  }

  private static List<String> leases(List<String> foreign) {
    List<String> all = new ArrayList<>(List.of("peer recovery"));
    all.addAll(foreign);
    return all;
  }

  void restore(ResetCommand.Restore command) {
    List<ModelWorld> worlds =
        live.has(ResetCommand.WriteBehind.class)
            ? List.of(world, world.written(entry(live.job())))
            : List.of(world);
    for (ModelWorld there : worlds) {
      dies(there);
      unread(there, command.zero());
      if (there.setting() == Setting.GONE) {
        seen(there, command.zero(), new ResetEvent.TableGone());
        told(there, failed(Optional.of(NOW)));
      } else if (isOfOthers(there, live.job())) {
        seen(there, command.zero(), new ResetEvent.ChangedByOthers("3"));
      } else if (there.setting() == Setting.ORIGINAL && !command.zero().mayHaveBeenApplied()) {
        seen(there, command.zero(), new ResetEvent.NeverChanged());
      } else {
        alter(there, command.zero());
      }
    }
  }

  private ResetEvent failed(Optional<Instant> missing) {
    return new ResetEvent.RestoreFailed("no", "", live.job().openEnds().interim(), false, missing);
  }

  private void unread(ModelWorld there, ZeroAlter zero) {
    told(
        there,
        zero == ZeroAlter.NEVER_LEFT ? new ResetEvent.NothingSent() : failed(Optional.empty()));
    if (zero.mayHaveBeenApplied() && !isOfOthers(there, live.job())) {
      told(there.at(Setting.ORIGINAL), failed(Optional.empty()));
    }
  }

  private void alter(ModelWorld there, ZeroAlter zero) {
    ModelWorld back = there.at(Setting.ORIGINAL);
    dies(back);
    seen(back, zero, new ResetEvent.RestoreSeen(false, false));
    if (!live.again()) {
      seen(back, zero, new ResetEvent.RestoreSeen(true, false));
      // What was read is old.
      seen(there, zero, new ResetEvent.RestoreSeen(true, false));
    }
    if (there.setting() == Setting.ZERO) {
      limited(there);
    }
  }

  /** The limit of shards refuses the original setting. */
  private void limited(ModelWorld there) {
    var chosen = new ResetEvent.InterimChosen(INTERIM);
    var failed =
        new ResetEvent.RestoreFailed("limit", "", Optional.of(INTERIM), false, Optional.empty());
    var unseen =
        new ResetEvent.RestoreFailed("limit", "", Optional.of(INTERIM), true, Optional.empty());
    ModelWorld written = writtenAhead(chosen, there);
    ModelWorld applied = written.at(Setting.INTERIM);
    ModelWorld late = written.inFlight(there.zeroInFlight(), true);
    for (ModelWorld after : List.of(written, applied, late)) {
      dies(after);
      told(after, chosen, after.equals(late) ? unseen : failed);
    }
    told(applied.at(Setting.ORIGINAL), chosen, new ResetEvent.RestoreSeen(false, false));
    told(late.at(Setting.ORIGINAL), chosen, new ResetEvent.RestoreSeen(false, true));
    told(there, failed(Optional.empty()));
  }

  /** Before the end it looks whether another table was met. */
  private void seen(ModelWorld there, ZeroAlter zero, ResetEvent end) {
    Optional<OpenEnds.Stray> known = live.job().openEnds().stray();
    boolean may = live.job().openEnds().late() || zero == ZeroAlter.REFUSED;
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
