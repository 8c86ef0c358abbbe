package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.DirectCluster;
import xmover.cluster.FaultyCluster;
import xmover.environment.SteppedTimers;
import xmover.reset.machine.RunIdentity;

/** The lock in the cluster over time: heartbeats, silence, expiry and takeover. */
class HeartbeatTest {
  private final SteppedTimers timers = new SteppedTimers();
  private final Cluster healthy =
      new DirectCluster(new SimulatedCluster(Scenario.load("drill"), timers), "crate", timers);
  private final FaultyCluster alices = new FaultyCluster(healthy, timers);
  private final List<String> told = new ArrayList<>();

  private ClusterLock lock(Cluster cluster, String user) {
    var run = new RunIdentity("run of " + user, user, "laptop", Instant.EPOCH);
    return timers.run(
        ClusterLock.acquire(cluster, "xmover", "lock", run, false, timers, told::add));
  }

  private String refused() {
    return assertThrows(AssertionError.class, () -> lock(healthy, "bob")).getCause().getMessage();
  }

  @Test
  void a_holder_that_is_heard_of_keeps_the_lock_for_hours() {
    ClusterLock lock = lock(alices, "alice");
    timers.advance(Duration.ofHours(3));
    assertTrue(refused().contains("alice@laptop"));
    timers.run(lock.release());
    timers.run(lock(healthy, "bob").release());
    assertEquals(List.of(), told);
  }

  @Test
  void a_holder_that_fell_silent_loses_it_after_a_minute_and_is_told() {
    ClusterLock mine = lock(alices, "alice");
    timers.advance(Duration.ofSeconds(15));
    alices.always("lock", FaultyCluster.fail(Kind.UNREACHABLE));
    timers.advance(Duration.ofSeconds(50));
    assertTrue(refused().contains("last heard of 5"), refused());
    timers.advance(Duration.ofSeconds(10));
    assertTrue(lock(healthy, "bob").takenFrom().orElseThrow().startsWith("alice@laptop "));
    alices.heal();
    timers.advance(Duration.ofMinutes(10));
    assertEquals(1, told.size(), told.toString());
    assertTrue(told.get(0).startsWith("the heartbeat of the lock failed; after 60 s"), told.get(0));
    String lost = mine.lost().result();
    assertTrue(lost.startsWith("the lock was taken over by bob@laptop"), lost);
  }

  @Test
  void an_outage_is_told_once_and_its_end_too() {
    ClusterLock lock = lock(alices, "alice");
    alices.always("lock", FaultyCluster.fail(Kind.UNREACHABLE));
    timers.advance(Duration.ofMinutes(5));
    alices.heal();
    timers.advance(Duration.ofMinutes(5));
    assertEquals(2, told.size(), told.toString());
    assertEquals("the heartbeat of the lock comes through again", told.get(1));
    assertTrue(refused().contains("alice@laptop"));
    timers.run(lock.release());
  }

  @Test
  void a_lock_whose_answer_was_lost_is_held_all_the_same() {
    alices.once("INSERT", FaultyCluster.loseAnswer(Kind.CONNECTION_LOST));
    lock(alices, "alice");
    assertTrue(refused().contains("alice@laptop"));
  }

  @Test
  void a_release_ends_even_when_the_cluster_is_gone_and_no_heartbeat_follows() {
    ClusterLock lock = lock(alices, "alice");
    alices.always("lock", FaultyCluster.fail(Kind.UNREACHABLE));
    timers.run(lock.release());
    assertTrue(told.get(0).startsWith("the lock could not be released"), told.toString());
    int sent = alices.sent().size();
    timers.advance(Duration.ofMinutes(5));
    assertEquals(sent, alices.sent().size());
  }
}
