package packaging;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import xmover.Repository;
import xmover.Xmover;

/** A version is told alike wherever it stands. */
class ReleaseTest {
  private static String changelog() throws IOException {
    return Files.readString(Repository.root().resolve("CHANGELOG.md"));
  }

  @Test
  void the_version_is_three_numbers_and_the_changelog_has_a_section_for_what_comes_next()
      throws IOException {
    assertTrue(Xmover.VERSION.matches("\\d+\\.\\d+\\.\\d+"), Xmover.VERSION);
    assertTrue(changelog().contains("\n## [Unreleased]\n"), "no section for what is not released");
  }

  @Test
  void the_notice_names_each_library_in_the_version_that_runs() throws IOException {
    String notice = Files.readString(Repository.root().resolve("NOTICE"));
    for (String hub : List.of("xmover/Xmover.java", "packaging/Packaging.java")) {
      for (String line : Files.readAllLines(Repository.root().resolve("lib/" + hub))) {
        if (line.startsWith("//DEPS ")) {
          String library = line.substring(7).replace("@fatjar", "").strip();
          assertTrue(notice.contains(library.substring(library.indexOf(':') + 1)), library);
        }
      }
    }
  }

  @Test
  @EnabledIfEnvironmentVariable(named = "XMOVER_TAG", matches = ".+")
  void a_tag_is_the_version_and_has_a_section_in_the_changelog() throws IOException {
    assertEquals("v" + Xmover.VERSION, System.getenv("XMOVER_TAG"));
    assertTrue(
        changelog().contains("\n## [" + Xmover.VERSION + "] - "),
        "no section of " + Xmover.VERSION + " in CHANGELOG.md");
  }
}
