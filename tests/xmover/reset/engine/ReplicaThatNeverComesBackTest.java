package xmover.reset.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.cluster.FaultyCluster.fail;

import io.vertx.core.Promise;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;

/**
 * Without the lease sync a reset left a replica UNASSIGNED for good: it was built by replaying
 * operations that no replica can replay. What saves it is that the primaries commit while they are
 * alone, which the OPTIMIZE of the sync does by the way.
 */
class ReplicaThatNeverComesBackTest {
  private static final String COMMIT = "OPTIMIZE TABLE";
  private static final String BACK = "\"number_of_replicas\" = '1'";

  private final ResetBench bench = ResetBench.oneTable("1");

  @BeforeEach
  void withoutLeaseSync() {
    bench.policy = ResetBench.HANDBOOK;
  }

  @Test
  void the_primaries_commit_right_before_the_restore() {
    assertEquals(ResetState.COMPLETED, bench.reset().state());
    List<String> written = bench.link.written();
    assertEquals(3, written.size());
    assertTrue(written.get(1).startsWith(COMMIT), written.toString());
    assertTrue(written.get(2).contains(BACK), written.toString());
  }

  @Test
  void a_commit_that_is_refused_does_not_hold_up_the_restore() {
    bench.link.always(COMMIT, fail(Kind.REFUSED));
    assertEquals(ResetState.COMPLETED, bench.reset().state());
  }

  @Test
  void a_commit_that_is_never_answered_holds_it_up_for_seconds() {
    bench.link.always(COMMIT, execution -> Promise.<List<Row>>promise().future());
    ResetJob job = bench.reset();
    assertEquals(ResetState.COMPLETED, job.state());
    Duration restoring = job.times().atRisk().minus(job.times().waited());
    assertTrue(restoring.compareTo(Duration.ofSeconds(6)) < 0, restoring.toString());
  }

  @Test
  void with_the_lease_sync_it_has_happened_already() {
    bench.policy = ResetBench.ASKING;
    bench.reset();
    assertEquals(1, bench.link.written().stream().filter(s -> s.startsWith(COMMIT)).count());
  }
}
