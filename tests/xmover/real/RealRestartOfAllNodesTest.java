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
import xmover.cluster.Transport;
import xmover.real.StatementRelay.Moment;

/**
 * All nodes are restarted while a table is at 0. Until the cluster has recovered it answers that it
 * has no table at all, from which nothing is concluded; then the table has what it had.
 */
@NeedsNodes
class RealRestartOfAllNodesTest {
  @TempDir private Path home;
  private final RealCluster cluster = new RealCluster();
  private final SickTable table = new SickTable(cluster, 2);
  private JournalOnDisk journal;
  private StatementRelay relay;
  private Nodes nodes;

  @BeforeEach
  void sicken() throws IOException {
    nodes = new Nodes(cluster);
    journal = new JournalOnDisk(cluster, home);
    relay = new StatementRelay(cluster);
    table.createSick("0-1");
  }

  @AfterEach
  void drop() {
    relay.close();
    nodes.close();
    cluster.close();
  }

  @Test
  void resume_concludes_nothing_before_the_cluster_has_recovered() throws Exception {
    diesAt(Moment.before(1, Words.LEASES), reset());
    stopAll();
    int last = nodes.count();
    for (int node = 1; node < last; node++) {
      nodes.start(node);
    }
    nodes.await(
        "all nodes but one answer",
        "SELECT count(*) = %d AS yes FROM sys.nodes".formatted(last - 1));
    assumeTrue(table.replicas() == null, "it recovers before all nodes are there");
    diesAt(Moment.before(3, Words.LEASES), "resume --backoff fixed:1s --journal " + journal.path());
    assertEquals(1, journal.unfinished());
    nodes.start(last);
    nodes.awaitAll();
    cluster.await("the table is seen", () -> table.replicas() != null);
    var resumed = resume();
    assertEquals(0, resumed.exitCode(), resumed::toString);
    assertEquals("0-1", table.replicas());
    assertEquals(0, journal.unfinished());
    table.settle();
  }

  @Test
  void a_run_that_is_under_way_restores_when_they_are_back() {
    relay.at(
        Moment.before(1, Words.LEASES),
        () -> {
          stopAll();
          for (int node = 1; node <= nodes.count(); node++) {
            nodes.start(node);
          }
        });
    var run = RealOperator.types(home, relay.url(), reset());
    relay.allHappened();
    nodes.awaitAll();
    assertEquals(0, run.exitCode(), run::toString);
    assertEquals("0-1", table.replicas());
    assertEquals(0, journal.unfinished());
    table.assertHealed("0-1");
  }

  private void diesAt(Moment moment, String command) throws Exception {
    try (var run = new OwnProcess(home, relay.url(), command)) {
      relay.cutAt(moment, run::kill);
      run.exitCode(60);
      relay.allHappened();
    }
  }

  private void stopAll() {
    for (int node = nodes.count(); node > 0; node--) {
      nodes.stop(node);
    }
  }

  private String reset() {
    return "reset "
        + table.ref()
        + " --yes --lease-sync off --backoff fixed:1s --journal "
        + journal.path();
  }

  private Operator.Outcome resume() {
    return RealOperator.types(home, cluster, Transport.HTTP, "resume --journal " + journal.path());
  }
}
