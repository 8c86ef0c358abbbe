package xmover.cli;

import java.io.PrintWriter;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import xmover.cluster.ClusterFailure;
import xmover.detect.ClusterIdentity;
import xmover.environment.Environment;
import xmover.journal.Remembered;
import xmover.observe.HistoryText;
import xmover.observe.Terminal;
import xmover.observe.UnfinishedText;
import xmover.reset.JournalEntry;
import xmover.reset.Unfinished;

/** Tells which resets are unfinished, and what the cluster says of them. */
@Command(
    name = "status",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Show unfinished resets beside the cluster's truth, and tables without replicas.",
    footer = {
      "",
      "Changes nothing. Exit code 0 also when something is unfinished; where the cluster can't be"
          + " looked at, 4 when the journal holds something, else 1."
    })
public final class StatusCommand implements Action {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public ExitCode run(Environment environment) {
    try (Toolkit toolkit = connection.open(environment)) {
      ClusterIdentity cluster = identity(toolkit);
      Remembered journalled = Toolkit.await(journal.remembered(toolkit, cluster));
      Unfinished unfinished =
          Toolkit.await(Unfinished.of(journalled.unfinished(), toolkit.detection()));
      CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
      Terminal terminal = new StandardOutput(environment).terminal(commandLine);
      PrintWriter out = commandLine.getOut();
      out.print(UnfinishedText.render(unfinished, terminal));
      journalled
          .held()
          .ifPresent(hold -> out.print(UnfinishedText.render(hold, cluster.rebalance())));
      journalled.troubles().forEach(trouble -> out.print("\n" + trouble + "\n"));
      Toolkit.await(journal.elsewhere(toolkit, cluster))
          .forEach(other -> out.print("\nOf another cluster: " + OpenEntries.told(other) + "\n"));
      out.print(history(toolkit, cluster, terminal));
      out.flush();
      unfinished.unread().ifPresent(reason -> unread(reason, journalled.unfinished()));
    }
    return ExitCode.DONE;
  }

  /** With the cluster down the journals of this machine still know what is open. */
  private ClusterIdentity identity(Toolkit toolkit) {
    try {
      return Toolkit.await(toolkit.detection().identity());
    } catch (ClusterFailure failure) {
      throw journal.withOpenEntries(failure, toolkit);
    }
  }

  private static void unread(String reason, List<JournalEntry> open) {
    var failure = new ClusterFailure(ClusterFailure.Kind.NOT_READY, reason, null, null);
    throw open.isEmpty() ? failure : OpenEntries.after(failure, open);
  }

  /** A history that can't be read is no reason to tell nothing else. */
  private String history(Toolkit toolkit, ClusterIdentity cluster, Terminal terminal) {
    return Toolkit.await(
        journal
            .history(toolkit, cluster)
            .map(resets -> HistoryText.render(resets, terminal))
            .otherwise(failure -> "\n" + ClusterFailure.sentence(failure) + "\n"));
  }
}
