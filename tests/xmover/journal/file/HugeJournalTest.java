package xmover.journal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.Entries.EVENTS;
import static xmover.journal.Entries.METRICS;
import static xmover.journal.Entries.await;
import static xmover.journal.Entries.begun;
import static xmover.journal.Entries.completed;
import static xmover.journal.Entries.failure;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.table.PartitionValues;
import xmover.table.TableRef;

/** A journal of gigabytes ended in an OutOfMemoryError. */
class HugeJournalTest {
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void name() {
    file = folder.resolve("journal.jsonl");
  }

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }

  @Test
  void what_is_far_too_long_is_refused_in_a_sentence() throws IOException {
    try (var huge = new RandomAccessFile(file.toFile(), "rw")) {
      huge.setLength(3L << 30);
    }

    assertEquals(
        "the journal "
            + file
            + " has 3072 MB, and none has more than 64 MB: name another with --journal",
        failure(FileJournal.open(VERTX, file, said -> {})));
  }

  @Test
  void so_is_one_that_names_more_tables_than_any_cluster_has() throws IOException {
    try (var lines = Files.newBufferedWriter(file)) {
      for (int i = 0; i <= 10_000; i++) {
        lines.write(new String(JournalLine.of(begun(TableRef.of("doc", "t" + i))), UTF_8) + "\n");
      }
    }

    String refused = failure(FileJournal.read(VERTX, file));
    assertTrue(refused.contains("names more than 10000 tables"), refused);
  }

  @Test
  void a_long_run_does_not_let_it_grow_until_nobody_can_read_it() throws IOException {
    FileJournal journal = await(FileJournal.open(VERTX, file, said -> {}));
    await(journal.write(begun(METRICS)));
    Map<String, Object> long900k = Map.of("text", "x".repeat(900_000));
    TableRef wide = EVENTS.partition(new PartitionValues("04", long900k));
    for (int i = 0; i < 20; i++) {
      await(journal.write(begun(wide)));
      await(journal.write(completed(wide)));
    }

    assertTrue(Files.size(file) < LineFile.LONGEST / 2, () -> "" + file.toFile().length());
    assertEquals(List.of(begun(METRICS)), await(journal.unfinished()));
    await(journal.close());
  }
}
