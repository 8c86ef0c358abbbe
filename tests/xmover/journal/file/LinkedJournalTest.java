package xmover.journal.file;

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
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal was a link to a file on a safer disk, and closing it put a file in its place. */
class LinkedJournalTest {
  private static final Vertx VERTX = Vertx.vertx();

  @TempDir private Path folder;
  private Path target;
  private Path link;

  @BeforeEach
  void link() throws IOException {
    target = Files.createDirectory(folder.resolve("safe")).resolve("target.jsonl");
    link = folder.resolve("journal.jsonl");
    Files.createFile(target);
    Files.createSymbolicLink(link, target);
  }

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }

  private FileJournal open(Path path) {
    return await(FileJournal.open(VERTX, path, said -> {}));
  }

  @Test
  void it_stays_a_link_to_what_is_unfinished() throws IOException {
    FileJournal journal = open(link);
    await(journal.write(begun(EVENTS)));
    await(journal.write(begun(METRICS)));
    await(journal.write(completed(METRICS)));
    await(journal.close());

    assertTrue(Files.isSymbolicLink(link));
    assertEquals(1, Files.readAllLines(target).size());
    assertEquals(List.of(begun(EVENTS)), await(FileJournal.read(VERTX, link)).unfinished());
  }

  @Test
  void it_stays_a_link_to_a_file_when_nothing_is_unfinished() throws IOException {
    FileJournal journal = open(link);
    await(journal.write(begun(EVENTS)));
    await(journal.write(completed(EVENTS)));
    await(journal.close());

    assertTrue(Files.isSymbolicLink(link));
    assertEquals(0, Files.size(target));
    await(open(link).close());
  }

  @Test
  void it_is_written_by_one_process_at_a_time_whatever_it_is_called() {
    open(link);

    String refused = failure(FileJournal.open(VERTX, target, said -> {}));
    assertTrue(refused.contains(target.toString()), refused);
  }

  @Test
  void a_link_to_nothing_is_refused() throws IOException {
    Files.delete(target);

    String refused = failure(FileJournal.open(VERTX, link, said -> {}));
    assertEquals(refused, failure(FileJournal.read(VERTX, link)));
    assertEquals(
        "the journal "
            + link
            + " is a link to a file that is not there: create that, or name another with"
            + " --journal",
        refused);
  }
}
