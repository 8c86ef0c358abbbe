package xmover.options;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.gates.IgnoredGates;
import xmover.run.RunOptions;
import xmover.table.Bytes;

/** Which gates a run has, and how much may be at one copy at the same moment. */
final class SafetyArguments {
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

  @Option(
      names = "--max-exposed-tables",
      paramLabel = "N",
      description =
          "No more than N tables at one copy at the same moment: at zero replicas, or with replicas"
              + " that are still being built (default: no limit).")
  private @Nullable Integer tables;

  @Option(
      names = "--max-exposed-bytes",
      paramLabel = "SIZE",
      description =
          "No more data than this at one copy at the same moment, in primary shards: 500MB, 20GB;"
              + " a larger table is not started (default: no limit).")
  private @Nullable Bytes bytes;

  @Option(
      names = "--max-recovering",
      paramLabel = "N",
      description =
          "Start a further table only while the replicas of no more than N are being built; 0: one"
              + " after the other (default: as many as --concurrent).")
  private @Nullable Integer recovering;

  /** The same run with these gates and limits. */
  RunOptions into(RunOptions how) {
    RunOptions guarded =
        how.ignoreGates(ignored)
            .abortOnRed(abortOnRed)
            .maxResets(maxResets, resetsWithin)
            .gateWait(gateWait);
    guarded = requireSnapshot == null ? guarded : guarded.requireSnapshot(requireSnapshot);
    guarded = tables == null ? guarded : guarded.maxExposedTables(tables);
    guarded = bytes == null ? guarded : guarded.maxExposedBytes(bytes);
    return recovering == null ? guarded : guarded.maxRecovering(recovering);
  }
}
