package xmover.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.Entries.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.reset.engine.Unfinished;
import xmover.reset.machine.JournalEntry;

/** A run of an older version died; the version that goes on with it reads a journal of that one. */
class JournalOfAnOlderVersionTest {
  private static final Vertx VERTX = Vertx.vertx();

  /** As version 0.1.0 wrote it. */
  private static final String LINES =
      """
      {"v":1,"run":"4f1c","user":"ops","host":"laptop","started":"2024-01-15T10:30:16Z","schema":"doc","table":"events","original":"0-1","primaries":6,"state":"SETTING_REPLICAS_ZERO","at":"2024-01-15T10:30:17.123456789Z"}
      {"v":2,"run":"4f1c","user":"ops","host":"laptop","started":"2024-01-15T10:30:16Z","rebalancing":"all","at":"2024-01-15T10:30:17Z"}
      {"v":1,"run":"4f1c","user":"ops","host":"laptop","started":"2024-01-15T10:30:16Z","schema":"doc","table":"events","original":"0-1","primaries":6,"state":"MONITORING_LEASES","at":"2024-01-15T10:30:18Z"}
      """;

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void write() throws IOException {
    file = folder.resolve("journal.jsonl");
    Files.writeString(file, LINES);
  }

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }

  @Test
  void what_it_began_is_known_by_its_name() {
    JournalEntry entry = open().get(0);
    assertEquals("doc.events", entry.table().toString());
    assertEquals("0-1", entry.original().text());
    assertTrue(entry.identity().isEmpty());
    assertEquals(entry.at(), entry.since());
    assertTrue(await(FileJournal.read(VERTX, file)).held().isPresent());
  }

  @Test
  void status_says_so() {
    var unread = new Unfinished(open(), List.of(), Optional.of("down"));
    assertEquals(
        "unknown (known by its name alone: an older version began it)",
        unread.truth(open().get(0)));
  }

  @Test
  void the_version_that_goes_on_with_it_can_close_it() {
    FileJournal journal = await(FileJournal.open(VERTX, file, told -> {}));
    await(journal.write(open().get(0).forgotten()));
    assertEquals(List.of(), open());
    await(journal.close());
    assertEquals(List.of(), open());
    assertTrue(await(FileJournal.read(VERTX, file)).held().isPresent(), "the hold stays");
  }

  private List<JournalEntry> open() {
    return await(FileJournal.read(VERTX, file)).unfinished();
  }
}
