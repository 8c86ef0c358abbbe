package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.table.KnownBug;

/** Which bug of which CrateDB a table may have met, by the release notes. */
class UpstreamBugTest {
  @ParameterizedTest
  @CsvSource({
    // running, table created by: fixed in
    "5.8.7,   5.4.0,  none",
    "5.9.0,   5.4.0,  5.10.14",
    "5.10.12, 5.4.0,  5.10.14",
    "5.10.13, 5.4.0,  5.10.15",
    "5.10.13, 5.5.0,  5.10.14",
    "5.10.13, '',     5.10.14",
    "5.10.14, 5.4.8,  5.10.15",
    "5.10.14, 5.5.0,  none",
    "5.10.14, '',     none",
    "5.10.15, 5.4.0,  none",
    "6.0.0,   6.0.0,  6.0.4",
    "6.0.2,   5.4.0,  6.0.4",
    "6.0.3,   6.0.0,  6.0.4",
    "6.0.4,   5.4.0,  none",
    "6.1.0,   5.4.0,  6.1.1",
    "6.1.0,   6.0.0,  none",
    "6.1.1,   5.4.0,  none",
    "6.4.3,   5.4.0,  none",
    "strange, 5.4.0,  none",
  })
  void a_version_has_the_bugs_its_notes_say(String running, String created, String fixedIn) {
    assertEquals(fixedIn, fixedIn(List.of(running), created));
  }

  @Test
  void a_cluster_that_is_being_upgraded_needs_the_later_fix() {
    assertEquals("6.0.4", fixedIn(List.of("5.10.13", "6.0.3", "6.0.4"), "6.0.0"));
  }

  @Test
  void the_bug_whose_notes_name_the_translog_is_told_first() {
    KnownBug bug = UpstreamBug.of(List.of("6.0.3"), CrateVersion.of("5.4.0")).orElseThrow();
    assertTrue(bug.text().startsWith("a NULL"), bug.text());
  }

  private static String fixedIn(List<String> running, String created) {
    return UpstreamBug.of(running, CrateVersion.of(created)).map(KnownBug::fixedIn).orElse("none");
  }
}
