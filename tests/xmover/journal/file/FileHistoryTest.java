package xmover.journal.file;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.Entries.EVENTS;
import static xmover.journal.Entries.METRICS;
import static xmover.journal.Entries.await;
import static xmover.journal.Entries.begun;
import static xmover.journal.Entries.completed;
import static xmover.journal.PastResets.ago;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.journal.Entries;
import xmover.journal.PastResets;
import xmover.reset.PastReset;
import xmover.reset.Remedy;

/** The resets that ended, in the file beside the journal's. */
class FileHistoryTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final PastReset FIRST = ago(Duration.ofHours(5), Entries.partition(), "first");
  private static final PastReset SECOND = ago(Duration.ofHours(1), EVENTS, "second");

  @TempDir private Path folder;
  private Path file;
  private Path history;

  @BeforeEach
  void name() {
    file = folder.resolve("journal.jsonl");
    history = folder.resolve("journal.jsonl.history");
  }

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }

  private FileJournal open() {
    return await(FileJournal.open(VERTX, file, said -> {}));
  }

  private List<PastReset> read() {
    return await(FileJournal.history(VERTX, file));
  }

  @Test
  void closing_forgets_what_is_settled_but_not_that_it_was_reset() {
    FileJournal journal = open();
    await(journal.write(begun(EVENTS)));
    await(journal.remember(SECOND));
    await(journal.write(completed(EVENTS)));
    await(journal.remember(FIRST));
    await(journal.close());

    assertFalse(Files.exists(file));
    assertEquals(List.of(FIRST, SECOND), read());
    FileJournal next = open();
    assertEquals(List.of(FIRST, SECOND), await(next.history()));
    await(next.close());
  }

  @Test
  void there_is_none_before_the_first_reset() {
    assertEquals(List.of(), read());
  }

  @Test
  void closing_keeps_the_last_word_on_each_and_what_is_not_too_old() throws IOException {
    FileJournal journal = open();
    await(journal.remember(ago(Duration.ofDays(40), METRICS, "old")));
    await(journal.remember(ago(Duration.ofHours(2), EVENTS, "second")));
    await(journal.remember(SECOND));
    assertEquals(List.of(SECOND), await(journal.history()));
    await(journal.close());

    assertEquals(1, Files.readAllLines(history).size());
  }

  @Test
  void a_torn_line_costs_itself_and_no_other() throws IOException {
    var written = new HistoryFile(file);
    written.append(FIRST);
    written.append(SECOND);
    byte[] whole = Files.readAllBytes(history);
    int first = new String(whole, ISO_8859_1).indexOf('\n');
    PastReset next = ago(Duration.ZERO, METRICS, "next");
    for (int length = first + 1; length < whole.length - 2; length++) {
      Files.write(history, Arrays.copyOf(whole, length));
      new HistoryFile(file).append(next);
      assertEquals(List.of(FIRST, next), read(), "of " + length + " bytes");
    }
  }

  @Test
  void a_history_of_another_version_keeps_nothing_from_being_restored() throws IOException {
    await(open().write(begun(EVENTS)));
    Files.writeString(history, "{\"v\":2,\"resets\":[]}\nnonsense\n");

    assertEquals(List.of(begun(EVENTS)), await(FileJournal.read(VERTX, file)).unfinished());
    assertEquals(List.of(), read());
  }

  @Test
  void a_line_of_a_version_that_knew_no_remedy_tells_of_a_reset() throws IOException {
    new HistoryFile(file).append(FIRST);
    String line = Files.readString(history);
    Files.writeString(history, line.replace("\"remedy\":\"MOVE\",", ""));

    assertEquals(List.of(Remedy.RESET), read().stream().map(PastReset::remedy).toList());
  }

  @Test
  void a_line_of_a_version_that_knew_no_figures_is_read_and_its_figures_are_unknown()
      throws IOException {
    new HistoryFile(file).append(FIRST);
    Files.writeString(history, withoutFigures(Files.readString(history)));

    assertEquals(List.of(PastResets.withoutFigures(FIRST)), read());
  }

  private static String withoutFigures(String line) {
    return line.replaceFirst(",\"figures\":\\{.*?\\}", "");
  }

  /** An older version reads what it knows and passes over the rest. */
  @Test
  void but_for_the_figures_a_line_is_as_older_versions_write_it() throws IOException {
    new HistoryFile(file).append(FIRST);
    String line = Files.readString(history);
    Files.delete(history);
    new HistoryFile(file).append(PastResets.withoutFigures(FIRST));

    assertEquals(Files.readString(history), withoutFigures(line));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "7",
        "null",
        "{}",
        "[]",
        "{\"reason\":\"r\",\"fewer_ms\":1,\"before\":-1}",
        "{\"reason\":\"r\",\"fewer_ms\":\"soon\"}"
      })
  void figures_that_another_version_tells_otherwise_cost_themselves_alone(String figures)
      throws IOException {
    new HistoryFile(file).append(FIRST);
    String line = Files.readString(history);
    Files.writeString(
        history, line.replaceFirst("\"figures\":\\{.*?\\}", "\"figures\":" + figures));

    assertEquals(List.of(PastResets.withoutFigures(FIRST)), read());
  }

  @Test
  void those_that_were_begun_by_an_address_are_found_whatever_the_cluster() throws IOException {
    PastReset there = at("db1:5432", FIRST);
    PastReset too = at("db1:5432", SECOND);
    new HistoryFile(folder.resolve("one.jsonl")).append(too);
    new HistoryFile(folder.resolve("two.jsonl")).append(there);
    new HistoryFile(folder.resolve("two.jsonl")).append(at("db2:5432", SECOND));

    assertEquals(
        List.of(there, too),
        await(JournalFolder.historyReachedAt(VERTX, folder, List.of("db1:5432"))));
    assertEquals(
        List.of(),
        await(JournalFolder.historyReachedAt(VERTX, folder.resolve("none"), List.of("db1:5432"))));
  }

  private static PastReset at(String address, PastReset reset) {
    return new PastReset(
        reset.run().at(List.of(address)),
        reset.table(),
        reset.remedy(),
        reset.outcome(),
        reset.told(),
        reset.at(),
        reset.figures());
  }

  @Test
  void nobody_but_the_owner_may_read_it() throws IOException {
    new HistoryFile(file).append(FIRST);
    if (history.getFileSystem().supportedFileAttributeViews().contains("posix")) {
      assertEquals(2, Files.getPosixFilePermissions(history).size());
    }
    assertTrue(Files.exists(history));
  }

  @Test
  void a_reset_at_the_end_of_time_costs_itself_and_no_other() throws IOException {
    new HistoryFile(file).append(FIRST);
    String line = Files.readString(history);
    String late = line.replace(FIRST.at().toString(), "+1000000000-12-31T23:59:59.999999999Z");
    Files.writeString(history, late.replace(FIRST.run().runId(), "another run") + line);
    await(open().close());

    assertEquals(List.of(FIRST), read());
  }

  @Test
  void a_link_stays_a_link() throws IOException {
    Path target = Files.createFile(folder.resolve("elsewhere"));
    Files.createSymbolicLink(history, target);
    FileJournal journal = open();
    await(journal.remember(FIRST));
    await(journal.remember(FIRST));
    await(journal.close());

    assertTrue(Files.isSymbolicLink(history));
    assertEquals(1, Files.readAllLines(target).size());
  }
}
