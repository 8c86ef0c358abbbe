package xmover.journal.file;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static xmover.journal.Entries.await;
import static xmover.journal.Entries.failure;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.reset.machine.RunIdentity;
import xmover.suite.NeedsProcess;

class RunLockTest {
  private static final Vertx VERTX = Vertx.vertx();
  private static final RunIdentity SECOND =
      new RunIdentity("77aa", "colleague", "laptop", Instant.parse("2024-01-15T11:00:00Z"));

  @TempDir private Path folder;

  @AfterAll
  static void stop() {
    await(VERTX.close());
  }

  @Test
  @NeedsProcess
  void a_second_process_is_told_who_works_here_since_when_from_where_and_what_to_do()
      throws IOException {
    try (OtherProcess other = OtherProcess.holding(file())) {
      assertEquals("held", other.tells());

      assertEquals(
          Optional.of(
              "operator@laptop since 2024-01-15T10:30:16Z (run 4f1c), process " + other.pid()),
          await(RunLock.holder(VERTX, file())));
      assertEquals(
          "another run works on this cluster: operator@laptop since 2024-01-15T10:30:16Z (run"
              + " 4f1c), process "
              + other.pid()
              + ". Wait until it has ended, or go on in its place with resume --takeover or restore"
              + " --takeover",
          failure(acquire(false)));
    }
  }

  @Test
  @NeedsProcess
  void what_a_killed_process_left_behind_is_no_obstacle() throws IOException {
    try (OtherProcess other = OtherProcess.holding(file())) {
      assertEquals("held", other.tells());
    }
    assertTrue(Files.readString(file()).contains("operator@laptop"), "left behind");
    assertEquals(Optional.empty(), await(RunLock.holder(VERTX, file())));

    assertEquals(Optional.empty(), await(acquire(false)).takenFrom());
  }

  @Test
  @NeedsProcess
  void takeover_goes_on_and_says_from_whom() throws IOException {
    try (OtherProcess other = OtherProcess.holding(file())) {
      assertEquals("held", other.tells());

      RunLock taken = await(acquire(true));
      assertTrue(taken.takenFrom().orElse("").contains("process " + other.pid()));
      await(taken.release());
      assertTrue(failure(acquire(false)).contains("operator@laptop"), "still held by the other");
    }
  }

  @Test
  void takeover_of_a_free_lock_takes_it_from_nobody() {
    assertEquals(Optional.empty(), await(acquire(true)).takenFrom());
    assertTrue(failure(acquire(false)).contains("colleague@laptop"));
  }

  @Test
  void a_released_lock_is_free() {
    RunLock lock = await(acquire(false));
    assertTrue(await(RunLock.holder(VERTX, file())).orElse("").contains("colleague@laptop"));
    await(lock.release());
    await(lock.release());
    assertEquals(Optional.empty(), await(RunLock.holder(VERTX, file())));

    await(acquire(false));
  }

  @Test
  @NeedsProcess
  void being_refused_in_the_same_process_does_not_open_the_lock_for_others() throws IOException {
    // Whoever forgets a lock loses it when the garbage is collected.
    RunLock lock = await(acquire(false));
    assertTrue(failure(acquire(false)).contains("colleague@laptop"));

    try (OtherProcess other = OtherProcess.holding(file())) {
      // Not even a look does.
      await(RunLock.holder(VERTX, file()));
      String told = other.tells();
      assertTrue(told.contains("colleague@laptop"), told);
    }
    await(lock.release());
  }

  @Test
  void the_same_file_by_another_path_is_the_same_lock() throws IOException {
    await(acquire(false));
    Path link = Files.createSymbolicLink(folder.resolve("link"), file().getParent());

    failure(RunLock.acquire(VERTX, link.resolve(file().getFileName()), SECOND, false));
  }

  @Test
  void a_lock_that_cannot_be_written_is_told() throws IOException {
    Path occupied = Files.writeString(folder.resolve("file"), "");
    String refused = failure(RunLock.acquire(VERTX, occupied.resolve("x.lock"), SECOND, false));

    assertTrue(refused.startsWith("the lock " + occupied), refused);
  }

  private Future<RunLock> acquire(boolean takeover) {
    return RunLock.acquire(VERTX, file(), SECOND, takeover);
  }

  private Path file() {
    return folder.resolve("xmover").resolve("cluster.lock");
  }
}
