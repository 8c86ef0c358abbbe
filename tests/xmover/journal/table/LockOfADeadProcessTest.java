package xmover.journal.table;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import cratesim.SimulatedCluster;
import cratesim.scenario.Scenario;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.DirectCluster;
import xmover.cluster.FaultyCluster;
import xmover.cluster.Statement;
import xmover.environment.SteppedTimers;
import xmover.journal.HostProcess;
import xmover.reset.machine.RunIdentity;

/** A run was killed, and the lock it had in the cluster kept the next one waiting. */
class LockOfADeadProcessTest {
  private static final String DEAD = "process_start = process_start - 1";

  private final SteppedTimers timers = new SteppedTimers();
  private final Cluster cluster =
      new DirectCluster(new SimulatedCluster(Scenario.load("drill"), timers), "crate", timers);
  private final List<String> told = new ArrayList<>();

  @BeforeEach
  void linux() {
    assumeTrue(HostProcess.current().isPresent(), "only Linux tells which process it was");
  }

  @Test
  void it_is_taken_at_once_and_said_from_whom() {
    lock("alice");
    found(DEAD);

    String former = lock("bob").takenFrom().orElseThrow();
    assertEquals(
        "alice@laptop since 1970-01-01T00:00:00Z (run run of alice), whose process "
            + ProcessHandle.current().pid()
            + " is dead, silent for 0 s",
        former);
  }

  @Test
  void it_is_held_while_the_process_lives() {
    lock("alice");

    assertTrue(refusal("bob").contains("alice@laptop"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        DEAD + ", boot_id = 'of another host'",
        DEAD + ", pid_namespace = 'pid:[of another container]'",
        // A version that knows no processes took it, and is alive.
        DEAD + ", run_id = 'of an older version'"
      })
  void it_is_held_when_the_dead_process_may_be_another_one(String change) {
    lock("alice");
    found(change);

    assertTrue(refusal("bob").contains("last heard of 0 s ago"));
  }

  @Test
  void until_when_it_is_held_is_told() {
    lock("alice");
    found("boot_id = 'of another host', heartbeat = heartbeat - 17000");

    String refusal = refusal("bob");
    assertTrue(
        refusal.matches(".*the lock is free from \\d\\d:\\d\\d:\\d\\d, in 43 s\\..*"), refusal);
  }

  @Test
  void an_older_lock_that_may_not_be_altered_works_as_before() {
    var mayNotAlter = new FaultyCluster(cluster, timers);
    mayNotAlter.always("ALTER TABLE", FaultyCluster.fail(Kind.PRIVILEGE));
    create(Lease.COLUMNS);
    ClusterLock lock = lock(mayNotAlter, "alice");

    assertEquals(
        List.of(
            "xmover.lock in the cluster is of an older version and lacks process_run_id, pid,"
                + " process_start, boot_id, pid_namespace: scripted PRIVILEGE. One run of a user"
                + " with DDL ON SCHEMA xmover adds them. Until then the lock of a killed run is"
                + " held for 60 s"),
        told);
    timers.advance(Duration.ofHours(1));
    timers.run(lock.release());
    assertEquals(1, told.size());
  }

  private void create(String columns) {
    execute("CREATE TABLE xmover.lock (" + columns + ") CLUSTERED INTO 1 SHARDS");
  }

  private void found(String change) {
    execute("UPDATE xmover.lock SET " + change + " WHERE id = 'run'");
  }

  private void execute(String statement) {
    timers.run(cluster.execute(Statement.write(statement)));
  }

  private ClusterLock lock(String user) {
    return lock(cluster, user);
  }

  private ClusterLock lock(Cluster over, String user) {
    var run = new RunIdentity("run of " + user, user, "laptop", Instant.EPOCH);
    return timers.run(ClusterLock.acquire(over, "xmover", "lock", run, false, timers, told::add));
  }

  private String refusal(String user) {
    return assertThrows(AssertionError.class, () -> lock(user)).getCause().getMessage();
  }
}
