package xmover.cli;

import picocli.CommandLine.Option;
import xmover.safety.RemedyChoice;

/** What is done for a problematic table. */
final class RemedyArguments {
  @Option(
      names = "--remedy",
      paramLabel = "REMEDY",
      defaultValue = "reset",
      description =
          "reset (default): replicas to 0 and back. flush: commit the translogs, where no operation"
              + " is missing. cancel: rebuild one bad copy, where two others are there. auto: flush"
              + " or cancel where it fits, and reset where it does not, or did not help.")
  private RemedyChoice remedy = RemedyChoice.RESET;

  RemedyChoice choice() {
    return remedy;
  }
}
