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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.journal.Entries;
import xmover.reset.machine.JournalEntry;
import xmover.suite.NeedsProcess;
import xmover.table.TableRef;

/** What is left of a journal when the process, the machine or the disk gave out. */
class TornJournalTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final TableRef NEXT = TableRef.of("doc", "next");

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
  void every_prefix_of_a_journal_tells_the_entries_that_are_whole() throws IOException {
    List<JournalEntry> entries =
        List.of(begun(EVENTS), begun(Entries.partition()), completed(EVENTS), begun(METRICS));
    byte[] whole = written(entries);
    for (int length = 0; length <= whole.length; length++) {
      byte[] left = Arrays.copyOf(whole, length);

      assertEquals(
          unfinished(entries.subList(0, wholeLines(left))),
          text(left).unfinished(),
          "of " + length + " bytes");
    }
  }

  @Test
  void after_a_crash_at_any_byte_the_next_entry_is_found_beside_the_whole_ones()
      throws IOException {
    List<JournalEntry> entries = List.of(begun(EVENTS), begun(Entries.partition()));
    byte[] whole = written(entries);
    for (int length = 0; length <= whole.length; length++) {
      byte[] left = Arrays.copyOf(whole, length);
      Files.write(file, left);
      var expected = new ArrayList<>(entries.subList(0, wholeLines(left)));
      expected.add(begun(NEXT));

      new JournalFile(file).append(begun(NEXT));

      assertEquals(expected, new JournalFile(file).read().unfinished(), "of " + length + " bytes");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"{\"v\":1,\"run\":\"4f\n", "\0\0\0\0\0\0\0\0", "\n", "{\"v\":1}}\n"})
  void a_last_line_that_is_no_json_is_passed_over(String torn) throws IOException {
    byte[] whole = written(List.of(begun(EVENTS)));
    Files.writeString(file, new String(whole, UTF_8) + torn);

    new JournalFile(file).append(begun(NEXT));

    assertEquals(List.of(begun(EVENTS), begun(NEXT)), new JournalFile(file).read().unfinished());
  }

  @Test
  void the_journal_of_a_newer_version_is_refused_and_left_alone() throws IOException {
    String line = new String(written(List.of(begun(EVENTS))), UTF_8);
    String newer = line + "{\"v\":4,\"tables\":[]}\n";
    Files.writeString(file, newer);

    String refused = failure(FileJournal.open(VERTX, file, said -> {}));

    assertTrue(refused.contains("was written by a newer xmover"), refused);
    assertTrue(refused.contains("line 2"), refused);
    assertEquals(newer, Files.readString(file));
  }

  @Test
  void fields_that_are_not_known_are_ignored() throws IOException {
    String line = new String(written(List.of(begun(EVENTS))), UTF_8);
    Files.writeString(file, line.replace("{\"v\":3,", "{\"v\":3,\"reason\":{\"a\":[1]},"));

    assertEquals(List.of(begun(EVENTS)), new JournalFile(file).read().unfinished());
  }

  @Test
  void a_refused_journal_can_be_opened_once_it_is_mended() throws IOException {
    Files.writeString(file, "{\"v\":99}\n");
    failure(FileJournal.open(VERTX, file, said -> {}));
    Files.delete(file);

    await(await(FileJournal.open(VERTX, file, said -> {})).close());
  }

  @Test
  @NeedsProcess
  void a_full_disk_refuses_the_entry_and_keeps_the_others() throws IOException {
    try (OtherProcess other = OtherProcess.filling(file)) {
      int written = Integer.parseInt(other.tells());
      String refused = other.tells();

      assertTrue(refused.startsWith("the journal " + file + " can't be written: "), refused);
      assertTrue(refused.contains("make room"), refused);
      assertTrue(written > 5, () -> "only " + written);
      byte[] left = Files.readAllBytes(file);
      assertEquals('\n', left[left.length - 1], "the entry that did not fit is gone");
      assertEquals(written, text(left).unfinished().size());
    }
    new JournalFile(file).append(begun(NEXT));
    assertTrue(new JournalFile(file).read().unfinished().contains(begun(NEXT)));
  }

  private byte[] written(List<JournalEntry> entries) throws IOException {
    var journal = new JournalFile(file);
    entries.forEach(journal::append);
    return Files.readAllBytes(file);
  }

  private JournalText text(byte[] bytes) throws IOException {
    return new JournalReader(file).read(new ByteArrayInputStream(bytes));
  }

  private static List<JournalEntry> unfinished(List<JournalEntry> entries) {
    List<JournalEntry> unfinished = new ArrayList<>(entries);
    for (JournalEntry settled : entries.stream().filter(JournalEntry::isSettled).toList()) {
      unfinished.removeIf(entry -> entry.table().equals(settled.table()));
    }
    return unfinished;
  }

  /** A line is whole with its last brace; its line break may be missing. */
  private static int wholeLines(byte[] bytes) {
    String text = new String(bytes, UTF_8);
    return (int) text.lines().filter(line -> line.endsWith("Z\"}")).count();
  }
}
