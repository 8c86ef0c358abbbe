package xmover.gates;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xmover.detect.CopyState;
import xmover.gates.view.DroppedCopies;
import xmover.gates.view.Reading;
import xmover.reset.Cure;
import xmover.reset.RecoveryReading;
import xmover.reset.RunEvent;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableRef;

/** The room that a table at zero left on a disk is not free for the next one. */
class RoomTakenBackTest {
  private static final long GB = Sight.GB;
  private static final TableRef OTHER = TableRef.of("doc", "u");

  private final DroppedCopies dropped = new DroppedCopies();
  private final Finding finding = new Sight().finding();
  private final TableRef table = finding.table();
  private final List<CopyState> before = new Sight().copies.value().orElseThrow();
  private final List<CopyState> atZero = before.stream().filter(CopyState::primary).toList();

  @BeforeEach
  void zeroed() {
    dropped.seen(table, before);
    assertEquals(Map.of(), dropped.bytesByNode(OTHER), "it has its replicas yet");
    ResetJob detected = ResetJob.detected(table, Sight.NOW);
    dropped.on(new RunEvent.Transition(detected, at(ResetState.SETTING_REPLICAS_ZERO)));
  }

  private ResetJob at(ResetState state) {
    ResetJob job = ResetJob.detected(table, Sight.NOW);
    return new ResetJob(
        job.subject(),
        state,
        new ResetJob.Before(null, 2),
        job.times(),
        job.leases(),
        false,
        job.end());
  }

  private void ended(Optional<Cure> cure) {
    dropped.on(
        new RunEvent.TableEnded(
            new TableResult(
                finding,
                List.of(),
                Optional.empty(),
                Optional.of(at(ResetState.COMPLETED)),
                cure,
                "",
                Optional.empty())));
  }

  @Test
  void a_table_at_zero_reserves_its_replicas_where_they_were_and_not_against_itself() {
    assertEquals(Map.of("n2", 10 * GB, "n3", 10 * GB), dropped.bytesByNode(OTHER));
    assertEquals(Map.of(), dropped.bytesByNode(table));
  }

  @Test
  void what_is_built_already_is_reserved_no_more() {
    dropped.on(new RunEvent.Recovering(finding, new RecoveryReading(4, 2, 75)));
    assertEquals(Map.of("n2", 10 * GB / 4, "n3", 10 * GB / 4), dropped.bytesByNode(OTHER));
  }

  @Test
  void a_cured_table_reserves_nothing() {
    ended(Optional.of(Cure.cured(Bytes.ZERO)));
    assertEquals(Map.of(), dropped.bytesByNode(OTHER));
    assertEquals(Set.of(), dropped.unproven());
  }

  @Test
  void a_table_nobody_waited_for_reserves_until_its_copies_are_seen() {
    ended(Optional.of(Cure.notAwaited("--recovery-timeout")));
    assertEquals(Set.of(table), dropped.unproven());
    dropped.seen(table, atZero);
    assertEquals(Set.of(table), dropped.unproven(), "whole primaries are no replicas");
    dropped.seen(table, before);
    assertEquals(Set.of(), dropped.unproven());
    assertEquals(Map.of(), dropped.bytesByNode(OTHER));
  }

  @Test
  void the_disk_gate_counts_what_is_reserved() {
    var sight = new Sight();
    sight.nodes =
        Reading.of(
            List.of(
                Sight.node("n1", "6.3.7", 1000 * GB, 150 * GB),
                Sight.node("n2", "6.3.7", 1000 * GB, 150 * GB),
                Sight.node("n3", "6.3.7", 1000 * GB, 150 * GB)));
    var gate = new DiskGate();
    assertTrue(!sight.judgedBy(gate).isShut(), sight.judgedBy(gate).toString());
    sight.reserved.putAll(Map.of("n1", 60 * GB, "n2", 60 * GB, "n3", 60 * GB));
    assertTrue(sight.judgedBy(gate).isShut(), sight.judgedBy(gate).toString());
  }
}
