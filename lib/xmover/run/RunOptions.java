package xmover.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import xmover.cluster.connection.InvalidSettings;
import xmover.detect.ClusterIdentity;
import xmover.detect.CrateVersion;
import xmover.gates.ExposureLimits;
import xmover.gates.IgnoredGates;
import xmover.gates.RecurrenceGate;
import xmover.gates.SafetyGate;
import xmover.gates.view.View;
import xmover.remedy.RemedyPolicy;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.reset.ResetHistory;
import xmover.reset.RunLimits;
import xmover.reset.RunListener;
import xmover.reset.machine.Backoff;
import xmover.reset.machine.ResetPolicy;
import xmover.table.Bytes;
import xmover.table.Finding;

/**
 * How a run goes about it. It never changes: each method answers another one, with that option set.
 * What makes no sense is refused here, in the words of the option.
 */
public final class RunOptions implements Cloneable {
  /** As the commands have it when nothing is typed: the handbook's reset, one table at a time. */
  public static final RunOptions DEFAULT = new RunOptions();

  private RemedyPolicy remedy = RemedyPolicy.RESET;
  private Duration maxWait = Duration.ofSeconds(720);
  private Optional<Duration> maxExposure = Optional.empty();
  private Function<Duration, Backoff> backoff = interval -> Backoff.Ladder.HANDBOOK;
  private boolean leaseSync = true;
  private boolean holdRebalance;
  private Optional<Duration> maxRuntime = Optional.empty();
  private RunLimits limits = RunLimits.concurrent(1);
  private int maxExposedTables = Integer.MAX_VALUE;
  private Optional<Bytes> maxExposedBytes = Optional.empty();
  private Optional<Integer> maxRecovering = Optional.empty();
  private Optional<Duration> recovery = Optional.of(Duration.ofMinutes(30));
  private IgnoredGates ignored = IgnoredGates.NONE;
  private boolean abortOnRed;
  private RecurrenceGate.Limit recurrence = new RecurrenceGate.Limit(5, Duration.ofDays(7));
  private Optional<Duration> snapshot = Optional.empty();
  private Duration gateWait = Duration.ofMinutes(5);
  private List<SafetyGate> ownGates = List.of();
  private JournalPlace journal = JournalPlace.DEFAULT;
  private Watchers watchers = Watchers.NONE;
  private List<RunListener> listeners = List.of();
  private boolean early;
  private boolean resumes = true;
  private boolean takeover;
  private boolean dry;

  /** A question that a script adds to those that are asked before each table. */
  private record OwnGate(String name, Predicate<Finding> mayStart, String whyNot)
      implements SafetyGate {
    @Override
    public boolean guards(Remedy remedy) {
      return true;
    }

    @Override
    public GateVerdict judge(Finding finding, View view) {
      return mayStart.test(finding)
          ? GateVerdict.open(name, "it lets the table pass")
          : GateVerdict.shut(name, whyNot, "");
    }
  }

  private RunOptions() {}

  @Override
  protected RunOptions clone() {
    try {
      return (RunOptions) super.clone();
    } catch (CloneNotSupportedException impossible) {
      throw new IllegalStateException(impossible);
    }
  }

  private RunOptions with(Consumer<RunOptions> change) {
    RunOptions changed = clone();
    change.accept(changed);
    return changed;
  }

  /** Whether programs read what is printed, so that nothing else may be. */
  public boolean printsForPrograms() {
    return !dry && watchers.printResult();
  }

  /** What may be done for a table. */
  public RunOptions remedy(RemedyPolicy allowed) {
    return with(o -> o.remedy = allowed);
  }

  /** How long a table's leases are waited for at most; then its replicas are restored. */
  public RunOptions maxWait(Duration longest) {
    aboveZero("--max-wait", longest);
    return with(o -> o.maxWait = longest);
  }

  /** How long a table may be at zero replicas; without it only the longest wait bounds it. */
  public RunOptions maxExposure(Duration longest) {
    aboveZero("--max-exposure", longest);
    return with(o -> o.maxExposure = Optional.of(longest));
  }

  /** When the leases are looked at again. */
  public RunOptions backoff(Backoff delays) {
    return backoff(interval -> delays);
  }

  /** The same, made from the interval in which the cluster syncs its leases. */
  public RunOptions backoff(Function<Duration, Backoff> delays) {
    return with(o -> o.backoff = delays);
  }

  /** Whether CrateDB is asked to sync the leases at once, where it can. */
  public RunOptions leaseSync(boolean asked) {
    return with(o -> o.leaseSync = asked);
  }

  /** Whether rebalancing must be off meanwhile; without that it is where the user may. */
  public RunOptions holdRebalance(boolean required) {
    return with(o -> o.holdRebalance = required);
  }

  /** When to stop in order. */
  public RunOptions maxRuntime(Duration longest) {
    return with(o -> o.maxRuntime = Optional.of(longest));
  }

  /** How many tables are healed at the same time. */
  public RunOptions concurrent(int tables) {
    atLeast(1, "--concurrent", tables);
    return with(
        o ->
            o.limits =
                new RunLimits(tables, limits.maxTables(), limits.batchSize(), limits.batchPause()));
  }

  /** How many tables in all; the worst ones. */
  public RunOptions maxTables(int tables) {
    atLeast(1, "--max-tables", tables);
    return with(
        o ->
            o.limits =
                new RunLimits(
                    limits.concurrent(), tables, limits.batchSize(), limits.batchPause()));
  }

  /** After how many tables the run pauses, and how long. */
  public RunOptions batches(int size, Duration pause) {
    atLeast(1, "--batch-size", size);
    return with(
        o -> o.limits = new RunLimits(limits.concurrent(), limits.maxTables(), size, pause));
  }

  /** How many tables may have one copy at the same moment. */
  public RunOptions maxExposedTables(int tables) {
    atLeast(1, "--max-exposed-tables", tables);
    return with(o -> o.maxExposedTables = tables);
  }

  /** How much data may have one copy at the same moment. */
  public RunOptions maxExposedBytes(Bytes most) {
    if (most.equals(Bytes.ZERO)) {
      throw new InvalidSettings("--max-exposed-bytes must be above 0");
    }
    return with(o -> o.maxExposedBytes = Optional.of(most));
  }

  /** A further table begins only while the replicas of no more than so many are being built. */
  public RunOptions maxRecovering(int tables) {
    atLeast(0, "--max-recovering", tables);
    return with(o -> o.maxRecovering = Optional.of(tables));
  }

  /** How long the replicas of a table are waited for. */
  public RunOptions waitRecovery(Duration longest) {
    aboveZero("--recovery-timeout", longest);
    return with(o -> o.recovery = Optional.of(longest));
  }

  /** A table is done when its setting is back. */
  public RunOptions noWaitRecovery() {
    return with(o -> o.recovery = Optional.empty());
  }

  /** Tables are healed although one of these gates refuses them. */
  public RunOptions ignoreGates(List<String> names) {
    try {
      IgnoredGates read = IgnoredGates.of(names);
      return with(o -> o.ignored = read);
    } catch (IllegalArgumentException refused) {
      throw new InvalidSettings("--ignore-gate: " + refused.getMessage());
    }
  }

  /** The tables at 0 are put back and the run ends when the cluster turns RED. */
  public RunOptions abortOnRed(boolean aborts) {
    return with(o -> o.abortOnRed = aborts);
  }

  /** A table is skipped that was reset so many times within that time. */
  public RunOptions maxResets(int resets, Duration within) {
    atLeast(1, "--max-resets", resets);
    if (within.isZero() || within.compareTo(ResetHistory.KEPT) > 0) {
      throw new InvalidSettings(
          "--resets-within must be above 0 and no more than %sd: resets are not remembered longer"
              .formatted(ResetHistory.KEPT.toDays()));
    }
    return with(o -> o.recurrence = new RecurrenceGate.Limit(resets, within));
  }

  /** No table is left with one copy whose newest snapshot is older, or can't be read. */
  public RunOptions requireSnapshot(Duration noOlder) {
    aboveZero("--require-snapshot", noOlder);
    return with(o -> o.snapshot = Optional.of(noOlder));
  }

  /** How long a table is waited for whose copies move or start. */
  public RunOptions gateWait(Duration longest) {
    if (longest.isNegative()) {
      throw new InvalidSettings("--gate-wait must not be below 0");
    }
    return with(o -> o.gateWait = longest);
  }

  /**
   * A gate of your own, asked before each table beside the others, whatever the remedy.
   *
   * @param name as it is told
   * @param mayStart whether a table may start now; what it throws keeps the table as it is
   * @param whyNot said of a table that may not
   */
  public RunOptions gate(String name, Predicate<Finding> mayStart, String whyNot) {
    List<SafetyGate> gates = added(ownGates, new OwnGate(name, mayStart, whyNot));
    return with(o -> o.ownGates = gates);
  }

  /** Where it is remembered which tables are without replicas. */
  public RunOptions journal(JournalPlace place) {
    return with(o -> o.journal = place);
  }

  /** Who watches the run, beside its log. */
  public RunOptions watchers(Watchers opened) {
    return with(o -> o.watchers = opened);
  }

  /** One more listener hears all that happens, on the event loop: it must not block there. */
  public RunOptions listener(RunListener listener) {
    List<RunListener> all = added(listeners, listener);
    return with(o -> o.listeners = all);
  }

  /** Whether copies that miss an operation below the thresholds are healed, too. */
  public RunOptions early(boolean healed) {
    if (healed && remedy.early().isEmpty()) {
      throw new InvalidSettings(
          "--early moves or rebuilds copies, and --remedy allows neither: add --remedy auto, or"
              + " --remedy with move or rebuild among others");
    }
    return with(o -> o.early = healed);
  }

  /** Whether the run goes on with what others left unfinished; else it refuses to begin. */
  public RunOptions resumes(boolean goesOn) {
    return with(o -> o.resumes = goesOn);
  }

  /** Whether the lock is taken from another run that holds it. */
  public RunOptions takeover(boolean takes) {
    return with(o -> o.takeover = takes);
  }

  /** Each statement is told instead of sent. */
  public RunOptions dry() {
    return with(o -> o.dry = true);
  }

  /** Whether nothing is changed. */
  public boolean isDry() {
    return dry;
  }

  RemedyPolicy remedy() {
    return remedy;
  }

  /** How a reset waits on this cluster: intervals and abilities depend on its version. */
  ResetPolicy policy(ClusterIdentity cluster) {
    CrateVersion version = CrateVersion.oldest(cluster.versions());
    return new ResetPolicy(
        maxWait,
        maxExposure,
        backoff.apply(version.leaseSyncInterval()),
        leaseSync && version.syncsLeasesOnRequest());
  }

  boolean holdRebalance() {
    return holdRebalance;
  }

  Optional<Duration> maxRuntime() {
    return maxRuntime;
  }

  RunLimits limits() {
    return limits;
  }

  ExposureLimits exposure() {
    return new ExposureLimits(
        maxExposedTables, maxExposedBytes, maxRecovering.orElse(limits.concurrent()));
  }

  /** Nothing recovers of what is only told. */
  Optional<Duration> recovery() {
    return dry ? Optional.empty() : recovery;
  }

  IgnoredGates ignored() {
    return ignored;
  }

  boolean abortOnRed() {
    return abortOnRed;
  }

  RecurrenceGate.Limit recurrence() {
    return recurrence;
  }

  Optional<Duration> snapshot() {
    return snapshot;
  }

  /** What would be done is told at once. */
  Duration gateWait() {
    return dry ? Duration.ZERO : gateWait;
  }

  List<SafetyGate> ownGates() {
    return ownGates;
  }

  public JournalPlace journal() {
    return journal;
  }

  Watchers watchers() {
    return watchers;
  }

  List<RunListener> listeners() {
    return listeners;
  }

  boolean early() {
    return early;
  }

  boolean resumes() {
    return resumes;
  }

  boolean takeover() {
    return takeover;
  }

  private static void aboveZero(String option, Duration time) {
    if (time.isZero() || time.isNegative()) {
      throw new InvalidSettings(option + " must be above 0");
    }
  }

  private static void atLeast(int least, String option, int number) {
    if (number < least) {
      throw new InvalidSettings("%s must be %s or more, not %s".formatted(option, least, number));
    }
  }

  private static <T> List<T> added(List<T> before, T one) {
    List<T> all = new ArrayList<>(before);
    all.add(one);
    return List.copyOf(all);
  }
}
