package xmover.remedy;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.detect.CopyState;
import xmover.remedy.CopyWait.Arrival;
import xmover.table.Checkpoints;
import xmover.table.TableRef;

/** When a copy that was built anew counts as complete, and when as sick again. */
class SettlingTest {
  private final Settling settling = new Settling();

  private Arrival look(Optional<Checkpoints> seen) {
    var copy =
        new CopyState(
            TableRef.of("doc", "t"),
            0,
            false,
            "STARTED",
            Optional.of("b"),
            Optional.empty(),
            seen,
            false,
            Optional.empty(),
            Optional.empty(),
            List.of(),
            Optional.empty());
    return settling.judge(copy.isComplete() ? List.of() : List.of(copy));
  }

  private Arrival look(long max, long local) {
    return look(Optional.of(new Checkpoints(max, local, local)));
  }

  @Test
  void a_copy_that_is_written_to_is_never_taken_for_sick() {
    for (long local = 0; local < 100; local++) {
      assertEquals(Arrival.NOT_YET, look(local + 7, local));
    }
    assertEquals(Arrival.THERE, look(107, 107));
  }

  @Test
  void a_copy_that_waits_for_the_same_operation_is_sick_again() {
    for (int i = 0; i < 4; i++) {
      assertEquals(Arrival.NOT_YET, look(57, 41));
    }
    assertTrue(look(57, 41).trouble().isPresent());
  }

  @Test
  void a_copy_that_does_not_say_is_neither_there_nor_sick() {
    for (int i = 0; i < 100; i++) {
      Arrival unseen = look(Optional.empty());
      assertFalse(unseen.over());
      assertTrue(unseen.trouble().isPresent());
    }
  }
}
