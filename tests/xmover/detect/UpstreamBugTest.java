package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import xmover.table.KnownBug;

/** Which bug of which CrateDB a table may have met, by the release notes. */
class UpstreamBugTest {
  @ParameterizedTest
  @CsvSource({
    // running, table created by: fixed in, by bug
    "5.8.7,   5.4.0,  none",
    "5.9.0,   5.4.0,  5.10.14",
    "5.10.12, 5.4.0,  5.10.14",
    "5.10.13, 5.4.0,  5.10.15 5.10.14",
    "5.10.13, 5.5.0,  5.10.14",
    "5.10.13, '',     5.10.14",
    "5.10.14, 5.4.8,  5.10.15",
    "5.10.14, 5.5.0,  none",
    "5.10.14, '',     none",
    "5.10.15, 5.4.0,  none",
    "6.0.0,   6.0.0,  6.0.1 6.0.4",
    "5.10.10, 5.10.0, 5.10.14",
    "5.10.11, 5.10.0, 5.10.12 5.10.14",
    "6.0.1,   6.0.0,  6.0.4",
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
    KnownBug bug = UpstreamBug.of(List.of("6.0.3"), CrateVersion.of("5.4.0")).get(0);
    assertTrue(bug.text().startsWith("a NULL"), bug.text());
  }

  @Test
  void a_refused_text_is_a_cause_on_every_version_and_says_what_helps_instead_of_a_version() {
    for (String version : List.of("5.8.7", "5.10.11", "6.0.0", "6.4.3", "strange")) {
      List<KnownBug> causes = UpstreamBug.of(List.of(version), CrateVersion.of("6.0.0"));
      KnownBug last = causes.get(causes.size() - 1);
      assertEquals(Optional.empty(), last.fixedIn());
      assertTrue(last.text().contains("32,766 bytes"), last.text());
      assertTrue(last.help().contains("INDEX OFF STORAGE WITH (columnstore = false)"), last.help());
    }
  }

  @Test
  void a_bulk_delete_is_told_first_where_it_was_seen_to_make_a_hole() {
    KnownBug bug = UpstreamBug.of(List.of("6.0.0"), CrateVersion.of("6.0.0")).get(0);
    assertTrue(bug.text().startsWith("a bulk DELETE"), bug.text());
    assertEquals(Optional.of("6.0.1"), bug.fixedIn());
  }

  @Test
  void an_integer_beyond_bigint_is_not_said_to_make_a_hole() {
    KnownBug bug = UpstreamBug.of(List.of("5.9.0"), CrateVersion.of("5.9.0")).get(0);
    assertTrue(bug.text().contains("no hole"), bug.text());
    assertTrue(bug.text().contains("no replica can replay"), bug.text());
  }

  private static String fixedIn(List<String> running, String created) {
    List<String> fixed =
        UpstreamBug.of(running, CrateVersion.of(created)).stream()
            .flatMap(bug -> bug.fixedIn().stream())
            .toList();
    return fixed.isEmpty() ? "none" : String.join(" ", fixed);
  }
}
