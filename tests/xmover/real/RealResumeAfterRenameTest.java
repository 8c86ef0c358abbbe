package xmover.real;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.cluster.connection.Transport;
import xmover.journal.file.FileJournal;
import xmover.journal.table.ClusterJournal;
import xmover.reset.Journal;
import xmover.reset.RunReport;
import xmover.reset.engine.Unfinished;
import xmover.table.TableRef;

/**
 * A run died while a table was at 0, and somebody renamed the table before the next one came. That
 * one finds it by what its journal says, in a file and in the cluster, and changes no other.
 */
@NeedsCrateDb
class RealResumeAfterRenameTest {
  @TempDir private Path folder;
  private final DisturbedTables tables = new DisturbedTables();
  private final Map<String, String> before = tables.settings();

  @AfterEach
  void drop() {
    tables.close();
  }

  @ParameterizedTest
  @EnumSource
  void a_table_of_a_journal_in_a_file(Transport wire) {
    dieAtZero(wire, file(), tables.table("t"));
    renameAndCreate();
    assertResumed(wire, file());
  }

  @ParameterizedTest
  @EnumSource
  void a_table_of_a_journal_in_the_cluster(Transport wire) {
    dieAtZero(wire, inCluster(wire), tables.table("t"));
    renameAndCreate();
    assertResumed(wire, inCluster(wire));
  }

  @ParameterizedTest
  @EnumSource
  void a_partition_of_a_journal_in_the_cluster(Transport wire) {
    dieAtZero(wire, inCluster(wire), tables.partition("p", "eu"));
    tables.execute(tables.sql("ALTER CLUSTER SWAP TABLE %s TO %s", "p", "q"));
    Journal journal = inCluster(wire);
    assertDone(tables.resume(wire, journal));
    assertSettled(wire, journal);
    Map<String, String> now = tables.settings();
    assertEquals(before.get("p eu"), now.get("q eu"));
    assertEquals(before.get("q eu"), now.get("p eu"));
    assertEquals(before.get("p us"), now.get("q us"));
  }

  @Test
  void status_says_what_it_is_called_now() {
    dieAtZero(Transport.HTTP, file(), tables.table("t"));
    renameAndCreate();
    Journal journal = file();
    Unfinished unfinished = tables.unfinished(Transport.HTTP, journal);
    assertEquals(
        List.of("AT 0 REPLICAS, called " + tables.table("t_old") + " now"),
        unfinished.entries().stream().map(unfinished::truth).toList());
    RealCluster.get(journal.close());
  }

  /** Its journal is let go of by the dead, as the operating system sees to it. */
  private void dieAtZero(Transport wire, Journal journal, TableRef table) {
    tables.dieAtZero(wire, table, journal);
    RealCluster.get(journal.close());
  }

  private void renameAndCreate() {
    tables.execute(tables.sql("ALTER TABLE %s RENAME TO t_old", "t"));
    tables.create("t", "0");
  }

  private void assertResumed(Transport wire, Journal journal) {
    assertDone(tables.resume(wire, journal));
    Map<String, String> now = tables.settings();
    assertEquals(before.get("t"), now.remove("t_old"));
    assertEquals("0", now.put("t", before.get("t")));
    assertEquals(before, now);
    assertSettled(wire, journal);
  }

  private void assertSettled(Transport wire, Journal journal) {
    assertEquals(List.of(), tables.unfinished(wire, journal).entries());
    RealCluster.get(journal.close());
  }

  private static void assertDone(RunReport report) {
    assertEquals(1, report.completed(), report.toString());
    assertTrue(report.critical().isEmpty(), report.toString());
  }

  private Journal file() {
    return RealCluster.get(
        FileJournal.open(tables.crate.vertx, folder.resolve("journal.jsonl"), told -> {}));
  }

  private Journal inCluster(Transport wire) {
    return RealCluster.get(
        ClusterJournal.open(tables.open(wire), tables.schema, "journal", told -> {}));
  }
}
