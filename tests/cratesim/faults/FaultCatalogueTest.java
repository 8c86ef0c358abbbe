package cratesim.faults;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** The list of faults that is shipped. */
class FaultCatalogueTest {
  private static final FaultCatalogue KNOWN = FaultCatalogue.load();

  @Test
  void every_fault_and_every_moment_has_a_name_of_its_own_and_a_sentence() {
    List<String> names = KNOWN.faults().stream().map(KnownFault::name).toList();
    assertEquals(names.size(), new HashSet<>(names).size(), names::toString);
    for (KnownFault fault : KNOWN.faults()) {
      assertTrue(fault.name().matches("[a-z0-9]+(-[a-z0-9]+)*"), fault.name());
      assertTrue(fault.sentence().matches("[A-Z].* .*\\."), fault::sentence);
      assertFalse(fault.moments().isEmpty() || fault.ends().isEmpty(), fault.name());
    }
    List<String> moments = KNOWN.moments().stream().map(Moment::name).toList();
    assertEquals(List.of("before", "zero", "move", "wait", "restore", "recovery"), moments);
  }

  @Test
  void there_are_faults_of_every_family_and_for_every_moment() {
    Set<KnownFault.Family> families =
        KNOWN.faults().stream().map(KnownFault::family).collect(Collectors.toSet());
    assertEquals(EnumSet.allOf(KnownFault.Family.class), families);
    for (Moment moment : KNOWN.moments()) {
      assertTrue(KNOWN.at(moment).size() > 50, moment.name());
    }
  }

  @Test
  void a_fault_without_a_moment_begins_at_its_most_usual() {
    KnownFault fault = KNOWN.fault("cut-after");
    assertEquals(fault.moments().get(0), KNOWN.named("cut-after").since());
    assertEquals(KNOWN.moment("restore"), KNOWN.named("cut-after@restore").since());
  }

  @Test
  void an_unknown_name_is_told_with_the_nearest() {
    assertEquals(
        "there is no fault 'cut-aftr': the nearest is 'cut-after', --list-faults shows all of them",
        refusal("cut-aftr"));
    assertEquals(
        "there is no moment 'nero': known are before, zero, move, wait, restore, recovery",
        refusal("cut-after@nero"));
  }

  private static String refusal(String name) {
    return assertThrows(IllegalArgumentException.class, () -> KNOWN.named(name)).getMessage();
  }
}
