package xmover.monitor;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import xmover.detect.Thresholds;
import xmover.table.TableRef;
import xmover.table.Verdict.Action;

/** The command that heals one table, as it is typed in a shell. */
final class HealCommand {
  private static final BigDecimal MEGABYTE = BigDecimal.valueOf(1024L * 1024);

  private HealCommand() {}

  /** Empty where nothing is to be healed, or a gate refuses it as things are. */
  static Optional<String> of(TableRef table, Action action, Thresholds thresholds) {
    return action == Action.RESET ? Optional.of(of(table, thresholds)) : Optional.empty();
  }

  /**
   * {@code heal --table} takes patterns of tables without partitions; what is not told by one is
   * named to {@code reset}, which asks before it does something.
   */
  static String of(TableRef table, Thresholds thresholds) {
    boolean usual = thresholds.equals(Thresholds.DEFAULT);
    if (table.partition().isPresent() || !table.fullName().matches("[\\w.$-]+")) {
      // It has the usual thresholds alone.
      return "xmover reset %s --remedy auto%s".formatted(table.argument(), usual ? "" : " --force");
    }
    return "xmover heal --table %s%s".formatted(table.argument(), usual ? "" : typed(thresholds));
  }

  private static String typed(Thresholds thresholds) {
    BigDecimal size =
        BigDecimal.valueOf(thresholds.size().value()).divide(MEGABYTE, MathContext.DECIMAL64);
    return " --sizeMB %s --percentage %s"
        .formatted(size.stripTrailingZeros().toPlainString(), thresholds.percentage());
  }
}
