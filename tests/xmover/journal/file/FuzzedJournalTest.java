package xmover.journal.file;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.Entries.await;
import static xmover.journal.Entries.begun;
import static xmover.journal.Entries.completed;

import io.vertx.core.Vertx;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.fuzz.RandomText;
import xmover.fuzz.Tries;
import xmover.journal.Entries;
import xmover.journal.JournalContents;
import xmover.journal.JournalFailure;
import xmover.journal.RowKey;
import xmover.reset.machine.JournalEntry;
import xmover.table.PartitionValues;
import xmover.table.TableRef;

/** Whatever lies between the entries of a journal, each of them counts, and nothing else does. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FuzzedJournalTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final TableRef NEXT = TableRef.of("doc", "next");

  @TempDir private Path folder;

  /** A journal as bytes, and what it says. */
  private static final class Written {
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private final Map<RowKey, JournalEntry> unfinished = new LinkedHashMap<>();
    private final RandomGenerator random;

    Written(RandomGenerator random, int longest) throws IOException {
      this.random = random;
      List<TableRef> tables = new ArrayList<>();
      for (int i = 1 + random.nextInt(4); i > 0; i--) {
        tables.add(table());
      }
      for (int pieces = 1 + random.nextInt(12); pieces > 0; pieces--) {
        TableRef table = RandomText.one(random, tables);
        JournalEntry entry = random.nextInt(3) == 0 ? completed(table) : begun(table);
        if (random.nextInt(5) < 3) {
          add(entry);
        } else {
          garbage(JournalLine.of(entry), longest);
        }
      }
      add(begun(NEXT));
    }

    private TableRef table() {
      TableRef table = TableRef.of(RandomText.some(random), RandomText.some(random));
      return random.nextBoolean()
          ? table
          : table.partition(new PartitionValues("04732d1g", Map.of("c", RandomText.any(random))));
    }

    private void add(JournalEntry entry) throws IOException {
      byte[] line = JournalLine.of(entry);
      for (int times = random.nextInt(5) == 0 ? 2 : 1; times > 0; times--) {
        bytes.writeBytes(line);
        bytes.writeBytes(end());
      }
      if (entry.isSettled()) {
        unfinished.remove(RowKey.of(entry));
      } else {
        unfinished.put(RowKey.of(entry), entry);
      }
    }

    private byte[] end() {
      return RandomText.one(random, List.of("\n", "\n", "\n", "", "\r\n", "\n\n")).getBytes(UTF_8);
    }

    private void garbage(byte[] line, int longest) {
      switch (random.nextInt(7)) {
        case 0, 1 -> bytes.writeBytes(Arrays.copyOf(line, random.nextInt(line.length)));
        case 2 -> bytes.writeBytes(new byte[random.nextInt(longest)]);
        case 3 -> bytes.writeBytes("x".repeat(random.nextInt(longest)).getBytes(UTF_8));
        case 4 -> bytes.writeBytes("{\"a\":[{\"b\":null}]}".getBytes(UTF_8));
        case 5 -> {
          byte[] noise = new byte[random.nextInt(60)];
          random.nextBytes(noise);
          bytes.writeBytes(noise);
        }
        default -> bytes.writeBytes(RandomText.any(random).getBytes(UTF_8));
      }
      bytes.writeBytes(random.nextBoolean() ? end() : new byte[0]);
    }

    Set<JournalEntry> expected() {
      return new HashSet<>(unfinished.values());
    }
  }

  private static JournalText text(byte[] bytes) throws IOException {
    return new JournalReader(Path.of("journal.jsonl")).read(new ByteArrayInputStream(bytes));
  }

  private static void counts(Written written) throws IOException {
    byte[] bytes = written.bytes.toByteArray();
    assertEquals(written.expected(), new HashSet<>(text(bytes).unfinished()));
  }

  @Test
  void every_entry_counts_among_whatever_garbage() {
    Tries.of(300, random -> counts(new Written(random, 40)));
  }

  @Test
  void so_it_does_after_garbage_that_is_longer_than_any_line() {
    Tries.of(2, random -> counts(new Written(random, 3 << 20)));
  }

  /** Text without line breaks is read a megabyte at a time, and an entry in two pieces was lost. */
  @ParameterizedTest
  @ValueSource(ints = {0, 1, 10, 20, 200, 350})
  void an_entry_is_found_where_a_piece_of_a_long_line_ends(int within) throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(JournalLine.of(begun(Entries.METRICS)));
    bytes.write('\n');
    bytes.writeBytes(new byte[(1 << 20) - within]);
    bytes.writeBytes(JournalLine.of(begun(NEXT)));
    bytes.write('\n');

    JournalText text = text(bytes.toByteArray());

    assertEquals(List.of(begun(Entries.METRICS), begun(NEXT)), text.unfinished());
    assertEquals(bytes.size(), text.length());
  }

  @Test
  void bytes_of_any_kind_are_read_or_refused_in_a_sentence() {
    Tries.of(
        300,
        random -> {
          byte[] line = JournalLine.of(begun(NEXT));
          for (int odd = random.nextInt(6); odd > 0; odd--) {
            line[random.nextInt(line.length)] = (byte) random.nextInt();
          }
          try {
            JournalText text = text(line);
            assertTrue(text.unfinished().size() + text.unreadable().size() <= 1, text::toString);
          } catch (JournalFailure refused) {
            assertTrue(refused.getMessage().contains("journal"), refused.getMessage());
          }
        });
  }

  @Test
  void an_entry_counts_whatever_bytes_lie_before_it() throws IOException {
    byte[] next = JournalLine.of(begun(NEXT));
    List<byte[]> sound =
        List.of(
            JournalLine.of(begun(Entries.METRICS)),
            JournalLine.of(completed(Entries.METRICS)),
            "{\"a\":[{\"b\":null}]}\n".getBytes(UTF_8));
    Tries.ofBytes(
        300,
        sound,
        bytes -> {
          var all = new ByteArrayOutputStream();
          all.writeBytes(bytes);
          all.writeBytes(next);
          all.write('\n');
          try {
            JournalText text = text(all.toByteArray());
            assertTrue(text.unfinished().contains(begun(NEXT)), text::toString);
            assertEquals(all.size(), text.length());
          } catch (JournalFailure refused) {
            assertTrue(refused.getMessage().contains("journal"), refused.getMessage());
          }
        });
  }

  @Test
  void an_entry_of_any_newer_version_is_refused() {
    Tries.of(
        100,
        random -> {
          var newer =
              new BigInteger(random.nextInt(3, 90), new java.util.Random(random.nextLong()));
          newer = newer.add(BigInteger.valueOf(4));
          String line = new String(JournalLine.of(begun(NEXT)), UTF_8);
          byte[] told = line.replace("{\"v\":3,", "{\"v\":" + newer + ",").getBytes(UTF_8);
          var refused = assertThrows(JournalFailure.class, () -> text(told), newer::toString);
          assertTrue(refused.getMessage().contains("newer xmover"), refused.getMessage());
        });
  }

  @Test
  void after_it_was_opened_and_closed_the_file_says_the_same() {
    Tries.of(
        5,
        random -> {
          Path file = folder.resolve("journal" + random.nextLong() + ".jsonl");
          var written = new Written(random, 2000);
          Files.write(file, written.bytes.toByteArray());

          FileJournal journal = await(FileJournal.open(VERTX, file, said -> {}));
          await(journal.write(completed(NEXT)));
          await(journal.close());

          Set<JournalEntry> expected = written.expected();
          expected.remove(begun(NEXT));
          JournalContents left = await(FileJournal.read(VERTX, file));
          assertEquals(expected, new HashSet<>(left.unfinished()));
        });
  }

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }
}
