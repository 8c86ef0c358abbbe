package xmover.journal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.Entries.EVENTS;
import static xmover.journal.Entries.RUN;
import static xmover.journal.Entries.await;
import static xmover.journal.Entries.begun;
import static xmover.journal.Entries.completed;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.reset.RebalanceHold;
import xmover.reset.machine.RunIdentity;

/** What a journal's file says of rebalancing that is held. */
class FileHoldTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final Instant AT = Instant.parse("2024-01-15T10:30:17.5Z");
  private static final RebalanceHold HOLD = new RebalanceHold(RUN, "primaries", AT);
  private static final RebalanceHold ANOTHER =
      new RebalanceHold(new RunIdentity("other", "o", "h", RUN.started()), "all", AT);

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

  private FileJournal open() {
    return await(FileJournal.open(VERTX, file, said -> {}));
  }

  private Optional<RebalanceHold> read() {
    return await(FileJournal.read(VERTX, file)).held();
  }

  @Test
  void a_hold_outlasts_the_run_until_it_is_released() {
    FileJournal journal = open();
    await(journal.hold(HOLD));
    await(journal.write(begun(EVENTS)));
    await(journal.write(completed(EVENTS)));
    await(journal.close());
    assertEquals(Optional.of(HOLD), read());

    FileJournal next = open();
    assertEquals(Optional.of(HOLD), await(next.held()));
    await(next.release(HOLD));
    assertEquals(Optional.empty(), await(next.held()));
    await(next.close());
    assertFalse(Files.exists(file));
  }

  @Test
  void the_hold_of_another_run_is_not_released() {
    FileJournal journal = open();
    await(journal.hold(HOLD));
    await(journal.hold(ANOTHER));
    await(journal.release(HOLD));

    assertEquals(Optional.of(ANOTHER), read());
  }

  @Test
  void a_hold_that_was_torn_was_never_relied_on() throws IOException {
    var journal = new JournalFile(file);
    journal.append(begun(EVENTS));
    int before = (int) Files.size(file);
    journal.hold(HOLD);
    byte[] whole = Files.readAllBytes(file);
    for (int length = before; length < whole.length - 1; length++) {
      JournalText text = text(Arrays.copyOf(whole, length));
      assertEquals(Optional.empty(), text.held(), "of " + length + " bytes");
      assertEquals(List.of(begun(EVENTS)), text.unfinished());
    }
    assertEquals(Optional.of(HOLD), text(whole).held());
  }

  @Test
  void a_version_that_knows_no_holds_is_told_to_give_way() throws IOException {
    await(open().hold(HOLD));

    assertTrue(Files.readString(file).startsWith("{\"v\":2,"), "what versions before it refuse");
  }

  @Test
  void a_hold_without_a_value_to_put_back_is_told_with_its_line() throws IOException {
    await(open().hold(HOLD));
    String none = Files.readString(file).replace("\"primaries\"", "\"none\"");
    Files.write(file, none.getBytes(UTF_8));

    String trouble = await(FileJournal.read(VERTX, file)).troubles().get(0);

    assertTrue(trouble.contains("line 1 can't be read"), trouble);
  }

  private JournalText text(byte[] bytes) throws IOException {
    return new JournalReader(file).read(new ByteArrayInputStream(bytes));
  }
}
