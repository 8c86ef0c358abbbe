package xmover.remedy;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.detect.CopyState;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.TableRef;

/** Which copies stand for one that has to be built anew. */
class ShardCopiesTest {
  private static final CopyState PRIMARY = copy("STARTED", "a", false);
  private static final CopyState GIVEN_UP = copy("UNASSIGNED", null, false);
  private static final CopyState MOVING = copy("RELOCATING", "b", true);

  private static CopyState copy(String state, String node, boolean moving) {
    return new CopyState(
        TableRef.of("doc", "t"),
        0,
        "a".equals(node),
        state,
        Optional.ofNullable(node),
        Optional.of(new Bytes(55)),
        Optional.of(new Checkpoints(9, 9, 9)),
        moving,
        Optional.empty(),
        Optional.empty(),
        List.of(),
        Optional.empty());
  }

  @Test
  void a_sibling_that_arrives_where_it_was_moved_to_is_not_the_copy_that_was_given_up() {
    var wanted = ShardCopies.of(0, List.of(PRIMARY, MOVING, GIVEN_UP)).assigned(1);
    var arrived = copy("STARTED", "c", false);
    assertFalse(ShardCopies.of(0, List.of(PRIMARY, arrived, GIVEN_UP)).areThere(wanted));
    assertTrue(
        ShardCopies.of(0, List.of(PRIMARY, arrived, copy("STARTED", "b", false))).areThere(wanted));
  }

  @Test
  void a_copy_that_stays_without_a_node_does_not_hold_up_another() {
    var before = ShardCopies.of(0, List.of(PRIMARY, copy("STARTED", "b", false), GIVEN_UP));
    assertTrue(
        ShardCopies.of(0, List.of(PRIMARY, copy("STARTED", "c", false), GIVEN_UP))
            .areThere(before));
    assertFalse(ShardCopies.of(0, List.of(PRIMARY, GIVEN_UP, GIVEN_UP)).areThere(before));
  }
}
