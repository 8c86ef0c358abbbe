package xmover.options;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;
import xmover.detect.TableFilter;
import xmover.detect.Thresholds;
import xmover.table.Bytes;

/** What counts as problematic, and which tables are looked at. */
@Command
public final class DetectionArguments {
  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--sizeMB",
      paramLabel = "MB",
      defaultValue = "512",
      description =
          "A replica is problematic when its uncommitted translog exceeds this (default:"
              + " ${DEFAULT-VALUE}; decimals allowed).")
  private double sizeMB;

  @Option(
      names = "--percentage",
      paramLabel = "PERCENT",
      defaultValue = "200",
      description =
          "A table qualifies for a reset when its worst replica exceeds this percentage of the"
              + " table's own translog.flush_threshold_size (default: ${DEFAULT-VALUE}).")
  private int percentage;

  @Mixin private final TableArguments which = new TableArguments();

  /** From where on a replica and a table are problematic; refuses what makes no sense. */
  public Thresholds thresholds() {
    // Written so that NaN is refused too.
    if (!(sizeMB >= 1.0 / 1024 / 1024 && sizeMB <= Long.MAX_VALUE >> 20)) {
      throw refused("--sizeMB must be above 0, not " + sizeMB);
    }
    if (percentage <= 0) {
      throw refused("--percentage must be above 0, not " + percentage);
    }
    return new Thresholds(Bytes.megabytes(sizeMB), percentage);
  }

  /** Which tables are looked at. */
  public TableFilter filter() {
    return which.filter();
  }

  private ParameterException refused(String message) {
    return new ParameterException(Objects.requireNonNull(command).commandLine(), message);
  }
}
