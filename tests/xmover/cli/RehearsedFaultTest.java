package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.FaultCatalogue;
import cratesim.faults.KnownFault;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** An operator finds the faults there are, and rehearses one. */
class RehearsedFaultTest {
  @Test
  void the_list_has_every_fault_by_the_name_that_is_taken_and_its_sentence() {
    var outcome = Operator.types("simulate", "--list-faults");
    assertEquals(0, outcome.exitCode(), outcome.err());
    List<String> lines = outcome.out().lines().toList();
    List<KnownFault> faults =
        FaultCatalogue.load().faults().stream()
            .filter(fault -> fault.family() != KnownFault.Family.OUTSIDE)
            .toList();
    assertEquals(faults.size(), lines.size());
    for (int i = 0; i < lines.size(); i++) {
      String line = faults.get(i).name() + " +" + Pattern.quote(faults.get(i).sentence());
      assertTrue(lines.get(i).matches(line), lines.get(i));
    }
  }

  @Test
  void what_happens_outside_a_cluster_is_refused_in_a_sentence() {
    for (KnownFault fault : FaultCatalogue.load().faults()) {
      if (fault.family() == KnownFault.Family.OUTSIDE) {
        var outcome = Operator.types("simulate", "drill", "--fault", fault.name());
        assertEquals(1, outcome.exitCode(), outcome.out());
        assertTrue(outcome.err().contains("'" + fault.name() + "' happens outside a cluster"));
      }
    }
  }

  @Test
  void a_cluster_in_the_process_has_the_faults_of_its_address() {
    var outcome = Operator.types("detect", "--connect", "sim:drill?fault=error-4011-ever@before");
    assertEquals(1, outcome.exitCode(), outcome.out());
    assertTrue(outcome.err().contains("Missing 'DDL' privilege"), outcome.err());
    assertEquals(
        0, Operator.types("detect", "--connect", "sim:quiet?fault=cut-after@zero").exitCode());
  }

  @Test
  void the_help_names_the_moments_there_are() {
    String help = Operator.types("simulate", "--help-all").out();
    FaultCatalogue.load()
        .moments()
        .forEach(moment -> assertTrue(help.contains(moment.name()), moment.name()));
  }
}
