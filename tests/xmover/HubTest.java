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
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a remote catalog needs of the hub: over http nothing can be found that is not listed. */
class HubTest {
  private static final Path ROOT = Repository.root();
  private static final String XMOVER = "lib/xmover/Xmover.java";
  private static final String CRATESIM = "lib/cratesim/CrateSim.java";
  private static final String PACKAGING = "lib/packaging/Packaging.java";

  @ParameterizedTest
  @ValueSource(strings = {XMOVER, CRATESIM, PACKAGING})
  void a_hub_lists_every_file_of_its_house_once_in_order(String hub) throws IOException {
    Path file = ROOT.resolve(hub);
    List<String> files =
        javaFiles(file.getParent()).stream()
            .filter(other -> !other.equals(file))
            .map(other -> file.getParent().relativize(other).toString())
            .sorted()
            .toList();
    assertEquals(files, directives(file, "//SOURCES"));
  }

  @Test
  void every_file_of_lib_belongs_to_a_house_that_has_a_hub() throws IOException {
    var houses =
        Stream.of("lib/cratesim", "lib/packaging", "lib/xmover").map(ROOT::resolve).toList();
    for (Path file : javaFiles(ROOT.resolve("lib"))) {
      assertTrue(houses.stream().anyMatch(file::startsWith), () -> "in no house: " + file);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {XMOVER, CRATESIM, PACKAGING})
  void every_resource_a_hub_names_exists(String hub) throws IOException {
    Path folder = ROOT.resolve(hub).getParent();
    for (String entry : directives(ROOT.resolve(hub), "//FILES")) {
      String file = entry.substring(entry.indexOf('=') + 1);
      assertTrue(Files.isRegularFile(folder.resolve(file)), () -> "no such file: " + entry);
    }
  }

  @Test
  void both_hubs_name_the_same_versions() throws IOException {
    List<String> all = directives(ROOT.resolve(XMOVER), "//DEPS");
    List<String> some = directives(ROOT.resolve(CRATESIM), "//DEPS");
    assertEquals(all.stream().filter(some::contains).toList(), some);
  }

  @Test
  void every_alias_runs_a_script_that_names_the_hub_and_nothing_by_glob() throws IOException {
    JsonNode catalog = new ObjectMapper().readTree(ROOT.resolve("jbang-catalog.json").toFile());
    for (JsonNode alias : catalog.path("aliases")) {
      Path script = ROOT.resolve(alias.path("script-ref").asText());
      assertTrue(Files.isRegularFile(script), () -> "no such script: " + script);
      var sources = directives(script, "//SOURCES");
      assertTrue(sources.contains("../" + XMOVER), () -> script + " lacks the hub");
      assertTrue(
          sources.stream().noneMatch(source -> source.contains("*")), () -> script + ": glob");
    }
  }

  @Test
  void the_scripts_that_people_edit_come_without_the_simulated_cluster() throws IOException {
    for (Path script : javaFiles(ROOT.resolve("scripts"))) {
      boolean brings = directives(script, "//SOURCES").contains("../" + CRATESIM);
      boolean tried = script.endsWith("xmover.java") || script.endsWith("shell.java");
      assertEquals(tried, brings, script.toString());
    }
  }

  @Test
  void a_file_over_400_lines_says_why_in_the_rationale() throws IOException {
    String rationale = Files.readString(ROOT.resolve("lib/RATIONALE.md"));
    var unexplained = new ArrayList<Path>();
    for (String folder : List.of("lib", "scripts")) {
      for (Path file : javaFiles(ROOT.resolve(folder))) {
        if (Files.readAllLines(file).size() > 400
            && !rationale.contains(file.getFileName().toString())) {
          unexplained.add(ROOT.relativize(file));
        }
      }
    }
    assertEquals(List.of(), unexplained);
  }

  private static List<Path> javaFiles(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
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
