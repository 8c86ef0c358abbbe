package xmover.options;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.cluster.connection.InvalidSettings;
import xmover.environment.Environment;
import xmover.remedy.RemedyPolicy;
import xmover.reset.Remedy;
import xmover.run.RunOptions;

/** How a run goes about it, all that can be typed. */
@Command
public class RunArguments {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(names = "--dry-run", description = "Tell each statement instead of sending it.")
  private boolean dryRun;

  @Mixin private final WaitArguments waits = new WaitArguments();

  @Option(
      names = "--remedy",
      paramLabel = "REMEDY",
      split = ",",
      description = {
        "What may be done, the gentlest first (default: auto for heal, else reset):",
        "  flush: commit the translogs, where no operation is missing",
        "  move: build a copy that misses one anew on another node; no copy is missing meanwhile",
        "  rebuild: build it anew where two other copies are there (also: cancel)",
        "  rebuild-alone: the same with the primary alone, one shard at a time",
        "  reset: replicas to 0 and back",
        "  auto: all of them, each where the one before does not fit or did not help",
        "Several are separated by commas. What is not named is not done."
      })
  private List<String> remedies = List.of();

  @Mixin private final SafetyArguments safety = new SafetyArguments();
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
    RunOptions how = safety.into(waits.into(RunOptions.DEFAULT).remedy(policy(untyped)));
    how = how.journal(journal.place()).watchers(observers.printing(json));
    return dryRun ? how.dry() : how;
  }

  private RemedyPolicy policy(RemedyPolicy untyped) {
    if (remedies.isEmpty()) {
      return untyped;
    }
    Set<Remedy> allowed = EnumSet.noneOf(Remedy.class);
    remedies.forEach(name -> allowed.addAll(named(name)));
    return RemedyPolicy.of(allowed);
  }

  private Set<Remedy> named(String name) {
    return switch (name.strip().toLowerCase(Locale.ROOT)) {
      case "auto" -> RemedyPolicy.AUTO.allowed();
      case "flush" -> Set.of(Remedy.FLUSH);
      case "move" -> Set.of(Remedy.MOVE);
      case "rebuild", "cancel" -> Set.of(Remedy.REBUILD);
      case "rebuild-alone" -> Set.of(Remedy.REBUILD_ALONE);
      case "reset" -> Set.of(Remedy.RESET);
      default ->
          throw new ParameterException(
              Objects.requireNonNull(command).commandLine(),
              "--remedy: '%s' is no remedy: write auto, flush, move, rebuild, rebuild-alone or reset"
                  .formatted(name));
    };
  }
}
