package xmover.options;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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

  @Mixin private final BatchArguments batches = new BatchArguments();

  /** Whether copies below the thresholds are healed, too. */
  public final boolean early() {
    return early;
  }

  @Override
  public final RunOptions options(RemedyPolicy untyped, boolean json) {
    return batches.into(super.options(untyped, json)).early(early).resumes(!noResume);
  }
}
