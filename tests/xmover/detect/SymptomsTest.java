package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.Diagnosis;
import xmover.table.Diagnosis.Kind;
import xmover.table.KnownBug;
import xmover.table.ShardCopy;
import xmover.table.TableRef;

/** Why a copy keeps its translog follows from what CrateDB reports of it, and from nothing else. */
class SymptomsTest {
  private static final KnownBug BUG = new KnownBug("6.0.4", "a NULL");

  @ParameterizedTest
  @CsvSource({
    // operations, max, local, global: the kind
    "     50,   100,    50,     50, HOLE",
    "     50,   100,    50,     20, HOLE",
    "    100,  1000,   990,    990, HOLE",
    "    100,  1000,   991,    991, UNKNOWN",
    "      0,   100,    99,     99, HOLE",
    "      5,     0,    -1,     -1, HOLE",
    "   9000,     5,    -1,     -1, HOLE",
    "     50,   100,   100,     50, LAGGING_COPY",
    "     50,   100,   100,     -1, LAGGING_COPY",
    "    100,  1000,  1000,    990, LAGGING_COPY",
    "    100,  1000,  1000,    991, UNKNOWN",
    "    100,  1000,   999,    900, LAGGING_COPY",
    "     50,   100,   100,    100, FLUSHES_BY_ITSELF",
    "      0,    -1,    -1,     -1, FLUSHES_BY_ITSELF",
    "     50,   100,   100,     -2, UNKNOWN",
    "     50,   100,   100,    101, UNKNOWN",
    "     50,   100,   101,    100, UNKNOWN",
  })
  void checkpoints_tell_the_kind(long operations, long max, long local, long global, Kind kind) {
    assertEquals(kind, of(copy(0, "n1", operations, max, local, global)).kind());
  }

  @Test
  void a_hole_is_told_with_the_operation_that_is_missing() {
    assertEquals(
        "operation 91 is missing in this copy: no flush (3 so far) frees what came after it,"
            + " up to 100",
        of(copy(0, "n1", 7, 100, 90, 90)).text());
  }

  @Test
  void flushes_that_are_not_reported_are_not_told() {
    var copy = copy(0, "STARTED", "n1", Optional.of(new Checkpoints(9, 1, 1)), Optional.empty());
    assertTrue(of(copy).text().contains("no flush frees"));
  }

  @Test
  void the_copy_that_lags_is_named_where_it_is_known() {
    var complete = copy(0, "n1", 50, 100, 100, 50);
    var behind = copy(0, "n2", 50, 100, 50, 50);
    var otherShard = copy(1, "n3", 50, 100, 50, 50);
    var caughtUp = copy(0, "n4", 50, 100, 51, 50);
    assertEquals(
        "this copy has every operation up to 100, but the copy on n2 only up to 50",
        first(complete, otherShard, caughtUp, behind).text());
    assertEquals(
        "this copy has every operation up to 100, but as far as it knows another copy of the"
            + " shard only up to 50",
        first(complete, otherShard, caughtUp).text());
  }

  @Test
  void what_is_not_reported_is_unknown() {
    Diagnosis found = of(copy(0, "STARTED", "n1", Optional.empty(), Optional.of(3L)));
    assertEquals(Kind.UNKNOWN, found.kind());
    assertEquals("CrateDB does not report its sequence numbers", found.text());
  }

  @Test
  void a_copy_that_is_not_started_is_not_judged() {
    var moving = Optional.of(new Checkpoints(100, 50, 50));
    Diagnosis found = of(copy(0, "RECOVERING", "n1", moving, Optional.of(3L)));
    assertEquals(Kind.UNKNOWN, found.kind());
    assertEquals("its state is 'RECOVERING', not STARTED", found.text());
  }

  @Test
  void a_known_bug_is_told_only_of_copies_that_differ() {
    assertEquals(Optional.of("6.0.4"), of(copy(0, "n1", 50, 100, 50, 50)).fixedIn());
    assertEquals(Optional.of("6.0.4"), of(copy(0, "n1", 50, 100, 100, 50)).fixedIn());
    assertEquals(Optional.empty(), of(copy(0, "n1", 50, 100, 100, 100)).fixedIn());
    assertEquals(Optional.empty(), of(copy(0, "n1", 50, 100, 100, -2)).fixedIn());
    assertThrows(
        IllegalArgumentException.class,
        () -> new Diagnosis(Kind.FLUSHES_BY_ITSELF, "all well", Optional.of(BUG)));
  }

  private static Diagnosis of(ShardCopy copy) {
    return first(copy);
  }

  private static Diagnosis first(ShardCopy... copies) {
    return Symptoms.diagnosed(List.of(copies), List.of(BUG)).get(0).diagnosis();
  }

  private static ShardCopy copy(
      long id, String node, long operations, long max, long local, long global) {
    var seen = Optional.of(new Checkpoints(max, local, global));
    return copy(id, "STARTED", node, seen, Optional.of(3L), operations);
  }

  private static ShardCopy copy(
      long id, String state, String node, Optional<Checkpoints> seen, Optional<Long> flushes) {
    return copy(id, state, node, seen, flushes, 7);
  }

  private static ShardCopy copy(
      long id,
      String state,
      String node,
      Optional<Checkpoints> seen,
      Optional<Long> flushes,
      long operations) {
    return new ShardCopy(
        TableRef.of("doc", "t"),
        id,
        false,
        state,
        node,
        new Bytes(9),
        new Bytes(9),
        new Bytes(9),
        operations,
        seen,
        flushes,
        Diagnosis.NONE);
  }
}
