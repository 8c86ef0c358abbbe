package xmover.recovery;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Promise;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import xmover.environment.SteppedTimers;
import xmover.gates.Findings;
import xmover.reset.Cure;
import xmover.reset.RunListener;
import xmover.table.Bytes;

/** A replica that has other documents than its primary is not cured; harmless differences are. */
class DocumentCountsTest {
  private static final Duration NOW = Duration.ZERO;
  private static final String PRIMARY = "0 primary STARTED a 55 200 199/199/199";

  private final SteppedTimers timers = new SteppedTimers();
  private final ScriptedCopies copies = new ScriptedCopies(timers, 3);
  private final Promise<Void> stopped = Promise.promise();

  private Cure cure() {
    return timers.run(
        new ReplicaRecovery(
                copies, timers, RunListener.NONE, new Bytes(512L << 20), Duration.ofMinutes(1))
            .await(Findings.counted(1, 1, 0), stopped.future()));
  }

  private void after(long seconds, String... rows) {
    copies.at(Duration.ofSeconds(seconds), rows);
  }

  @Test
  void the_same_everywhere_takes_one_look_and_no_refresh() {
    copies.at(NOW, PRIMARY, "0 replica STARTED b 55 200 199/199/199");
    assertTrue(cure().isCured());
    assertEquals(1, copies.looks());
    assertEquals(0, copies.refreshes());
  }

  @Test
  void a_difference_at_rest_that_a_refresh_does_not_mend_is_not_cured_with_both_numbers() {
    copies.at(NOW, PRIMARY, "0 replica STARTED b 55 154 199/199/199");
    Cure cure = cure();
    assertTrue(cure.isNotCured(), cure.toString());
    assertEquals(
        "every copy is STARTED, and they differ: shard 0 on b has 154 documents, its primary on a"
            + " has 200",
        cure.reason());
    assertEquals(1, copies.refreshes());
  }

  @Test
  void a_copy_that_nobody_searches_is_cured_after_a_refresh() {
    copies
        .at(NOW, "0 primary STARTED a 55 154 199/199/199", "0 replica STARTED b 55 200 199/199/199")
        .refreshedTo(PRIMARY, "0 replica STARTED b 55 200 199/199/199");
    Cure cure = cure();
    assertTrue(cure.isCured(), cure.toString());
    assertEquals("every copy is STARTED, the worst replica at 55 B", cure.reason());
    assertEquals(1, copies.refreshes());
  }

  @Test
  void a_copy_that_does_not_tell_its_sequence_numbers_is_told_as_that_and_not_as_writes() {
    copies.at(NOW, PRIMARY, "0 replica STARTED b 55 154");
    Cure cure = cure();
    assertTrue(
        cure.reason().contains("the sequence numbers of a copy are not told"), cure::toString);
    assertFalse(cure.reason().contains("writes"), cure::toString);
  }

  @Test
  void while_writes_go_on_a_difference_proves_nothing_and_is_told() {
    for (int half = 0; half < 120; half++) {
      String at = "%1$d/%1$d/%1$d".formatted(199 + half);
      copies.at(
          Duration.ofMillis(half * 500L),
          "0 primary STARTED a 55 200 " + at,
          "0 replica STARTED b 55 154 " + at);
    }
    Cure cure = cure();
    assertTrue(cure.isCured(), cure.toString());
    assertTrue(
        cure.reason().endsWith("; num_docs not compared: writes are under way"), cure.reason());
    assertEquals(0, copies.refreshes());
  }

  @Test
  void a_write_after_the_refresh_asks_for_another_one() {
    copies
        .at(NOW, "0 primary STARTED a 55 154 199/199/199", "0 replica STARTED b 55 200 199/199/199")
        .refreshedTo(
            "0 primary STARTED a 55 200 205/205/205", "0 replica STARTED b 55 206 205/205/205");
    Cure cure = cure();
    assertTrue(cure.isNotCured(), "it stays so: " + cure);
    assertEquals(2, copies.refreshes());
  }

  @Test
  void a_copy_that_is_behind_is_not_compared() {
    copies.at(NOW, PRIMARY, "0 replica STARTED b 55 154 199/153/153");
    Cure cure = cure();
    assertTrue(cure.isCured(), cure.toString());
    assertTrue(cure.reason().contains("not compared"), cure.reason());
  }

  @Test
  void what_can_not_be_refreshed_is_not_compared() {
    copies.at(NOW, PRIMARY, "0 replica STARTED b 55 154 199/199/199").refreshRefused();
    Cure cure = cure();
    assertTrue(cure.isCured(), cure.toString());
    assertTrue(cure.reason().contains("not compared: they could not be refreshed"), cure.reason());
  }

  @Test
  void a_difference_that_goes_by_itself_is_none() {
    copies.at(NOW, PRIMARY, "0 replica STARTED b 55 154 199/153/199");
    after(1, PRIMARY, "0 replica STARTED b 55 200 199/199/199");
    Cure cure = cure();
    assertEquals("every copy is STARTED, the worst replica at 55 B", cure.reason());
    assertEquals(0, copies.refreshes());
  }

  @Test
  void after_a_stop_nothing_is_refreshed() {
    copies.at(NOW, PRIMARY, "0 replica STARTED b 55 154 199/199/199");
    var check =
        new ReplicaRecovery(
            copies, timers, RunListener.NONE, new Bytes(512L << 20), Duration.ofMinutes(1));
    var cure = check.await(Findings.counted(1, 1, 0), stopped.future());
    stopped.complete();
    timers.run();
    assertEquals(Cure.State.NOT_AWAITED, cure.result().state());
    assertEquals(0, copies.refreshes());
  }
}
