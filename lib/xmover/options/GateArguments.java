package xmover.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.gates.IgnoredGates;
import xmover.run.RunOptions;

/** Which gates an operator overrides, and how strict those are that can be told. */
final class GateArguments {
  /** Those that can be ignored. */
  static final class Names implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return IgnoredGates.known().iterator();
    }
  }

  @Option(
      names = "--ignore-gate",
      paramLabel = "NAME",
      split = ",",
      completionCandidates = Names.class,
      description =
          "Reset a table although this gate refuses it: ${COMPLETION-CANDIDATES}; the last stands"
              + " for allocation to blocks. The gate 'version' can't be ignored. Repeatable, or"
              + " separated by commas.")
  private List<String> ignored = new ArrayList<>();

  @Option(
      names = "--abort-on-red",
      description =
          "Put the tables at 0 back and stop when the cluster turns RED; without it only no new"
              + " table starts.")
  private boolean abortOnRed;

  @Option(
      names = "--max-resets",
      paramLabel = "N",
      defaultValue = "5",
      description =
          "Skip a table that was reset N times within --resets-within: what comes back after every"
              + " reset has another cause (the gate 'recurrence'; default: ${DEFAULT-VALUE}).")
  private int maxResets;

  @Option(
      names = "--resets-within",
      hidden = true,
      paramLabel = "TIME",
      defaultValue = "7d",
      description =
          "The time in which resets are counted, 30d at most (default: ${DEFAULT-VALUE}).")
  private Duration resetsWithin = Duration.ofDays(7);

  @Option(
      names = "--require-snapshot",
      paramLabel = "TIME",
      description =
          "Leave no table with one copy whose newest successful snapshot is older than that, or is"
              + " missing, or can't be read (the gate 'snapshot-age'; default: not required).")
  private @Nullable Duration requireSnapshot;

  @Option(
      names = "--gate-wait",
      paramLabel = "TIME",
      defaultValue = "5m",
      description =
          "How long a table is waited for whose copies move or start, as resets make CrateDB move"
              + " shards; before the first reset 5 s at most (default: ${DEFAULT-VALUE}).")
  private Duration gateWait = Duration.ofMinutes(5);

  /** The same run with these gates. */
  RunOptions into(RunOptions how) {
    RunOptions guarded =
        how.ignoreGates(ignored)
            .abortOnRed(abortOnRed)
            .maxResets(maxResets, resetsWithin)
            .gateWait(gateWait);
    return requireSnapshot == null ? guarded : guarded.requireSnapshot(requireSnapshot);
  }
}
