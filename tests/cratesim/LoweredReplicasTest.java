package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which copies go when {@code number_of_replicas} is lowered: not the sick ones. */
class LoweredReplicasTest {
  private static final String LOWER = "ALTER TABLE big SET (number_of_replicas = 1)";

  @TempDir Path folder;

  @Test
  void copies_go_by_the_order_of_their_nodes() {
    var first = new SickScenario(folder, SickScenario.sick(", \"replicas\": 1"), "", "2");
    first.crate.run(LOWER);
    assertEquals(List.of("a", "c"), first.nodes());
    assertEquals(List.of(false, false), first.rows().stream().map(SickRow::hasHole).toList());
    var moved = new SickScenario(folder, SickScenario.sick(""), "");
    moved.crate.run(SickScenario.MOVE);
    moved.pass(2);
    moved.crate.run("ALTER TABLE big SET (number_of_replicas = 2)");
    moved.pass(3);
    moved.crate.run(LOWER);
    assertEquals(List.of("a", "c"), moved.nodes());
  }

  @Test
  void copies_without_a_place_go_first() {
    var big = new SickScenario(folder, SickScenario.sick(""), "", "2");
    big.crate.run("ALTER TABLE big SET (\"routing.allocation.enable\" = 'none')");
    big.crate.run(SickScenario.CANCEL.replace("'b'", "'c'"));
    big.pass(5);
    big.crate.run(LOWER);
    assertEquals(List.of("a", "b"), big.nodes());
  }
}
