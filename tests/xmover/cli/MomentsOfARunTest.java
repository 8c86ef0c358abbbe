package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import cratesim.faults.FaultCatalogue;
import cratesim.faults.Faults;
import cratesim.faults.FaultyWire;
import cratesim.faults.KnownFault;
import cratesim.faults.Moment;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.environment.TestEnvironment;

/** The moments of the list of faults are those of real runs. */
class MomentsOfARunTest {
  private static final FaultCatalogue KNOWN = FaultCatalogue.load();
  private static final String TABLE =
      """
      {"name": "doc.t", "shards": 1, "replicas": "1", "size": "3gb", "sick": {"translog": "2gb"}}
      """;

  @TempDir private Path folder;

  @ParameterizedTest
  @CsvSource({
    "reset, pg, before zero wait restore recovery",
    "reset, http, before zero wait restore recovery",
    "move, pg, before move wait recovery",
    "move, http, before move wait recovery",
    "rebuild, pg, before move wait recovery"
  })
  void a_run_comes_by_all_of_them_in_their_order(String remedy, String wire, String expected)
      throws Exception {
    String two = TABLE.replace("\"1\"", "\"2\"");
    try (var crate = new WiredCluster(folder, "", remedy.equals("rebuild") ? two : TABLE)) {
      Map<String, Faults.Armed> armed = new LinkedHashMap<>();
      for (Moment moment : KNOWN.moments()) {
        armed.put(moment.name(), crate.faults.arm(nothing(moment)));
      }
      String url = wire.equals("pg") ? crate.pg() : crate.http();
      var outcome =
          Operator.types(
              new TestEnvironment(folder).with(crate.time),
              "problematic-translogs",
              "--connect",
              url,
              "--autoexec",
              "--remedy",
              remedy);
      assertEquals(0, outcome.exitCode(), outcome.toString());
      armed.values().removeIf(one -> !one.begun());
      assertEquals(List.of(expected.split(" ")), List.copyOf(armed.keySet()));
      armed.forEach((name, one) -> assertTrue(one.fired() > 0, name));
    }
  }

  /** Something that changes nothing. */
  private static Fault nothing(Moment moment) {
    return new KnownFault(
            "nothing",
            KnownFault.Family.WIRE,
            "It changes nothing.",
            new Fault.Delay(Duration.ZERO),
            null,
            1,
            Set.of(FaultyWire.values()),
            List.of(moment),
            Set.of(KnownFault.End.HEALED))
        .at(moment);
  }
}
