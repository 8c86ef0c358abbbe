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
  private HarmedCluster harmed;

  @BeforeEach
  void sicken() throws IOException {
    harmed = new HarmedCluster(home, 3);
  }

  @AfterEach
  void drop() {
    harmed.close();
  }

  @Test
  void a_node_that_thaws_in_the_wait_delays_the_reset() {
    var run = reset("3m", Moment.before(2, Words.LEASES));
    assertEquals(0, run.exitCode(), run::toString);
    harmed.table.assertHealed("0-1");
  }

  @Test
  void the_setting_is_put_back_while_a_node_is_frozen() {
    var run = reset("20s", Moment.after(1, Words.TO_ORIGINAL));
    assertEquals(ExitCode.TIMED_OUT.number(), run.exitCode(), run::toString);
    harmed.table.settle();
    assertEquals("0-1", harmed.table.replicas());
  }

  /** A node freezes before the leases are looked at for the first time. */
  private Operator.Outcome reset(String longest, Moment thaw) {
    int frozen = harmed.nodes.count();
    harmed.relay.at(Moment.before(1, Words.LEASES), () -> harmed.nodes.freeze(frozen));
    harmed.relay.at(thaw, () -> harmed.nodes.thaw(frozen));
    var run =
        RealOperator.types(
            home,
            harmed.relay.url(),
            "reset "
                + harmed.table.ref()
                + " --yes --force --lease-sync off --backoff fixed:1s --max-wait "
                + longest
                + " --recovery-timeout 2m"
                + " --journal "
                + harmed.journal.path());
    harmed.relay.allHappened();
    harmed.nodes.awaitAll();
    assertEquals(0, harmed.journal.unfinished(), run::toString);
    return run;
  }
}
