package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.connection.Transport;
import xmover.real.StatementRelay.Moment;
import xmover.real.StatementRelay.Side;

/**
 * A reset of a really sick table dies by kill -9 in each of its states, each time in a process of
 * its own (two seconds of CPU a death). The next command puts back what the table had.
 */
@NeedsCrateDb
class RealKilledProcessTest {
  private static final String ORIGINAL = "0-1";

  @TempDir private Path home;
  private final RealCluster cluster = new RealCluster();
  private final SickTable table = new SickTable(cluster, 2);
  private JournalOnDisk journal;
  private StatementRelay relay;

  /** Where a run dies, what the table has then, and whether its entry is looked at once more. */
  enum Death {
    DETECTED(Side.BEFORE, "number_of_shards AS primaries", ORIGINAL, 0),
    ZERO_WRITTEN_AND_NOT_SENT(Side.BEFORE, Words.TO_ZERO, ORIGINAL, 1),
    ZERO_SENT(Side.AFTER, Words.TO_ZERO, "0", 0),
    BEFORE_THE_LEASES_ARE_SEEN(Side.BEFORE, Words.LEASES, "0", 0),
    LEASES_SEEN(Side.AFTER, Words.LEASES, "0", 0),
    RESTORE_NOT_SENT(Side.BEFORE, Words.TO_ORIGINAL, "0", 0),
    RESTORE_SENT(Side.AFTER, Words.TO_ORIGINAL, ORIGINAL, 0),
    RECOVERING(Side.BEFORE, Words.COPIES, ORIGINAL, 0);

    private final Side side;
    private final String words;
    private final String left;
    private final int more;

    Death(Side side, String words, String left, int more) {
      this.side = side;
      this.words = words;
      this.left = left;
      this.more = more;
    }
  }

  @BeforeEach
  void sicken() throws IOException {
    journal = new JournalOnDisk(cluster, home);
    relay = new StatementRelay(cluster);
    table.createSick(ORIGINAL);
  }

  @AfterEach
  void drop() {
    relay.close();
    cluster.close();
  }

  @ParameterizedTest
  @EnumSource
  void after_kill_9_resume_brings_the_original_setting_back(Death death) throws Exception {
    diesAt(new Moment(death.side, 1, death.words));
    assertEquals(death.left, table.replicas());
    assertResumed();
    assertEquals(ORIGINAL, table.replicas());
    assertEquals(death.more, journal.unfinished());
    if (death.more > 0) {
      // What was sent and not answered may arrive late: only another run is sure that it did not.
      assertResumed();
      assertEquals(0, journal.unfinished());
    }
    table.settle();
    assertEquals(ORIGINAL, table.replicas());
  }

  private void assertResumed() {
    var resumed =
        RealOperator.types(home, cluster, Transport.HTTP, "resume --journal " + journal.path());
    assertEquals(0, resumed.exitCode(), resumed::toString);
  }

  private void diesAt(Moment moment) throws Exception {
    try (var run =
        new OwnProcess(
            home,
            relay.url(),
            "reset "
                + table.ref()
                + " --yes --force --lease-sync off --backoff fixed:1s --journal "
                + journal.path())) {
      relay.cutAt(moment, run::kill);
      run.exitCode(60);
      relay.allHappened();
    }
  }
}
