package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.Operator;
import xmover.cluster.connection.Transport;
import xmover.real.StatementRelay.Moment;

/**
 * All nodes are restarted while a table is at 0. Until the cluster has recovered it answers that it
 * has no table at all, from which nothing is concluded; then the table has what it had.
 */
@NeedsNodes
class RealRestartOfAllNodesTest {
  @TempDir private Path home;
  private HarmedCluster harmed;

  @BeforeEach
  void sicken() throws IOException {
    harmed = new HarmedCluster(home, 2);
  }

  @AfterEach
  void drop() {
    harmed.close();
  }

  @Test
  void resume_concludes_nothing_before_the_cluster_has_recovered() throws Exception {
    diesAt(Moment.before(1, Words.LEASES), reset());
    stopAll();
    int last = harmed.nodes.count();
    for (int node = 1; node < last; node++) {
      harmed.nodes.start(node);
    }
    harmed.nodes.await(
        "all nodes but one answer",
        "SELECT count(*) = %d AS yes FROM sys.nodes".formatted(last - 1));
    assumeTrue(harmed.table.replicas() == null, "it recovers before all nodes are there");
    diesAt(
        Moment.before(3, Words.LEASES),
        "resume --backoff fixed:1s --journal " + harmed.journal.path());
    assertEquals(1, harmed.journal.unfinished());
    harmed.nodes.start(last);
    harmed.nodes.awaitAll();
    harmed.cluster.await("the table is seen", () -> harmed.table.replicas() != null);
    var resumed = resume();
    assertEquals(0, resumed.exitCode(), resumed::toString);
    assertEquals("0-1", harmed.table.replicas());
    assertEquals(0, harmed.journal.unfinished());
    harmed.table.settle();
  }

  @Test
  void a_run_that_is_under_way_restores_when_they_are_back() {
    harmed.relay.at(
        Moment.before(1, Words.LEASES),
        () -> {
          stopAll();
          for (int node = 1; node <= harmed.nodes.count(); node++) {
            harmed.nodes.start(node);
          }
        });
    var run = RealOperator.types(home, harmed.relay.url(), reset());
    harmed.relay.allHappened();
    harmed.nodes.awaitAll();
    assertEquals(0, run.exitCode(), run::toString);
    assertEquals("0-1", harmed.table.replicas());
    assertEquals(0, harmed.journal.unfinished());
    harmed.table.assertHealed("0-1");
  }

  private void diesAt(Moment moment, String command) throws Exception {
    try (var run = new OwnProcess(home, harmed.relay.url(), command)) {
      harmed.relay.cutAt(moment, run::kill);
      run.exitCode(60);
      harmed.relay.allHappened();
    }
  }

  private void stopAll() {
    for (int node = harmed.nodes.count(); node > 0; node--) {
      harmed.nodes.stop(node);
    }
  }

  private String reset() {
    return "reset "
        + harmed.table.ref()
        + " --yes --force --lease-sync off --backoff fixed:1s --journal "
        + harmed.journal.path();
  }

  private Operator.Outcome resume() {
    return RealOperator.types(
        home, harmed.cluster, Transport.HTTP, "resume --journal " + harmed.journal.path());
  }
}
