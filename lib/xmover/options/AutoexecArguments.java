package xmover.options;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import xmover.remedy.RemedyPolicy;
import xmover.run.RunOptions;

/** The same for a run that looks for its tables itself. */
@Command
public class AutoexecArguments extends RunArguments {
  @Option(
      names = "--early",
      description =
          "Also move or rebuild copies that miss an operation below the thresholds; such tables are"
              + " never reset. --remedy must allow move or rebuild.")
  private boolean early;

  @Option(
      names = "--no-resume",
      description =
          "Refuse to start while resets of earlier runs are unfinished, instead of going on with"
              + " them first.")
  private boolean noResume;

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

  /** Whether copies below the thresholds are healed, too. */
  public final boolean early() {
    return early;
  }

  @Override
  public final RunOptions options(RemedyPolicy untyped, boolean json) {
    RunOptions how = super.options(untyped, json);
    how = maxTables == null ? how : how.maxTables(maxTables);
    how = batchSize == null ? how : how.batches(batchSize, batchPause);
    return how.early(early).resumes(!noResume);
  }
}
