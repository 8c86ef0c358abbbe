package xmover.journal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;
import static xmover.journal.Entries.EVENTS;
import static xmover.journal.Entries.METRICS;
import static xmover.journal.Entries.await;
import static xmover.journal.Entries.begun;
import static xmover.journal.Entries.completed;
import static xmover.journal.Entries.failure;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.journal.JournalContents;
import xmover.reset.machine.JournalEntry;
import xmover.table.PartitionValues;
import xmover.table.TableRef;

/** One torn line of a journal cost the entries around it, and the file was deleted. */
class UnreadableJournalTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final TableRef NEXT = TableRef.of("doc", "next");
  private static final String TORN = "{\"v\":1,\"run\":\"4f";

  @TempDir private Path folder;
  private final List<String> told = new ArrayList<>();
  private Path file;
  private Path aside;

  @BeforeEach
  void name() {
    file = folder.resolve("journal.jsonl");
    aside = folder.resolve("journal.jsonl.unreadable-1");
  }

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }

  @Test
  void a_torn_line_with_a_whole_one_behind_it_costs_neither_that_one_nor_the_file()
      throws IOException {
    Files.writeString(file, line(begun(EVENTS)) + TORN + line(begun(METRICS)));

    assertEquals(List.of(begun(EVENTS), begun(METRICS)), openAndClose());
    assertEquals(line(begun(EVENTS)) + line(begun(METRICS)), Files.readString(file));
    assertEquals(TORN + "\n", Files.readString(aside));
  }

  @Test
  void several_whole_and_torn_ones_in_a_line_are_told_apart() throws IOException {
    String whole = line(begun(EVENTS)).strip();
    Files.writeString(file, TORN + TORN + whole + line(begun(METRICS)).strip() + TORN + whole);

    assertEquals(List.of(begun(EVENTS), begun(METRICS)), openAndClose());
    assertEquals(TORN + TORN + "\n" + TORN + "\n", Files.readString(aside));
  }

  @Test
  void a_broken_line_elsewhere_is_set_aside_and_told_once_with_its_number() throws IOException {
    Files.writeString(file, line(begun(EVENTS)) + "what?\n" + TORN + "\n" + line(begun(METRICS)));

    assertEquals(List.of(begun(EVENTS), begun(METRICS)), openAndClose());
    assertEquals(
        List.of(
            "the journal "
                + file
                + ": line 2 can't be read (it is no JSON), the rest counts. The text was set aside"
                + " in "
                + aside
                + ": see which tables it names and whether they have their replicas, then delete"
                + " it"),
        told);
    assertEquals("what?\n" + TORN + "\n", Files.readString(aside));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "\"original\":\"0-1\"     | \"original\":\"0\"                             | to 0 replicas",
        "\"original\":\"0-1\"     | \"original\":\"0 \"                            |"
            + " number_of_replicas",
        "\"original\":\"0-1\"     | \"original\":null                              | no text"
            + " \"original\"",
        "2024-01-15T10:30:17.123456789Z | +1000000000-12-31T23:59:59.999999999Z    | no reset was"
            + " at",
        "2024-01-15T10:30:16Z     | -1000000000-01-01T00:00:00Z                    | no reset was"
            + " at",
        "SETTING_REPLICAS_ZERO    | ON_HOLIDAY                                     | ON_HOLIDAY"
      })
  void a_line_that_cannot_be_meant_is_refused_and_the_other_tables_are_not(
      String right, String wrong, String why) throws IOException {
    Files.writeString(
        file, line(begun(EVENTS)) + line(begun(METRICS)).replace(right, wrong) + line(begun(NEXT)));

    assertEquals(List.of(begun(EVENTS), begun(NEXT)), openAndClose());
    assertTrue(told.get(0).contains("line 2 can't be read ("), told.get(0));
    assertTrue(told.get(0).contains(why), told.get(0));
    assertTrue(Files.readString(aside).contains(wrong));
  }

  @Test
  void a_refused_line_takes_nothing_from_the_one_before_it_of_that_table() throws IOException {
    String zero = line(begun(EVENTS)).replace("\"original\":\"0-1\"", "\"original\":\"0\"");
    Files.writeString(file, line(begun(EVENTS)) + zero);

    assertEquals(List.of(begun(EVENTS)), openAndClose());
  }

  @Test
  void a_partition_column_called_v_is_not_the_version_of_a_line() throws IOException {
    TableRef partition = EVENTS.partition(new PartitionValues("04", Map.of("v", 99)));
    String whole = line(begun(partition)).strip();
    String torn = whole.substring(0, whole.indexOf("{\"v\":99}") + "{\"v\":99}".length());
    Files.writeString(file, torn + whole + "\n" + torn + line(begun(METRICS)));

    assertEquals(List.of(begun(partition), begun(METRICS)), openAndClose());
  }

  @Test
  void what_is_torn_at_the_end_is_not_worth_a_word() throws IOException {
    Files.writeString(file, line(begun(EVENTS)).strip() + TORN);

    assertEquals(List.of(begun(EVENTS)), openAndClose());
    assertEquals(List.of(), told);
    assertFalse(Files.exists(aside));
  }

  @Test
  void nothing_that_was_set_aside_is_overwritten_or_forgotten() throws IOException {
    for (int time = 1; time <= 2; time++) {
      Files.writeString(file, "broken " + time + "\n" + line(begun(EVENTS)));
      openAndClose();
    }
    told.clear();
    openAndClose();

    assertEquals("broken 1\n", Files.readString(aside));
    assertEquals("broken 2\n", Files.readString(folder.resolve("journal.jsonl.unreadable-2")));
    assertEquals(2, told.size(), told.toString());
    assertTrue(told.get(0).startsWith("text of the journal " + file + " that"), told.get(0));
  }

  @Test
  void nobody_but_the_owner_may_read_what_is_set_aside() throws IOException {
    assumeTrue(
        FileSystems.getDefault().supportedFileAttributeViews().contains("posix"),
        "the file system knows no permissions");
    Files.writeString(file, "broken\n" + line(begun(EVENTS)));
    openAndClose();

    assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(aside)));
  }

  @Test
  void nothing_is_dropped_that_could_not_be_set_aside() throws IOException {
    // No name is longer than 255 bytes, so that the lock has one and the file beside has none.
    file = folder.resolve("j".repeat(250));
    String whole = "broken\n" + line(begun(EVENTS)) + line(completed(EVENTS));
    Files.writeString(file, whole);
    openAndClose();

    assertEquals(whole, Files.readString(file));
    assertTrue(told.get(0).contains("can't be set aside"), told.get(0));
  }

  @Test
  void who_only_reads_is_told_and_changes_nothing() throws IOException {
    String whole = "broken\n" + line(begun(EVENTS));
    Files.writeString(file, whole);
    JournalContents remembered = await(FileJournal.read(VERTX, file));

    assertEquals(List.of(begun(EVENTS)), remembered.unfinished());
    assertEquals(1, remembered.troubles().size());
    assertEquals(whole, Files.readString(file));
    assertFalse(Files.exists(aside));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"just a text", "{\"name\":\"of a package\"}\n", "{\n  \"pretty\": 1\n}\n"})
  void a_file_that_is_no_journal_is_refused_and_left_alone(String text) throws IOException {
    Files.writeString(file, text);

    assertTrue(refusal().startsWith(file + " is no journal"), refusal());
    assertEquals(text, Files.readString(file));
  }

  @Test
  void so_is_binary_garbage() throws IOException {
    byte[] garbage = new byte[3 << 20];
    new Random(1).nextBytes(garbage);
    Files.write(file, garbage);

    assertTrue(refusal().startsWith(file + " "), refusal());
  }

  private String refusal() {
    return failure(FileJournal.open(VERTX, file, told::add));
  }

  /** What a run finds unfinished. */
  private List<JournalEntry> openAndClose() {
    FileJournal journal = await(FileJournal.open(VERTX, file, told::add));
    List<JournalEntry> unfinished = await(journal.unfinished());
    await(journal.close());
    return unfinished;
  }

  private static String line(JournalEntry entry) throws IOException {
    return new String(JournalLine.of(entry), UTF_8) + "\n";
  }
}
