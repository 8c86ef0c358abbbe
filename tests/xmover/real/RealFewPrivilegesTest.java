package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.Operator;
import xmover.cluster.sql.DetectionSql;
import xmover.environment.TestEnvironment;
import xmover.environment.TimeLapse;
import xmover.real.StatementRelay.Moment;

/**
 * A user that may not see a table that is at 0, or may not alter it, closes no entry of the
 * journal; the table has its replicas as soon as somebody may set them.
 */
@NeedsCrateDb
class RealFewPrivilegesTest {
  private static final String PASSWORD = "s3cret-of-a-test";
  private static final String DDL = "DDL ON TABLE doc.";

  @TempDir private Path home;
  private final RealCluster cluster = new RealCluster();
  private final SickTable table = new SickTable(cluster, 1);
  private final String user = table.name + "_user";
  private JournalOnDisk journal;
  private StatementRelay relay;

  @BeforeEach
  void createUser() throws IOException {
    assumeTrue(
        cluster.execute(DetectionSql.identity().text()).get(0).flag("superuser"),
        "only a superuser can create the user this needs");
    journal = new JournalOnDisk(cluster, home);
    relay = new StatementRelay(cluster);
    table.createSick("0-1");
    cluster.create(
        "CREATE USER %s WITH (password = '%s')".formatted(user, PASSWORD),
        "DROP USER IF EXISTS " + user);
    grant("DQL ON SCHEMA sys");
  }

  @AfterEach
  void drop() {
    relay.close();
    cluster.close();
  }

  @Test
  void who_does_not_see_the_table_closes_no_entry() throws Exception {
    try (var run = new OwnProcess(home, relay.url(), reset() + " --journal " + journal.path())) {
      relay.cutAt(Moment.after(1, Words.TO_ZERO), run::kill);
      run.exitCode(60);
      relay.allHappened();
    }
    var blind = types("resume --max-wait 30s --backoff fixed:5s");
    assertEquals(4, blind.exitCode(), blind::toString);
    assertEquals(1, journal.unfinished());
    assertEquals("0", table.replicas());
    grant(DDL + table.name);
    var resumed = types("resume");
    assertEquals(0, resumed.exitCode(), resumed::toString);
    if (journal.unfinished() > 0) {
      // Nobody had seen what became of the ALTER: another run makes sure that none comes late.
      assertEquals(0, types("resume").exitCode());
    }
    assertEquals(0, journal.unfinished());
    table.settle();
    assertEquals("0-1", table.replicas());
  }

  @Test
  void who_may_not_alter_the_table_leaves_it_as_it_is() {
    grant("AL");
    var refused = types(reset());
    assertTrue(refused.exitCode() != 0, refused::toString);
    assertTrue((refused.out() + refused.err()).contains("GRANT DDL"), refused::toString);
    assertEquals(0, journal.unfinished());
    assertEquals("0-1", table.replicas());
  }

  @Test
  void a_privilege_that_was_revoked_while_it_is_at_0_is_waited_for() {
    grant("AL");
    grant(DDL + table.name);
    relay.at(
        Moment.before(1, Words.TO_ORIGINAL),
        () -> cluster.execute("REVOKE " + DDL + table.name + " FROM " + user));
    relay.at(Moment.before(3, Words.TO_ORIGINAL), () -> grant(DDL + table.name));
    var run = types(reset());
    assertEquals(0, run.exitCode(), run::toString);
    relay.allHappened();
    assertEquals(0, journal.unfinished());
    table.assertHealed("0-1");
  }

  private void grant(String privilege) {
    cluster.execute("GRANT " + privilege + " TO " + user);
  }

  private String reset() {
    return "reset " + table.ref() + " --yes --force --ignore-gate others";
  }

  /** As that user, whose minutes are seconds. */
  private Operator.Outcome types(String words) {
    var around =
        new TestEnvironment(home).with(new TimeLapse(20)).with(Map.of("CRATE_PASSWORD", PASSWORD));
    return Operator.types(
        around,
        (words + " --journal " + journal.path() + " --connect " + relay.url(user)).split(" "));
  }
}
