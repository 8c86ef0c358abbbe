package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import cratesim.wire.Relay;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.suite.NeedsProcess;

/**
 * A run died with a table at 0, and its address leads to another cluster by now, or to none. The
 * journal is named by the id of the cluster: "Nothing to reset" was all that resume said.
 */
@NeedsProcess
class AnotherClusterBehindTheAddressTest {
  @TempDir private Path folder;
  @TempDir private Path elsewhere;

  private WiredDrill ours;
  private WiredDrill other;
  private Relay address;
  private List<List<Object>> before;
  private List<List<Object>> others;

  @BeforeEach
  void dieAtZero() throws Exception {
    ours = new WiredDrill(folder, "drill?recovery=0.1");
    other = new WiredDrill(elsewhere);
    address = new Relay(ours.port());
    before = ours.settings();
    others = other.settings();
    // A process, which tries that address no more once it is dead.
    Process run = ours.startProcess(url(), "reset", "doc.metrics", "--yes", "--lease-sync", "off");
    ours.await(run, "lease_sources, partition_uuid", 1);
    run.destroyForcibly().waitFor();
    assertNotEquals(before, ours.settings());
  }

  @AfterEach
  void close() throws Exception {
    address.close();
    ours.close();
    other.close();
  }

  @Test
  void resume_names_it_ends_with_4_and_leaves_the_other_cluster_alone() throws Exception {
    address.leadTo(other.port());
    Operator.Outcome resumed = types("resume", "--log-format", "json");
    assertEquals(4, resumed.exitCode(), resumed.toString());
    assertNamed(resumed.logged().texts("elsewhere", "what").toString());
    assertEquals(others, other.settings());
    assertEquals(List.of(), other.sent("^ALTER"));

    address.leadTo(ours.port());
    assertEquals(0, types("resume").exitCode());
    assertEquals(before, ours.settings());
  }

  @Test
  void a_run_on_the_other_cluster_names_it_too() throws Exception {
    address.leadTo(other.port());
    Operator.Outcome run =
        types(
            ("problematic-translogs --autoexec --table doc.metrics --sizeMB 999999 "
                    + "--log-format json")
                .split(" "));
    assertEquals(4, run.exitCode(), run.toString());
    assertNamed(run.logged().texts("elsewhere", "what").toString());
  }

  @Test
  void status_names_it_beside_what_it_says_of_the_other_cluster() throws Exception {
    address.leadTo(other.port());
    Operator.Outcome status = types("status");
    assertEquals(0, status.exitCode());
    assertNamed(status.out());
  }

  @Test
  void with_no_cluster_behind_it_status_knows_it_all_the_same() throws Exception {
    address.cut();
    Operator.Outcome status = types("status");
    assertEquals(4, status.exitCode(), status.toString());
    assertTrue(
        status
            .out()
            .matches(
                "(?s)No run is at work: 1 table may be AT 0 replicas for .* → xmover restore, once"
                    + " the cluster can be looked at\n.*doc.metrics.*unknown.*"),
        status.toString());
    assertNamed(status.err());
  }

  @Test
  void one_whose_cluster_is_gone_for_good_is_forgotten_by_hand() throws Exception {
    address.cut();
    Operator.Outcome forgotten = types("forget", "doc.metrics");
    assertEquals(0, forgotten.exitCode(), forgotten.toString());
    assertEquals(1, types("status").exitCode(), "nothing is open, the cluster is down");
  }

  @Test
  void one_that_is_at_0_is_not_forgotten() throws Exception {
    Operator.Outcome refused = types("forget", "doc.metrics");
    assertEquals(1, refused.exitCode());
    assertTrue(refused.err().contains("xmover restore"), refused.err());
    assertEquals(0, types("restore").exitCode());
    assertEquals(before, ours.settings());
  }

  private Operator.Outcome types(String... words) throws Exception {
    var all = new java.util.ArrayList<>(List.of(words));
    all.addAll(List.of("--connect", url(), "--connect-timeout", "2s"));
    return ours.types(Map.of(), all.toArray(String[]::new));
  }

  private String url() {
    return "postgresql://crate@127.0.0.1:" + address.port() + "/doc";
  }

  private static void assertNamed(String said) {
    assertTrue(said.contains("doc.metrics"), said);
  }
}
