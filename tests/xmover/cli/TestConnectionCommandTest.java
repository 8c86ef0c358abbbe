package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.faults.Fault;
import cratesim.faults.Fault.Disruption;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The health check: who, what and how fast, or 1 within its time. */
class TestConnectionCommandTest {
  @TempDir private Path folder;
  private WiredCluster drill;

  @BeforeEach
  void start() throws IOException {
    drill = WiredCluster.withUsers(folder);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  @Test
  void it_tells_version_cluster_nodes_user_privileges_tables_and_round_trip() {
    assertTells(
        """
        cluster     drill (ID)
        version     6.3.7
        nodes       3: data-hot-1 data-hot-2 data-hot-3
        user        crate (superuser)
        privileges  all
        tables      13 visible
        round trip  TIME ms
        """,
        "crate");
  }

  @Test
  void it_tells_the_privileges_of_who_is_no_superuser() {
    assertTells(
        """
        cluster     drill (ID)
        version     6.3.7
        nodes       3: data-hot-1 data-hot-2 data-hot-3
        user        visitor
        privileges  GRANT DDL ON TABLE doc.events, GRANT DQL ON SCHEMA sys, GRANT DQL ON TABLE \
        doc.metrics
        tables      2 visible
        round trip  TIME ms
        """,
        "visitor");
  }

  private void assertTells(String told, String user) {
    for (String url : drill.urls(user)) {
      var outcome = Operator.types("test-connection", "--connect", url);
      assertEquals(0, outcome.exitCode(), outcome.err());
      assertEquals("", outcome.err());
      assertEquals(
          told,
          outcome.out().replaceFirst("\\(.*?\\)", "(ID)").replaceFirst("\\d+\\.\\d ms", "TIME ms"));
    }
  }

  @Test
  void a_server_that_hangs_is_given_up_within_the_time() {
    for (String url : drill.urls("crate")) {
      for (String statement : List.of("", "sys.cluster", "select 1")) {
        drill.faults.set(Fault.on(statement, Disruption.HANG));
        var outcome =
            assertTimeout(
                Duration.ofSeconds(3),
                () -> Operator.types("test-connection", "--timeout", "300ms", "--connect", url));
        assertEquals(1, outcome.exitCode(), outcome.out());
        assertEquals("", outcome.out());
        assertTrue(outcome.err().contains("no answer within --timeout 0.3 s"), outcome.err());
      }
    }
  }

  @Test
  void a_server_that_refuses_is_told_at_once() {
    drill.faults.set(Fault.refuseConnections());
    for (String url : drill.urls("crate")) {
      var outcome = Operator.types("test-connection", "--connect", url);
      assertEquals(1, outcome.exitCode());
      assertEquals("", outcome.out());
      assertTrue(outcome.err().startsWith("xmover: 127.0.0.1:"), outcome.err());
    }
  }

  @Test
  void without_its_password_a_user_is_not_let_in() {
    for (String url : drill.urls("guard")) {
      var outcome = Operator.types("test-connection", "--connect", url);
      assertEquals(1, outcome.exitCode());
      assertTrue(outcome.err().contains("user 'guard' is not let in"), outcome.err());
    }
  }
}
