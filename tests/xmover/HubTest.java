package xmover;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What a remote catalog needs of the hub: over http nothing can be found that is not listed. */
class HubTest {
  private static final Path ROOT = Repository.root();
  private static final Path FOLDER = ROOT.resolve("lib/xmover");
  private static final Path HUB = FOLDER.resolve("Xmover.java");

  @Test
  void the_hub_lists_every_file_of_lib_once_in_order() throws IOException {
    List<String> files =
        javaFiles("lib").stream()
            .filter(file -> !file.equals(HUB))
            .map(file -> FOLDER.relativize(file).toString())
            .sorted()
            .toList();
    assertEquals(files, directives(HUB, "//SOURCES"));
  }

  @Test
  void every_resource_the_hub_names_exists() throws IOException {
    for (String entry : directives(HUB, "//FILES")) {
      String file = entry.substring(entry.indexOf('=') + 1);
      assertTrue(Files.isRegularFile(FOLDER.resolve(file)), () -> "no such file: " + entry);
    }
  }

  @Test
  void every_alias_runs_a_script_that_names_the_hub_and_nothing_by_glob() throws IOException {
    JsonNode catalog = new ObjectMapper().readTree(ROOT.resolve("jbang-catalog.json").toFile());
    for (JsonNode alias : catalog.path("aliases")) {
      Path script = ROOT.resolve(alias.path("script-ref").asText());
      assertTrue(Files.isRegularFile(script), () -> "no such script: " + script);
      var sources = directives(script, "//SOURCES");
      assertTrue(sources.contains("../lib/xmover/Xmover.java"), () -> script + " lacks the hub");
      assertTrue(
          sources.stream().noneMatch(source -> source.contains("*")), () -> script + ": glob");
    }
  }

  @Test
  void a_file_over_400_lines_says_why_in_the_rationale() throws IOException {
    String rationale = Files.readString(ROOT.resolve("lib/RATIONALE.md"));
    var unexplained = new ArrayList<Path>();
    for (String folder : List.of("lib", "scripts")) {
      for (Path file : javaFiles(folder)) {
        if (Files.readAllLines(file).size() > 400
            && !rationale.contains(file.getFileName().toString())) {
          unexplained.add(ROOT.relativize(file));
        }
      }
    }
    assertEquals(List.of(), unexplained);
  }

  private static List<Path> javaFiles(String folder) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
      return files.filter(file -> file.toString().endsWith(".java")).sorted().toList();
    }
  }

  private static List<String> directives(Path script, String name) throws IOException {
    return Files.readAllLines(script).stream()
        .filter(line -> line.startsWith(name + " "))
        .map(line -> line.substring(name.length()).trim())
        .toList();
  }
}
