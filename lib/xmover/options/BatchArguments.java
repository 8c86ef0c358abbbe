package xmover.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import xmover.run.RunOptions;

/** How much a run takes on. */
final class BatchArguments {
  @Option(
      names = "--max-tables",
      paramLabel = "N",
      description = "Reset only the N worst tables (default: all that qualify).")
  private @Nullable Integer maxTables;

  @Option(
      names = "--batch-size",
      paramLabel = "N",
      description = "Pause after every N tables (default: never).")
  private @Nullable Integer batchSize;

  @Option(
      names = "--batch-pause",
      paramLabel = "TIME",
      defaultValue = "60s",
      description = "How long such a pause is (default: ${DEFAULT-VALUE}).")
  private Duration batchPause = Duration.ofSeconds(60);

  /** The same run that takes on no more. */
  RunOptions into(RunOptions how) {
    RunOptions limited = maxTables == null ? how : how.maxTables(maxTables);
    return batchSize == null ? limited : limited.batches(batchSize, batchPause);
  }
}
