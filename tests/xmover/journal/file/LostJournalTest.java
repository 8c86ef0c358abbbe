package xmover.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.Entries.EVENTS;
import static xmover.journal.Entries.METRICS;
import static xmover.journal.Entries.await;
import static xmover.journal.Entries.begun;
import static xmover.journal.Entries.completed;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import xmover.journal.Entries;
import xmover.journal.JournalContents;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.JournalEntry;
import xmover.table.TableRef;

/** Somebody removed or emptied the journal while tables were at zero. */
class LostJournalTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final TableRef INHERITED = TableRef.of("doc", "inherited");
  private static final TableRef NEXT = TableRef.of("doc", "next");
  private static final RebalanceHold HOLD =
      new RebalanceHold(Entries.RUN, "all", Entries.RUN.started());

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private Path file;

  /** What becomes of the file. */
  private enum Loss {
    REMOVED {
      @Override
      void happen(Path file) throws IOException {
        Files.delete(file);
      }
    },
    EMPTIED {
      @Override
      void happen(Path file) throws IOException {
        Files.write(file, new byte[0]);
      }
    },
    REPLACED_BY_A_LONGER_ONE {
      @Override
      void happen(Path file) throws IOException {
        var other = new JournalFile(file.resolveSibling("other"), said -> {});
        for (int i = 0; i < 20; i++) {
          other.append(completed(TableRef.of("doc", "old" + i)));
        }
        Files.move(other.path(), file, StandardCopyOption.REPLACE_EXISTING);
      }
    },
    FOLDER_REMOVED {
      @Override
      void happen(Path file) throws IOException {
        Files.delete(file);
        Files.delete(file.resolveSibling("journal.jsonl.lock"));
        Files.delete(file.getParent());
      }
    };

    abstract void happen(Path file) throws IOException;
  }

  @BeforeEach
  void inherit() {
    file = folder.resolve("state").resolve("journal.jsonl");
    new JournalFile(file).append(begun(INHERITED));
  }

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }

  @ParameterizedTest
  @EnumSource
  void what_is_open_is_there_again_before_the_next_table_is_begun(Loss loss) throws IOException {
    FileJournal journal = working();
    loss.happen(file);
    await(journal.write(begun(NEXT)));

    JournalContents remembered = await(FileJournal.read(VERTX, file));
    assertEquals(List.of(begun(INHERITED), begun(EVENTS), begun(NEXT)), remembered.unfinished());
    assertEquals(Optional.of(HOLD), remembered.held());
    assertEquals(
        List.of(
            "the journal "
                + file
                + " was removed, emptied or replaced while this run works. Its 3 open entries are"
                + " written anew"),
        told);
  }

  @ParameterizedTest
  @EnumSource
  void what_is_open_is_there_again_when_the_run_ends(Loss loss) throws IOException {
    FileJournal journal = working();
    loss.happen(file);
    await(journal.close());

    assertEquals(List.of(begun(INHERITED), begun(EVENTS)), unfinished());
  }

  @ParameterizedTest
  @EnumSource
  void so_it_is_when_it_is_lost_before_the_first_entry(Loss loss) throws IOException {
    FileJournal journal = await(FileJournal.open(VERTX, file, told::add));
    loss.happen(file);
    await(journal.write(begun(EVENTS)));

    assertEquals(List.of(begun(INHERITED), begun(EVENTS)), unfinished());
  }

  @Test
  void a_journal_with_nothing_open_may_go() throws IOException {
    Files.delete(file);
    FileJournal journal = await(FileJournal.open(VERTX, file, told::add));
    await(journal.write(begun(EVENTS)));
    await(journal.write(completed(EVENTS)));
    Files.delete(file);
    await(journal.write(begun(METRICS)));

    assertEquals(List.of(begun(METRICS)), unfinished());
    assertEquals(List.of(), told);
  }

  @Test
  void what_another_process_appends_is_no_loss() throws IOException {
    FileJournal journal = working();
    FileJournal beside = await(FileJournal.takeOver(VERTX, file, told::add));
    await(beside.write(completed(EVENTS)));
    await(journal.write(begun(NEXT)));

    assertEquals(List.of(begun(INHERITED), begun(NEXT)), unfinished());
    assertEquals(List.of(), told);
  }

  @Test
  void a_copy_of_it_that_was_put_back_is_no_loss() throws IOException {
    FileJournal journal = working();
    byte[] copy = Files.readAllBytes(file);
    Files.delete(file);
    Files.write(file, copy);
    await(journal.write(begun(NEXT)));

    assertTrue(told.isEmpty(), told.toString());
    assertEquals(3, unfinished().size());
  }

  private FileJournal working() {
    FileJournal journal = await(FileJournal.open(VERTX, file, told::add));
    await(journal.hold(HOLD));
    await(journal.write(begun(METRICS)));
    await(journal.write(completed(METRICS)));
    await(journal.write(begun(EVENTS)));
    return journal;
  }

  private List<JournalEntry> unfinished() {
    return await(FileJournal.read(VERTX, file)).unfinished();
  }
}
