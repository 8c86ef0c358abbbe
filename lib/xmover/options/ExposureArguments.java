package xmover.options;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.run.RunOptions;
import xmover.table.Bytes;

/** How much may be at one copy at the same moment. */
final class ExposureArguments {
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

  /** The same run within these limits. */
  RunOptions into(RunOptions how) {
    RunOptions limited = how;
    if (tables != null) {
      limited = limited.maxExposedTables(tables);
    }
    if (bytes != null) {
      limited = limited.maxExposedBytes(bytes);
    }
    return recovering == null ? limited : limited.maxRecovering(recovering);
  }
}
