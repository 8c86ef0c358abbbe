package xmover.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code monitor TABLE}: how far each copy is, and why it is judged so. */
class MonitoredCopiesTest {
  private static final String SICK =
      """
      {"name": "doc.t", "shards": 1, "replicas": "2", "size": "1gb", "documents": 4000,
       "sick": {"translog": "482055", "replicas": 1}}
      """;
  private static final String FAILED =
      """
      {"name": "doc.t", "shards": 1, "replicas": "1", "unsettled": [
        {"shard": 0, "replica": 1, "state": "FAILED"}]}
      """;
  private static final String LOOK_AGAIN = "look again, as with --watch.";

  @TempDir private Path folder;

  private String monitor(String table) throws Exception {
    try (var crate = new WiredCluster(folder, "", table)) {
      var outcome = crate.types("monitor", "doc.t");
      assertEquals(0, outcome.exitCode(), outcome.toString());
      return outcome.out();
    }
  }

  @Test
  void a_copy_with_a_hole_says_so_with_its_numbers_beside_complete_ones() throws Exception {
    String out = monitor(SICK);
    assertTrue(out.contains("misses an operation: local 2999 of max 3999"), out);
    assertTrue(out.contains("3999/2999/2999"), out);
    assertTrue(out.contains("complete, lags: another copy is known up to 2999 only"), out);
    assertTrue(out.contains(LOOK_AGAIN), out);
  }

  @Test
  void tables_are_looked_at_in_one_statement_however_many_they_are() throws Exception {
    String table = "{\"name\": \"doc.%s\", \"shards\": 1, \"replicas\": \"1\"}";
    String tables = table.formatted("b") + "," + table.formatted("a") + "," + table.formatted("c");
    try (var crate = new WiredCluster(folder, "", tables)) {
      String out = crate.types("monitor", "doc.b", "doc.a").out();
      assertEquals(1, crate.log.matching("AS lease_sources").size(), out);
      assertEquals(2, out.lines().filter(line -> line.contains("doc.b")).count(), out);
      assertTrue(out.indexOf("doc.b") < out.indexOf("doc.a"), out);
      assertFalse(out.contains("doc.c"), out);
    }
  }

  @Test
  void what_was_given_up_is_asked_for_once_however_many_tables_have_it() throws Exception {
    try (var crate =
        new WiredCluster(folder, "", FAILED + "," + FAILED.replace("doc.t", "doc.u"))) {
      String out = crate.types("monitor", "doc.t", "doc.u").out();
      assertEquals(1, crate.log.matching("FROM sys.allocations").size(), out);
      assertEquals(2, out.lines().filter(line -> line.contains("failed attempts")).count(), out);
    }
  }

  @Test
  void healthy_copies_are_complete() throws Exception {
    String out = monitor("{\"name\": \"doc.t\", \"shards\": 1, \"replicas\": \"1\"}");
    assertEquals(2, out.lines().filter(line -> line.endsWith("complete")).count(), out);
    assertFalse(out.contains(LOOK_AGAIN), out);
  }

  @Test
  void a_copy_that_was_given_up_is_named_with_its_cause_and_what_mends_it() throws Exception {
    String out = monitor(FAILED);
    assertTrue(out.contains("has no node"), out);
    assertTrue(out.contains("up after 5 failed attempts: java.lang.Illegal"), out);
    assertTrue(out.contains("ALTER CLUSTER REROUTE RETRY FAILED; (needs the privilege AL)"), out);
  }
}
