package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.Operator;
import xmover.real.StatementRelay.Moment;
import xmover.table.SqlText;

/**
 * The node to which a sick copy was being moved was killed. The sick copy is still there, no
 * setting was touched, and the run does not say that the table is healed.
 */
@NeedsNodes
class RealTargetKilledTest {
  private static final String MOVE = "REROUTE MOVE SHARD";

  @TempDir private Path home;
  private final RealCluster cluster = new RealCluster();
  private final SickTable table = new SickTable(cluster, 1);
  private StatementRelay relay;
  private Nodes nodes;
  private String target;

  @BeforeEach
  void sicken() throws IOException {
    nodes = new Nodes(cluster);
    assumeTrue(nodes.count() == 3, "one node has to be the only one without a copy");
    relay = new StatementRelay(cluster);
    table.create("1");
    target = nodeWithout();
    if (nodes.number(target) == 1) {
      target = nodeOf("NOT \"primary\"");
      cluster.execute(
          "ALTER TABLE doc.%s REROUTE MOVE SHARD 0 FROM %s TO %s"
              .formatted(table.name, SqlText.text(target), SqlText.text(nodeWithout())));
      cluster.await("the third node is another one", () -> nodeWithout().equals(target));
    }
    table.sicken();
  }

  @AfterEach
  void drop() {
    relay.close();
    nodes.close();
    cluster.execute("RESET GLOBAL \"indices.recovery.max_bytes_per_sec\"");
    cluster.close();
  }

  @Test
  void the_sick_copy_stays_and_a_later_run_heals_it() {
    table.fill();
    cluster.execute("SET GLOBAL TRANSIENT \"indices.recovery.max_bytes_per_sec\" = '1mb'");
    relay.at(Moment.after(1, MOVE), this::killTheTarget);
    var run = heal(relay.url());
    relay.allHappened();
    assertTrue(run.exitCode() != 0, run::toString);
    assertEquals(List.of(), relay.sent("number_of_replicas\" ="));
    assertEquals("1", table.replicas());
    assertEquals(1, table.holes());
    nodes.start(nodes.number(target));
    nodes.awaitAll();
    cluster.execute("RESET GLOBAL \"indices.recovery.max_bytes_per_sec\"");
    table.settle();
    var again = heal(relay.url());
    assertEquals(0, again.exitCode(), again::toString);
    table.assertHealed("1");
  }

  private void killTheTarget() {
    cluster.await("it is on its way", () -> table.count("routing_state = 'RELOCATING'") == 1);
    nodes.kill(nodes.number(target));
  }

  private Operator.Outcome heal(String url) {
    return RealOperator.types(
        home, url, "heal --remedy move --sizeMB 0.09 --recovery-timeout 1m --table " + table.ref());
  }

  private String nodeOf(String which) {
    return cluster
        .execute(
            "SELECT node['name'] AS node FROM sys.shards WHERE table_name = %s AND %s"
                .formatted(SqlText.text(table.name), which))
        .get(0)
        .text("node");
  }

  private String nodeWithout() {
    return cluster
        .execute(
            "SELECT min(name) AS node FROM sys.nodes WHERE name NOT IN (SELECT node['name'] FROM sys.shards WHERE table_name = %s)"
                .formatted(SqlText.text(table.name)))
        .get(0)
        .text("node");
  }
}
