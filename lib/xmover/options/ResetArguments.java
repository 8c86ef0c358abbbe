package xmover.options;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import xmover.remedy.RemedyPolicy;
import xmover.run.RunOptions;

/** How a reset of tables that were named goes about it. */
@Command
public final class ResetArguments extends RunArguments {
  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask.")
  private boolean yes;

  @Option(
      names = "--force",
      description = "Reset tables that are not problematic, too: each has one copy for a while.")
  private boolean force;

  @Mixin private final JsonArguments output = new JsonArguments();

  /** As typed. */
  public RunOptions options(RemedyPolicy untyped) {
    return options(untyped, output.isJson());
  }

  /** Whether nobody is to be asked: that was said, or nothing is changed. */
  public boolean yes() {
    return yes || dryRun();
  }

  /** Whether tables that are not problematic are among them: that was said, or it is a plan. */
  public boolean force() {
    return force || dryRun();
  }
}
