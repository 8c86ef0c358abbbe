package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.Operator;
import xmover.real.StatementRelay.Moment;
import xmover.run.ExitCode;

/**
 * A node with one of its primaries freezes while a table is at 0, and thaws later. The original
 * setting is back in the end, and the run says 0 only where the table is healed. CrateDB answers
 * half a minute late while a node is frozen: that is what this class takes its minutes for.
 */
@NeedsNodes
class RealFrozenNodeTest {
  @TempDir private Path home;
  private final RealCluster cluster = new RealCluster();
  private final SickTable table = new SickTable(cluster, 3);
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
  void a_node_that_thaws_in_the_wait_delays_the_reset() {
    var run = reset("3m", Moment.before(2, Words.LEASES));
    assertEquals(0, run.exitCode(), run::toString);
    table.assertHealed("0-1");
  }

  @Test
  void the_setting_is_put_back_while_a_node_is_frozen() {
    var run = reset("20s", Moment.after(1, Words.TO_ORIGINAL));
    assertEquals(ExitCode.TIMED_OUT.number(), run.exitCode(), run::toString);
    table.settle();
    assertEquals("0-1", table.replicas());
  }

  /** A node freezes before the leases are looked at for the first time. */
  private Operator.Outcome reset(String longest, Moment thaw) {
    int frozen = nodes.count();
    relay.at(Moment.before(1, Words.LEASES), () -> nodes.freeze(frozen));
    relay.at(thaw, () -> nodes.thaw(frozen));
    var run =
        RealOperator.types(
            home,
            relay.url(),
            "reset "
                + table.ref()
                + " --yes --lease-sync off --backoff fixed:1s --max-wait "
                + longest
                + " --recovery-timeout 2m"
                + " --journal "
                + journal.path());
    relay.allHappened();
    nodes.awaitAll();
    assertEquals(0, journal.unfinished(), run::toString);
    return run;
  }
}
