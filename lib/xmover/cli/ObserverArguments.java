package xmover.cli;

import java.util.List;
import picocli.CommandLine.Command;
import xmover.observe.RunObserver;
import xmover.observe.RunScene;

/** Who watches a run, beside its log. */
@Command
final class ObserverArguments {
  /** Opens those that were asked for. */
  List<RunObserver> open(RunScene scene) {
    return List.of();
  }
}
