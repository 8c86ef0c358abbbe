package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.FaultCatalogue;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;

/** The copies of another table that has the name by now prove no cure. */
class AnotherTableByTheNameTest {
  private static final FaultCatalogue KNOWN = FaultCatalogue.load();
  private static final String TABLE =
      """
      {"name": "doc.t", "shards": 1, "replicas": "1", "size": "1gb", "sick": {"translog": "2gb"}}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "other-cluster, move, move",
    "swapped-afterwards, move, move",
    "recreated-afterwards, move, move",
    "swapped, move, recovery"
  })
  void is_not_taken_for_the_healed_one(String fault, String remedy, String moment)
      throws Exception {
    try (var crate = new WiredCluster(folder, "", TABLE, new TimeLapse(50))) {
      var armed = crate.faults.arm(KNOWN.fault(fault), KNOWN.moment(moment));
      String[] heal = {
        "heal",
        "--table",
        "doc.t",
        "--remedy",
        remedy,
        "--recovery-timeout",
        "30s",
        "--connect",
        crate.http()
      };
      var outcome = Operator.types(new TestEnvironment(folder).with(crate.time), heal);
      assertEquals(1, armed.fired());
      String all = outcome.out() + outcome.err();
      assertTrue(all.contains("doc.t is another table by now"), all);
      assertFalse(all.contains("cured after"), all);
      assertFalse(all.contains("xmover reset"), all);
      assertTrue(outcome.exitCode() != 0, all);
    }
  }
}
