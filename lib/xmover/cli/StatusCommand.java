package xmover.cli;

import java.io.PrintWriter;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import xmover.detect.Detection;
import xmover.observe.UnfinishedText;
import xmover.reset.Unfinished;

/** Tells which resets are unfinished, and what the cluster says of them. */
@Command(
    name = "status",
    sortOptions = false,
    abbreviateSynopsis = true,
    description = "Show unfinished resets beside the cluster's truth, and tables without replicas.",
    footer = {"", "Changes nothing. Exit code 0 also when something is unfinished."})
public final class StatusCommand implements Callable<Integer> {
  @Spec private @Nullable CommandSpec spec;

  @Mixin private final JournalArguments journal = new JournalArguments();
  @Mixin private final ConnectionArguments connection = new ConnectionArguments();
  @Mixin private final CommonArguments common = new CommonArguments();

  @Override
  public Integer call() {
    CommandLine commandLine = Objects.requireNonNull(spec).commandLine();
    try (Toolkit toolkit = connection.open()) {
      Detection detection = toolkit.detection();
      Unfinished unfinished =
          Toolkit.await(
              detection
                  .identity()
                  .compose(cluster -> journal.unfinished(toolkit, cluster))
                  .compose(entries -> Unfinished.of(entries, detection)));
      PrintWriter out = commandLine.getOut();
      out.print(UnfinishedText.render(unfinished, StandardOutput.terminal(commandLine)));
      out.flush();
    }
    return ExitCode.DONE.number();
  }
}
