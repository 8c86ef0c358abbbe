package xmover.cli;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import xmover.detect.Thresholds;
import xmover.environment.Environment;
import xmover.remedy.RemedyPolicy;
import xmover.reset.RunReport;
import xmover.safety.ExposureLimits;

/** Goes on with the resets that other runs began and did not end. */
@Command(
    name = "resume",
    sortOptions = false,
    abbreviateSynopsis = true,
    description =
        "Go on with resets that were begun and not ended, from what the cluster says now.",
    footer = {
      "",
      "Leases already cleared: restore. Still at zero: wait on. Already restored: finish. Renamed:"
          + " follow it. Dropped: close, once that is proven. Changed by somebody else: tell, and"
          + " leave it. All tables go on at once, whatever --concurrent says. Running it twice does"
          + " no harm."
    })
public final class ResumeCommand implements Action {
  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--takeover",
      description = "Go on even if another run holds the lock: make sure that it is dead.")
  private boolean takeover;

  @Mixin private final RunArguments arguments = new RunArguments();
  @Mixin private final RecoveryArguments recovery = new RecoveryArguments();
  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final LogArguments log = new LogArguments();
  @Mixin private final ObserverArguments observers = new ObserverArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    var precautions =
        new Precautions(
            ExposureLimits.NONE,
            RemedyPolicy.RESET,
            recovery.longest(),
            Thresholds.DEFAULT.size(),
            GateChoice.ALL);
    var results = new Results(environment, Objects.requireNonNull(spec).commandLine(), log);
    var opening = new Opening(environment, connection, journal, log, observers, results);
    return Session.run(opening, takeover, session -> resume(session, precautions));
  }

  private RunReport resume(Session session, Precautions precautions) {
    arguments.maxRuntime().ifPresent(session::stopAfter);
    if (arguments.holdsRebalance()) {
      session.holdRebalance();
    }
    return session.resume(session.unfinished(), arguments.policy(session.cluster()), precautions);
  }
}
