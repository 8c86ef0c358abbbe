package cratesim;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A node that is killed in the middle of a move, as it was tried on a real cluster. */
class NodeDiesDuringMoveTest {
  @TempDir Path folder;
  private SickScenario big;

  @BeforeEach
  void underWay() {
    big = new SickScenario(folder, SickScenario.sick(""), "");
    big.crate.run(SickScenario.MOVE);
    big.pass(0.5);
  }

  @Test
  void without_its_target_the_sick_copy_stays_where_it_was() {
    big.cluster.kill("c");
    assertEquals("GREEN", big.health());
    big.pass(10);
    assertEquals("GREEN", big.health());
    assertEquals(List.of("a", "b"), big.nodes());
    assertEquals(true, big.rows().get(1).hasHole());
  }

  @Test
  void without_its_source_the_target_goes_on_from_the_primary() {
    big.cluster.kill("b");
    assertEquals(List.of("STARTED", "INITIALIZING"), big.states());
    assertEquals(List.of("a", "c"), big.nodes());
    big.pass(3);
    assertEquals("GREEN", big.health());
    assertEquals(false, big.rows().get(1).hasHole());
  }

  @Test
  void without_the_primary_the_sick_copy_takes_over_and_the_target_is_built_from_it() {
    big.cluster.kill("a");
    assertEquals("YELLOW", big.health());
    assertEquals(false, big.rows().get(0).hasHole(), "its gap is filled");
    big.pass(3);
    assertEquals(List.of("b", "c"), big.nodes());
    assertEquals("GREEN", big.health());
    assertEquals(List.of(false, false), big.rows().stream().map(SickRow::hasHole).toList());
  }
}
