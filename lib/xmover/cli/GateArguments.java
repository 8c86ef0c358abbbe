package xmover.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.safety.IgnoredGates;

/** Which gates an operator overrides, and what is to happen when the cluster turns RED. */
final class GateArguments {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--ignore-gate",
      paramLabel = "NAME",
      split = ",",
      description =
          "Reset a table although this gate refuses it: health, table, allocation, disk,"
              + " shard-limit, active-shards, blocks, snapshot, others; restorable for allocation"
              + " to blocks. The gate 'version' can't be ignored. Repeatable, or separated by"
              + " commas.")
  private List<String> ignored = new ArrayList<>();

  @Option(
      names = "--abort-on-red",
      description =
          "Put the tables at 0 back and stop when the cluster turns RED; without it only no new"
              + " table starts.")
  private boolean abortOnRed;

  /** Refuses a name that is no gate's before anything is sent. */
  GateChoice choice() {
    try {
      return new GateChoice(IgnoredGates.of(ignored), abortOnRed);
    } catch (IllegalArgumentException refused) {
      throw new ParameterException(
          Objects.requireNonNull(command).commandLine(),
          "--ignore-gate: " + Objects.requireNonNull(refused.getMessage()));
    }
  }
}
