package xmover;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.cli.WiredCluster;
import xmover.suite.NeedsWeb;

/**
 * How commands and scripts are got and run on another laptop, each way once: by an alias of the
 * catalog, by their place on the web or on the disk, and copied into a runbook. Some 15 seconds of
 * CPU: JBang fetches and compiles the toolkit, as on that laptop.
 */
@NeedsWeb
class RemoteCatalogTest {
  private static final String HUB = "../lib/xmover/Xmover.java";
  private static final String TABLE =
      """
      {"name": "doc.t", "shards": 1, "replicas": "1", "stuck_translog": "9gb"}
      """;

  @TempDir private Path disk;
  private Laptop laptop;

  @BeforeEach
  void start() {
    laptop = new Laptop(disk);
  }

  @AfterEach
  void stop() {
    laptop.close();
  }

  @Test
  void xmover_is_found_whole_in_a_catalog_on_the_web() throws Exception {
    byte[] catalog = Files.readAllBytes(Laptop.ROOT.resolve("jbang-catalog.json"));
    String url = laptop.url("jbang-catalog.json");
    var added = laptop.jbang("catalog", "add", "--global", "--name", "catalog", url).run();
    assertEquals(0, added.exitCode(), added.err());
    assertTrue(found("xmover@catalog").path("sources").size() > toolkit() + 1);
    assertEquals(List.of(), laptop.missing);
    assertArrayEquals(catalog, Files.readAllBytes(Laptop.ROOT.resolve("jbang-catalog.json")));
  }

  @Test
  void detect_is_fetched_by_its_url_without_the_simulated_cluster() throws Exception {
    JsonNode found = found(laptop.url("scripts/detect.java"));
    assertEquals(toolkit() + 1, found.path("sources").size());
    assertEquals(List.of(), laptop.missing);
    assertTrue(laptop.asked.contains("lib/xmover/Xmover.java"), laptop.asked.toString());
    assertEquals(
        List.of(), laptop.asked.stream().filter(RemoteCatalogTest::isOfTheSimulator).toList());
  }

  private static boolean isOfTheSimulator(String path) {
    return path.startsWith("lib/cratesim/") || path.startsWith("config/scenarios/");
  }

  @Test
  void heal_is_run_by_its_path_or_its_alias_from_any_folder() throws Exception {
    try (var crate = new WiredCluster(disk, "", TABLE)) {
      Path script = Laptop.ROOT.resolve("scripts/heal.java");
      // With the cache of whoever runs the tests: its alias is compiled there often enough.
      var outcome =
          Command.of(script, "--connect", crate.pg(), "--dry-run")
              .in(laptop.folder())
              .with("PATH", Laptop.ROOT + ":" + System.getenv("PATH"))
              .quickly()
              .run();
      assertEquals(0, outcome.exitCode(), outcome.err());
      assertTrue(outcome.out().contains("OPTIMIZE TABLE \"doc\".\"t\""), outcome.toString());
      var alias = Command.jbang("heal", "--connect", crate.pg(), "--dry-run").in(laptop.folder());
      assertEquals(outcome.out(), alias.run().out());
    }
  }

  @Test
  void reset_is_copied_edited_and_takes_the_toolkit_from_the_web() throws Exception {
    try (var crate = new WiredCluster(disk, "", TABLE)) {
      Path copy = copied("reset", laptop.url("lib/xmover/Xmover.java"));
      String edit = "how = how.maxWait(";
      Files.writeString(copy, Files.readString(copy).replace("// " + edit, edit));
      var outcome = laptop.jbang(copy.toString(), "doc.t", "--yes", "--connect", crate.pg()).run();
      assertEquals(0, outcome.exitCode(), outcome.err());
      assertEquals(2, crate.log.matching("^ALTER TABLE \"doc\".\"t\"").size());
      assertEquals(List.of(), laptop.missing);
    }
  }

  @Test
  void monitor_is_copied_and_finds_the_toolkit_in_a_clone() throws Exception {
    Path copy = copied("monitor", Laptop.ROOT.resolve("lib/xmover/Xmover.java").toString());
    JsonNode found = found(copy.toString());
    assertEquals(Set.of(copy.toRealPath(), Laptop.ROOT), folders(found.path("sources")));
    assertEquals(toolkit() + 1, found.path("sources").size());
    assertEquals(List.of(), laptop.asked);
  }

  /** What JBang is going to compile: the files that the path of heal is compiled from. */
  private JsonNode found(String script) throws Exception {
    var outcome = laptop.jbang("info", "tools", script).run();
    assertEquals(0, outcome.exitCode(), outcome.err());
    JsonNode found = new ObjectMapper().readTree(outcome.out());
    assertFalse(found.path("resolvedDependencies").isEmpty(), outcome.out());
    return found;
  }

  private static long toolkit() throws IOException {
    try (Stream<Path> files = Files.walk(Laptop.ROOT.resolve("lib/xmover"))) {
      return files.filter(file -> file.toString().endsWith(".java")).count();
    }
  }

  /** The repository for what is in it; else the file. */
  private static Set<Path> folders(JsonNode sources) throws IOException {
    Set<Path> all = new HashSet<>();
    for (JsonNode source : sources) {
      Path file = Path.of(source.path("backingResource").asText()).toRealPath();
      all.add(file.startsWith(Laptop.ROOT.toRealPath()) ? Laptop.ROOT : file);
    }
    return all;
  }

  /** A script in a folder of its own, with nothing changed but where the toolkit is. */
  private Path copied(String name, String hub) throws IOException {
    String script = Files.readString(Laptop.ROOT.resolve("scripts/" + name + ".java"));
    assertEquals(1, script.split("//SOURCES", -1).length - 1, script);
    Path runbook = Files.createDirectories(laptop.folder().resolve("runbook"));
    return Files.writeString(
        runbook.resolve(name + ".java"),
        script.replace("//SOURCES " + HUB + "\n", "//SOURCES " + hub + "\n"));
  }
}
