package xmover.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When a process counts as dead, by what Linux tells in /proc. */
class HostProcessTest {
  private static final HostProcess ME = process(17, 500);
  private static final HostProcess OTHER = process(4711, 900);

  @TempDir private Path proc;

  @BeforeEach
  void linux() throws IOException {
    Files.createSymbolicLink(proc.resolve("self"), Path.of("17"));
    alive(17, "java", 'R', 500);
    Files.createDirectories(proc.resolve("17/ns"));
    Files.createSymbolicLink(proc.resolve("17/ns/pid"), Path.of("pid:[4026531836]"));
    mounted("rw,relatime");
    Files.createDirectories(proc.resolve("sys/kernel/random"));
    Files.writeString(proc.resolve("sys/kernel/random/boot_id"), "b00t\n");
  }

  @Test
  void this_process_is_known() {
    assertEquals(Optional.of(ME), HostProcess.current(proc, 17));
  }

  @Test
  void one_that_lives_is_not_dead() throws IOException {
    alive(4711, "a) Z 0 (b", 'S', 900);

    assertFalse(ME.seesDead(proc, OTHER));
  }

  @Test
  void one_that_is_gone_is_dead() {
    assertTrue(ME.seesDead(proc, OTHER));
  }

  @Test
  void one_whose_id_another_has_now_is_dead() throws IOException {
    alive(4711, "java", 'S', 901);

    assertTrue(ME.seesDead(proc, OTHER));
  }

  @Test
  void one_that_nobody_asked_how_it_ended_is_dead() throws IOException {
    alive(4711, "java", 'Z', 900);

    assertTrue(ME.seesDead(proc, OTHER));
  }

  @Test
  void one_of_another_boot_or_container_is_not_seen() {
    assertFalse(ME.seesDead(proc, new HostProcess(4711, 900, "other", "pid:[4026531836]")));
    assertFalse(ME.seesDead(proc, new HostProcess(4711, 900, "b00t", "pid:[4026532255]")));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "4711 (java",
        "4711 (java) S 1",
        "4711 (java) S x x x x x x x x x x x x x x x x x x x"
      })
  void what_cannot_be_understood_proves_nothing(String stat) throws IOException {
    Files.createDirectories(proc.resolve("4711"));
    Files.writeString(proc.resolve("4711/stat"), stat);

    assertFalse(ME.seesDead(proc, OTHER));
  }

  @Test
  void who_cannot_see_the_processes_of_others_judges_none() throws IOException {
    mounted("rw,relatime,hidepid=2");

    assertEquals(Optional.empty(), HostProcess.current(proc, 17));
  }

  @Test
  void who_has_another_id_there_judges_none() {
    assertEquals(Optional.empty(), HostProcess.current(proc, 2));
  }

  @Test
  void elsewhere_nothing_is_known() throws IOException {
    Files.delete(proc.resolve("sys/kernel/random/boot_id"));

    assertEquals(Optional.empty(), HostProcess.current(proc, 17));
  }

  private static HostProcess process(long pid, long start) {
    return new HostProcess(pid, start, "b00t", "pid:[4026531836]");
  }

  private void alive(long pid, String name, char state, long start) throws IOException {
    Path folder = Files.createDirectories(proc.resolve(Long.toString(pid)));
    String stat = "%d (%s) %c 1 1 1 0 -1 4194304 9 9 9 9 9 9 9 9 20 0 31 0 %d 9 9\n";
    Files.writeString(folder.resolve("stat"), stat.formatted(pid, name, state, start));
  }

  private void mounted(String options) throws IOException {
    Files.writeString(
        proc.resolve("17/mounts"),
        "overlay / overlay rw 0 0\nproc /proc proc " + options + " 0 0\n");
  }
}
