package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import xmover.fuzz.SpoiledRows;
import xmover.fuzz.Tries;
import xmover.reset.GateVerdict;

/** Whatever rows the gates get, each says in words what it saw; none meets a bug. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedGateRowsTest {
  @Test
  void every_gate_judges_any_rows() {
    Tries.of(
        15,
        random -> {
          var bench = new GateBench("", "");
          bench.between = cluster -> new SpoiledRows(cluster, random, random.nextInt(3));
          List<GateVerdict> verdicts = bench.asked(IgnoredGates.NONE, Duration.ofSeconds(3));
          assertFalse(verdicts.isEmpty());
          for (GateVerdict verdict : verdicts) {
            String said = verdict.toString();
            assertFalse(said.contains("report this bug"), said);
            assertFalse(said.matches("(?s).*(java\\.|Exception|Duplicate key).*"), said);
          }
        });
  }
}
