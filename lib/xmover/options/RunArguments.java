package xmover.options;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;
import xmover.remedy.RemedyPolicy;
import xmover.run.RunOptions;

/** How a run goes about it, all that can be typed. */
@Command
public class RunArguments {
  @Option(names = "--dry-run", description = "Tell each statement instead of sending it.")
  private boolean dryRun;

  @Mixin private final WaitArguments waits = new WaitArguments();
  @Mixin private final RemedyArguments remedy = new RemedyArguments();
  @Mixin private final GateArguments gates = new GateArguments();
  @Mixin private final ExposureArguments exposure = new ExposureArguments();
  @Mixin private final RecoveryArguments recovery = new RecoveryArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final ObserverArguments observers = new ObserverArguments();

  /** Whether nothing is to be changed. */
  public final boolean dryRun() {
    return dryRun;
  }

  /** Whether somebody was asked to watch the run, beside its log. */
  public final boolean isWatched(Environment environment) {
    return observers.isAsked(environment);
  }

  /**
   * As typed; refuses what makes no sense before anything is sent.
   *
   * @param untyped what may be done where {@code --remedy} was not typed
   * @param json whether the result is printed for programs
   */
  public RunOptions options(RemedyPolicy untyped, boolean json) {
    if (json && dryRun) {
      throw new InvalidSettings(
          "--output json is what a run did, and --dry-run does nothing: for its plan as JSON add"
              + " --log-format json instead");
    }
    RunOptions how = waits.into(RunOptions.DEFAULT).remedy(remedy.policy(untyped));
    how = recovery.into(exposure.into(gates.into(how)));
    how = how.journal(journal.place()).watchers(observers.printing(json));
    return dryRun ? how.dry() : how;
  }
}
