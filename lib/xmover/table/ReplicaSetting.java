package xmover.table;

import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A {@code number_of_replicas}, verbatim as CrateDB prints it: {@code 1}, {@code 0-1}, {@code
 * 1-all}.
 */
public record ReplicaSetting(String text) {
  private static final Pattern VALID = Pattern.compile("\\d+(-(\\d+|all))?");

  /** No replicas: what a table is set to while its leases clear. */
  public static final ReplicaSetting ZERO = new ReplicaSetting("0");

  public ReplicaSetting {
    if (!VALID.matcher(text).matches()) {
      throw new IllegalArgumentException("not a number_of_replicas value: '" + text + "'");
    }
  }

  /** Reads what a catalogue says; empty for a form nobody knows, and for nothing. */
  public static Optional<ReplicaSetting> read(@Nullable String text) {
    return Optional.ofNullable(text)
        .filter(written -> VALID.matcher(written).matches())
        .map(ReplicaSetting::new);
  }

  /** True for exactly {@code 0}; {@code 0-1} and {@code 0-all} are settings with replicas. */
  public boolean isZero() {
    return equals(ZERO);
  }

  /** True for {@code 0-1} or {@code 1-all}: CrateDB adapts the number to the nodes there are. */
  public boolean isRange() {
    return text.contains("-");
  }

  @Override
  public String toString() {
    return text;
  }
}
