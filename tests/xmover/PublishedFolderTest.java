package xmover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.Operator;
import xmover.suite.NeedsWeb;

/**
 * The toolkit from a published folder, on a laptop that never had it: how often the web is asked
 * decides how long that takes in an incident. Some 10 seconds of CPU, as JBang compiles what
 * publishes.
 */
@NeedsWeb
class PublishedFolderTest {
  private static final int FOR_AN_ALIAS = 3;
  private static final int FOR_A_COPY = 8;

  @TempDir private Path disk;
  private Path site;
  private Laptop laptop;

  @BeforeEach
  void start() {
    site = disk.resolve("site");
    laptop = new Laptop(disk, site);
  }

  @AfterEach
  void stop() throws IOException {
    laptop.close();
    // JUnit, which empties the folder, warns of each.
    try (Stream<Path> all = Files.walk(disk.resolve("repository"), 2)) {
      for (Path link : all.filter(Files::isSymbolicLink).toList()) {
        Files.delete(link);
      }
    }
  }

  @Test
  void an_alias_and_a_copied_script_run_after_a_handful_of_requests() throws Exception {
    // With the cache of whoever runs the tests: it is compiled there often enough.
    succeeds(
        Command.jbang("publish", site.toString(), "--url", laptop.url("")).in(laptop.folder()));
    String catalog = laptop.url("jbang-catalog.json");
    succeeds(laptop.jbang("catalog", "add", "--global", "--name", "catalog", catalog));
    laptop.asked.clear();

    var help = succeeds(laptop.jbang("xmover@catalog", "--help"));
    assertEquals(Operator.types("--help").out(), help.out());
    assertAskedAtMost(FOR_AN_ALIAS);
    // Once it is there, no web is needed.
    assertEquals(help.out(), succeeds(laptop.jbang("xmover@catalog", "--help")).out());
    assertEquals(List.of(), laptop.asked);

    Path copy = disk.resolve("detect.java");
    Files.copy(site.resolve("scripts/detect.java"), copy);
    var copied = succeeds(laptop.jbang(copy.toString(), "--help").with("JBANG_REPO", repository()));
    assertTrue(copied.out().startsWith("Usage: detect "), copied.out());
    assertAskedAtMost(FOR_A_COPY);
  }

  private static Command.Outcome succeeds(Command typed) throws Exception {
    var outcome = typed.run();
    assertEquals(0, outcome.exitCode(), outcome.err());
    return outcome;
  }

  private void assertAskedAtMost(int requests) {
    assertEquals(List.of(), laptop.missing);
    // None at all would have come from elsewhere.
    assertTrue(!laptop.asked.isEmpty() && laptop.asked.size() <= requests, laptop.asked::toString);
    laptop.asked.clear();
  }

  /** Maven's downloads by links, without a toolkit: the user whose they are gets none. */
  private Path repository() throws IOException {
    Path downloads = Path.of(System.getProperty("user.home"), ".m2", "repository");
    Path repository = Files.createDirectory(disk.resolve("repository"));
    link(downloads, repository, "io");
    link(downloads.resolve("io"), Files.createDirectory(repository.resolve("io")), "xmover");
    return repository;
  }

  private static void link(Path from, Path to, String butFor) throws IOException {
    if (!Files.isDirectory(from)) {
      return;
    }
    try (Stream<Path> all = Files.list(from)) {
      for (Path each : all.filter(one -> !one.endsWith(butFor)).toList()) {
        Files.createSymbolicLink(to.resolve(each.getFileName()), each);
      }
    }
  }
}
