package packaging;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.Repository;
import xmover.environment.TestEnvironment;
import xmover.options.Cli;

/** The folder that a web server gives to laptops. */
class PublishTest {
  private static final String URL = "https://ops.example.com/xmover";
  private static final String JAR = "xmover-0.1.0.jar";
  private static final String MAVEN = "maven/io/xmover/xmover/0.1.0/" + JAR.replace(".jar", "");

  @TempDir private Path folder;
  private TestEnvironment around;
  private Path built;

  @BeforeEach
  void start() throws IOException {
    built = jar("built.jar", "xmover.class", "publish.class", "published/heal.java", "a/B.class");
  }

  private Path jar(String name, String... entries) throws IOException {
    Path jar = folder.resolve(name);
    try (var out = new ZipOutputStream(Files.newOutputStream(jar))) {
      for (String entry : entries) {
        out.putNextEntry(new ZipEntry(entry));
        out.write(entry.getBytes(StandardCharsets.UTF_8));
      }
    }
    return jar;
  }

  private int publish(Path jar, String... words) {
    around = new TestEnvironment(folder);
    return Cli.run(around.environment(), new PublishCommand(jar + ":/lib/other.jar"), words);
  }

  private Map<String, byte[]> site(String name) throws IOException {
    var files = new TreeMap<String, byte[]>();
    try (Stream<Path> all = Files.walk(folder.resolve(name))) {
      for (Path file : all.filter(Files::isRegularFile).toList()) {
        files.put(folder.resolve(name).relativize(file).toString(), Files.readAllBytes(file));
      }
    }
    return files;
  }

  private String text(String file) throws IOException {
    return Files.readString(folder.resolve("site").resolve(file));
  }

  @Test
  void each_alias_of_the_repository_names_the_jar_its_class_and_all_libraries() throws Exception {
    assertEquals(0, publish(built, "site", "--url", URL), () -> around.err());
    JsonNode aliases = new ObjectMapper().readTree(text("jbang-catalog.json")).path("aliases");
    JsonNode ours =
        new ObjectMapper()
            .readTree(Repository.root().resolve("jbang-catalog.json").toFile())
            .path("aliases");
    assertEquals(ours.size() - 1, aliases.size());
    for (var alias : aliases.properties()) {
      JsonNode one = alias.getValue();
      assertEquals(JAR, one.path("script-ref").asText());
      assertEquals("17+", one.path("java").asText());
      assertEquals(needed(alias.getKey()), words(one.path("dependencies")), alias.getKey());
      assertEquals(
          ours.path(alias.getKey()).path("script-ref").asText(),
          "scripts/" + one.path("main").asText() + ".java");
      assertEquals(ours.path(alias.getKey()).path("arguments"), one.path("arguments"));
    }
    String first = aliases.at("/xmover/dependencies/0").asText();
    assertTrue(first.startsWith("com.fasterxml.jackson.core:jackson-databind:"), first);
    assertTrue(aliases.at("/xmover/java-options").toString().contains("-XX:+UseSerialGC"));
  }

  /** What JBang gets for the script of that name, by what the hubs say that it brings along. */
  private static List<String> needed(String alias) throws IOException {
    Path lib = Repository.root().resolve("lib");
    var needed = new ArrayList<>(dependencies(lib.resolve("xmover/Xmover.java")));
    if (alias.equals("install")) {
      needed.addAll(dependencies(lib.resolve("packaging/Packaging.java")));
    }
    return needed;
  }

  private static List<String> dependencies(Path hub) throws IOException {
    try (Stream<String> lines = Files.lines(hub)) {
      String start = "//DEPS ";
      return lines
          .filter(line -> line.startsWith(start))
          .map(line -> line.substring(start.length()))
          .toList();
    }
  }

  private static List<String> words(JsonNode array) {
    return StreamSupport.stream(array.spliterator(), false).map(JsonNode::asText).toList();
  }

  @Test
  void the_jar_has_all_but_what_publishes_and_maven_gets_the_same() throws Exception {
    publish(built, "site", "--url", URL);
    try (var jar = new JarFile(folder.resolve("site").resolve(JAR).toFile())) {
      assertEquals(
          List.of("META-INF/MANIFEST.MF", "a/B.class", "xmover.class"),
          jar.stream().map(ZipEntry::getName).toList());
    }
    var site = site("site");
    assertArrayEquals(site.get(JAR), site.get(MAVEN + ".jar"));
    assertTrue(text(MAVEN + ".pom").contains("<artifactId>vertx-pg-client</artifactId>"));
    assertTrue(
        text(MAVEN + ".pom")
            .contains(
                "<artifactId>micrometer-registry-prometheus</artifactId><version>1.17.2</version>"
                    + "<exclusions>"));
    assertTrue(text(MAVEN + ".jar.sha1").matches("[0-9a-f]{40}"));
  }

  @Test
  void a_script_is_pinned_to_its_version_and_compiles_alone() throws Exception {
    publish(built, "site", "--url", URL + "/");
    String heal = text("scripts/heal.java");
    assertFalse(heal.contains("//SOURCES"), heal);
    assertTrue(heal.contains("//REPOS central,xmover=" + URL + "/maven\n"), heal);
    assertTrue(heal.contains("//DEPS io.xmover:xmover:0.1.0\n"), heal);
    assertTrue(heal.contains("//JAVA 17+\n") && heal.contains("-XX:+UseSerialGC"), heal);
    assertTrue(text("index.html").contains(URL + "/jbang-catalog.json"));
  }

  @Test
  void twice_makes_the_same_bytes_whatever_the_order_in_the_jar() throws Exception {
    publish(built, "site", "--url", URL);
    Path other =
        jar("other.jar", "a/B.class", "published/heal.java", "xmover.class", "publish.class");
    publish(other, "again", "--url", URL);
    var once = site("site");
    var twice = site("again");
    assertEquals(once.keySet(), twice.keySet());
    once.forEach((file, bytes) -> assertArrayEquals(bytes, twice.get(file), file));
  }

  @Test
  void without_an_address_there_are_no_scripts_and_it_says_so() throws Exception {
    assertEquals(0, publish(built, "site"), () -> around.err());
    assertTrue(around.out().contains("no scripts"), around.out());
    assertFalse(Files.exists(folder.resolve("site/scripts")));
    assertTrue(text("index.html").contains("publish with --url"));
  }

  @Test
  void jars_of_other_versions_stay_for_the_scripts_that_name_them() throws Exception {
    publish(built, "site", "--url", URL);
    Files.writeString(folder.resolve("site/xmover-0.0.9.jar"), "older");
    assertEquals(0, publish(built, "site", "--url", URL), () -> around.err());
    assertEquals("older", text("xmover-0.0.9.jar"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"ftp://a/b", "ops.example.com", "https:///x", "http://a/b?c=d", "a b"})
  void an_address_that_is_none_is_refused_and_nothing_is_written(String url) {
    assertEquals(1, publish(built, "site", "--url", url));
    assertTrue(around.err().contains("--url must be an address like"), around.err());
    assertFalse(Files.exists(folder.resolve("site")));
  }

  @Test
  void what_was_cut_off_is_published_by_the_next_attempt() throws Exception {
    Files.createDirectory(folder.resolve("site"));
    Files.writeString(folder.resolve("site").resolve(JAR), "whole");
    Files.writeString(folder.resolve("site/index.html.part"), "ha");
    assertEquals(0, publish(built, "site", "--url", URL), () -> around.err());
    assertTrue(text("jbang-catalog.json").contains(JAR));
  }

  @Test
  void what_is_not_ours_is_not_written_over() throws Exception {
    Files.createDirectory(folder.resolve("site"));
    Files.writeString(folder.resolve("site/letter.txt"), "dear");
    assertEquals(1, publish(built, "site", "--url", URL));
    assertTrue(around.err().contains("nothing was published there"), around.err());
    assertEquals(1, site("site").size());
    assertEquals(1, publish(folder.resolve("classes"), "other"));
    assertTrue(around.err().contains("run it with JBang"), around.err());
  }
}
