package xmover.cli;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import xmover.environment.Environment;
import xmover.reset.Backoff;
import xmover.reset.ResetPolicy;
import xmover.reset.RunReport;
import xmover.reset.Unfinished;
import xmover.table.ReplicaSetting;

/** The panic button: puts replicas back and waits for nothing. */
@Command(
    name = "restore",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Put replicas back at once, for all unfinished resets or the tables named.",
    footer = {
      "",
      "A table whose number_of_replicas is neither 0 nor the one to restore is left as it is.",
      "Example: xmover restore --takeover",
      "Example: xmover restore doc.metrics --to 0-1"
    })
public final class RestoreCommand implements Action {
  private static final ResetPolicy NO_WAIT =
      new ResetPolicy(Duration.ofSeconds(1), Optional.empty(), Backoff.Ladder.HANDBOOK, false);

  @Spec private @Nullable CommandSpec spec;

  @Parameters(
      arity = "0..*",
      paramLabel = "TABLE",
      description =
          "schema.table, 'schema.table[column=value,…]', 'schema.table[ident]' or 'schema.table[*]'"
              + " (default: every unfinished reset).")
  private List<String> tables = new ArrayList<>();

  @Option(
      names = "--to",
      paramLabel = "REPLICAS",
      description =
          "The number_of_replicas to set, such as 1 or 0-1, for a table that no journal knows"
              + " (default: what the journal remembers).")
  private @Nullable String to;

  @Option(
      names = "--takeover",
      description = "Restore even if a run holds the lock: it must not go on with these tables.")
  private boolean takeover;

  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final LogArguments log = new LogArguments();
  @Mixin private final ObserverArguments observers = new ObserverArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    Optional<ReplicaSetting> setting = setting();
    var results = new Results(environment, commandLine(), log);
    var opening = new Opening(environment, connection, journal, log, observers, results);
    return Session.run(opening, takeover, session -> restore(session, setting));
  }

  private RunReport restore(Session session, Optional<ReplicaSetting> setting) {
    Unfinished all = session.unfinished();
    Unfinished chosen = tables.isEmpty() ? all : all.named(tables, setting, session.identity());
    setting.ifPresent(typed -> session.overriding(all.otherwiseIn(chosen), typed));
    return session.restore(chosen.restoring(), NO_WAIT);
  }

  private Optional<ReplicaSetting> setting() {
    if (to != null && tables.isEmpty()) {
      throw new ParameterException(commandLine(), "--to needs the tables it is for");
    }
    Optional<ReplicaSetting> setting = ReplicaSetting.read(to);
    if (to != null && setting.filter(typed -> !typed.isZero()).isEmpty()) {
      throw new ParameterException(
          commandLine(),
          "--to '" + to + "' is nothing to restore replicas to: write 1, 0-1 or 1-all");
    }
    return setting;
  }

  private CommandLine commandLine() {
    return Objects.requireNonNull(spec).commandLine();
  }
}
