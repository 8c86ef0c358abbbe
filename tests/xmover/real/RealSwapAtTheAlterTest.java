package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

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
 * Somebody swapped a sick table with another one when the ALTER to 0 was already on its way: it met
 * the other one. That one is named until its replicas are back, whether or not the run survived.
 */
@NeedsCrateDb
class RealSwapAtTheAlterTest {
  @TempDir private Path home;
  private final RealCluster cluster = new RealCluster();
  private final SickTable table = new SickTable(cluster, 1);
  private final SickTable other = new SickTable(cluster, 1);
  private JournalOnDisk journal;
  private StatementRelay relay;

  @BeforeEach
  void sicken() throws IOException {
    journal = new JournalOnDisk(cluster, home);
    relay = new StatementRelay(cluster);
    table.createSick("0-1");
    other.create("0-all");
  }

  @AfterEach
  void drop() {
    relay.close();
    cluster.close();
  }

  @Test
  void a_run_that_met_the_other_table_ends_with_4_and_names_it_until_it_is_set_back() {
    relay.at(Moment.before(1, Words.TO_ZERO), this::swap);
    var run = types(relay.url(), reset());
    relay.allHappened();
    assertEquals(4, run.exitCode(), run::toString);
    assertNamedUntilSetBack();
  }

  @Test
  void a_run_that_was_killed_then_is_gone_on_with_and_the_other_table_is_named() throws Exception {
    try (var run = new OwnProcess(home, relay.url(), reset())) {
      relay.at(Moment.before(1, Words.TO_ZERO), this::swap);
      relay.cutAt(Moment.after(1, Words.TO_ZERO), run::kill);
      run.exitCode(60);
      relay.allHappened();
    }
    var resumed = resume();
    assertEquals(4, resumed.exitCode(), resumed::toString);
    assertNamedUntilSetBack();
  }

  /** The names are swapped: what {@code table} is called now is the other one. */
  private void assertNamedUntilSetBack() {
    assertEquals("0", table.replicas());
    assertEquals("0-1", other.replicas());
    assertEquals(1, journal.unfinished());
    String status = types(cluster, "status").out();
    assertTrue(status.contains(table.ref() + " IS AT 0 REPLICAS in its place"), status);
    assertEquals(4, resume().exitCode());
    assertEquals("0", table.replicas());
    cluster.execute("ALTER TABLE doc.%s SET (number_of_replicas = '0-all')".formatted(table.name));
    for (int turn = 0; turn < 2 && journal.unfinished() > 0; turn++) {
      resume();
    }
    assertEquals(0, journal.unfinished());
    assertEquals("0-all", table.replicas());
    assertEquals("0-1", other.replicas());
    var last = resume();
    assertEquals(0, last.exitCode(), last::toString);
  }

  private void swap() {
    cluster.execute("ALTER CLUSTER SWAP TABLE doc.%s TO %s".formatted(table.name, other.name));
  }

  private String reset() {
    return "reset " + table.ref() + " --yes --force --journal " + journal.path();
  }

  private Operator.Outcome resume() {
    return types(cluster, "resume");
  }

  private Operator.Outcome types(RealCluster straight, String command) {
    return RealOperator.types(
        home, straight, Transport.HTTP, command + " --journal " + journal.path());
  }

  private Operator.Outcome types(String url, String words) {
    return RealOperator.types(home, url, words);
  }
}
