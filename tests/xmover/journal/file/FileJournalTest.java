package xmover.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static xmover.journal.Entries.EVENTS;
import static xmover.journal.Entries.METRICS;
import static xmover.journal.Entries.await;
import static xmover.journal.Entries.begun;
import static xmover.journal.Entries.completed;
import static xmover.journal.Entries.entry;
import static xmover.journal.Entries.failure;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.journal.Entries;
import xmover.reset.machine.JournalEntry;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.PartitionValues;
import xmover.table.TableRef;

class FileJournalTest {
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir private Path folder;

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }

  @Test
  void an_entry_comes_back_as_it_was_written() {
    JournalEntry whole = entry(Entries.partition(), ResetState.FAILED, RestoreOutcome.FAILED);
    FileJournal journal = open();
    await(journal.write(whole));

    List<JournalEntry> read = await(FileJournal.read(VERTX, file())).unfinished();

    assertEquals(List.of(whole), read);
    assertEquals(
        Entries.partition().partition().orElseThrow().pairs(),
        read.get(0).table().partition().orElseThrow().pairs(),
        "the order of the partition columns");
  }

  @Test
  void the_latest_entry_of_each_unsettled_table_is_told_in_the_order_they_were_begun() {
    TableRef gone = TableRef.of("doc", "gone");
    FileJournal journal = open();
    write(journal, begun(METRICS), begun(gone), begun(EVENTS), completed(gone));
    write(journal, entry(METRICS, ResetState.MONITORING_LEASES));

    assertEquals(
        List.of(entry(METRICS, ResetState.MONITORING_LEASES), begun(EVENTS)),
        await(journal.unfinished()));
  }

  @Test
  void a_reset_whose_restore_failed_is_unfinished() {
    FileJournal journal = open();
    write(journal, begun(EVENTS), entry(EVENTS, ResetState.FAILED, RestoreOutcome.FAILED));

    assertEquals(1, await(journal.unfinished()).size());
  }

  @Test
  void a_partition_is_known_by_its_ident() {
    TableRef one = METRICS.partition(new PartitionValues("04", Map.of("month", 17L)));
    TableRef same = METRICS.partition(new PartitionValues("04", Map.of("month", 17)));
    TableRef other = METRICS.partition(new PartitionValues("05", Map.of("month", 17)));
    FileJournal journal = open();
    write(journal, begun(METRICS), begun(one), begun(other), completed(same));

    assertEquals(List.of(begun(METRICS), begun(other)), await(journal.unfinished()));
  }

  @Test
  void entries_are_written_in_the_order_they_were_given() {
    FileJournal journal = open();
    List<TableRef> tables =
        IntStream.range(0, 50).mapToObj(i -> TableRef.of("doc", "t" + i)).toList();
    List<Future<Void>> writes = new ArrayList<>();
    Context loop = VERTX.getOrCreateContext();
    await(
        Future.future(
            asked ->
                loop.runOnContext(
                    now -> {
                      tables.forEach(table -> writes.add(journal.write(begun(table))));
                      asked.complete();
                    })));
    await(Future.all(writes));

    assertEquals(tables, await(journal.unfinished()).stream().map(JournalEntry::table).toList());
  }

  @Test
  void another_run_finds_what_was_not_finished() {
    FileJournal journal = open();
    write(journal, begun(EVENTS), begun(METRICS), completed(METRICS));
    await(journal.close());

    assertEquals(List.of(begun(EVENTS)), await(open().unfinished()));
  }

  @Test
  void closing_forgets_what_is_settled() throws IOException {
    FileJournal journal = open();
    write(journal, begun(EVENTS), begun(METRICS), completed(METRICS));
    await(journal.close());

    assertEquals(1, Files.readAllLines(file()).size());
  }

  @Test
  void closing_twice_forgets_nothing_that_another_writes() {
    FileJournal journal = open();
    await(journal.close());
    FileJournal next = open();
    write(next, begun(EVENTS), completed(EVENTS));
    await(journal.close());

    assertTrue(Files.exists(file()));
  }

  @Test
  void nothing_is_left_when_everything_is_settled() {
    FileJournal journal = open();
    write(journal, begun(EVENTS), completed(EVENTS));
    await(journal.close());

    assertFalse(Files.exists(file()));
    assertEquals(List.of(), await(FileJournal.read(VERTX, file())).unfinished());
  }

  @Test
  void only_one_writes_at_a_time() {
    FileJournal journal = open();
    String refused = failure(FileJournal.open(VERTX, file(), said -> {}));

    assertTrue(refused.contains("is being written by process"), refused);
    await(journal.close());
    await(open().close());
  }

  @Test
  void who_takes_over_writes_beside_the_other_and_leaves_the_file_to_it() {
    FileJournal journal = open();
    write(journal, begun(EVENTS), begun(METRICS));
    FileJournal beside = await(FileJournal.takeOver(VERTX, file(), said -> {}));
    write(beside, completed(EVENTS));
    await(beside.close());
    write(journal, entry(METRICS, ResetState.MONITORING_LEASES));
    await(journal.close());

    assertEquals(List.of(entry(METRICS, ResetState.MONITORING_LEASES)), await(open().unfinished()));
  }

  @Test
  void nobody_but_the_owner_may_read_it() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "the file system knows no permissions");
    write(open(), begun(EVENTS));

    assertEquals("rw-------", permissions(file()));
    assertEquals("rwx------", permissions(file().getParent()));
    assertEquals("rwx------", permissions(file().getParent().getParent()));
  }

  @Test
  void a_folder_is_refused() {
    String refused = failure(FileJournal.open(VERTX, folder, said -> {}));

    assertTrue(refused.contains("is no regular file"), refused);
  }

  @Test
  void a_place_that_cannot_be_written_is_told() throws IOException {
    Path occupied = Files.writeString(folder.resolve("file"), "");
    String refused =
        failure(FileJournal.open(VERTX, occupied.resolve("journal.jsonl"), said -> {}));

    assertTrue(refused.startsWith("the journal " + occupied), refused);
    assertTrue(refused.contains("--journal"), refused);
  }

  private FileJournal open() {
    return await(FileJournal.open(VERTX, file(), said -> {}));
  }

  private Path file() {
    return folder.resolve("state").resolve("xmover").resolve("journal.jsonl");
  }

  private static void write(FileJournal journal, JournalEntry... entries) {
    for (JournalEntry entry : entries) {
      await(journal.write(entry));
    }
  }

  private static String permissions(Path path) throws IOException {
    return PosixFilePermissions.toString(Files.getPosixFilePermissions(path));
  }
}
