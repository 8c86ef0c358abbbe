package xmover.journal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.environment.Environment;
import xmover.environment.TestEnvironment;

class JournalLocationTest {
  private static final Path HOME = Path.of("/home/operator").toAbsolutePath();
  private static final Path DEFAULT = HOME.resolve(".local/state/xmover");

  @Test
  void journal_and_lock_are_in_the_state_folder_of_the_user() {
    JournalLocation location = JournalLocation.of(around(Map.of()), "HfBGofX6S16OG1AljA3TFQ");

    assertEquals(DEFAULT.resolve("HfBGofX6S16OG1AljA3TFQ.jsonl"), location.journal());
    assertEquals(DEFAULT.resolve("HfBGofX6S16OG1AljA3TFQ.lock"), location.lock());
  }

  @Test
  void xdg_state_home_moves_them() {
    Path state = Path.of("/state").toAbsolutePath();
    Map<String, String> environment = Map.of("XDG_STATE_HOME", state.toString());

    assertEquals(
        state.resolve("xmover").resolve("id.jsonl"),
        JournalLocation.of(around(environment), "id").journal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "state", "../state"})
  void a_relative_xdg_state_home_is_ignored(String relative) {
    Map<String, String> environment = Map.of("XDG_STATE_HOME", relative);

    assertEquals(
        DEFAULT.resolve("id.jsonl"), JournalLocation.of(around(environment), "id").journal());
  }

  @ParameterizedTest
  @ValueSource(strings = {"../../etc/passwd", "", ".", "..", "a b", "a:b", "a\\b", "ü", "a\0b"})
  void no_cluster_id_leads_out_of_the_folder(String id) {
    JournalLocation location = JournalLocation.of(around(Map.of()), id);

    assertEquals(DEFAULT, location.journal().normalize().getParent());
    assertEquals(DEFAULT, location.lock().normalize().getParent());
  }

  @Test
  void the_name_of_a_long_id_fits_a_file_system() {
    String name = JournalLocation.of(around(Map.of()), "x".repeat(5000)).journal().toString();

    assertEquals(true, name.length() < 200, name);
  }

  @Test
  void different_clusters_have_different_files() {
    assertNotEquals(
        JournalLocation.of(around(Map.of()), "a/b").journal(),
        JournalLocation.of(around(Map.of()), "a:b").journal());
  }

  private static Environment around(Map<String, String> variables) {
    return new TestEnvironment(HOME).with(variables).environment();
  }
}
