package xmover.gates;

import java.time.Duration;
import xmover.gates.view.View;
import xmover.reset.GateVerdict;
import xmover.table.Age;
import xmover.table.Finding;

/**
 * Refuses to leave one copy of a table that no recent snapshot has. Asked only where an operator
 * wants one; {@link SnapshotGate} is about snapshots being taken.
 *
 * @param oldest how old the newest snapshot with the table may be
 */
public record SnapshotAgeGate(Duration oldest) implements SafetyGate {
  static final String NAME = "snapshot-age";

  public SnapshotAgeGate {
    if (oldest.isZero() || oldest.isNegative()) {
      throw new IllegalArgumentException("a snapshot is older than that: " + oldest);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public GateVerdict judge(Finding finding, View view) {
    return view.snapshots()
        .judge(
            NAME,
            ages ->
                ages.of(finding.table())
                    .map(this::judge)
                    .orElseGet(() -> shut("sys.snapshots shows no successful snapshot with it")));
  }

  private GateVerdict judge(Duration age) {
    String told = "the newest snapshot with it is %s old".formatted(Age.text(age));
    return age.compareTo(oldest) <= 0 ? GateVerdict.open(NAME, told) : shut(told);
  }

  private GateVerdict shut(String reason) {
    return GateVerdict.shut(
        NAME, reason, "CREATE SNAPSHOT with it, %s old at most".formatted(Age.text(oldest)));
  }
}
