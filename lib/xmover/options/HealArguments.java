package xmover.options;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import xmover.remedy.RemedyPolicy;
import xmover.run.RunOptions;

/** The same for a command that prints nothing but what the run did. */
@Command
public final class HealArguments extends AutoexecArguments {
  @Mixin private final JsonArguments output = new JsonArguments();

  /** As typed. */
  public RunOptions options(RemedyPolicy untyped) {
    return options(untyped, output.isJson());
  }
}
