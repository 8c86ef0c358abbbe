package xmover.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import cratesim.faults.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.Command;
import xmover.cli.WiredDrill;
import xmover.suite.NeedsImage;

/**
 * What the image runs, built and run without an engine. Some 15 seconds of CPU: a JRE is linked,
 * the toolkit is exported, and eight processes start.
 */
@NeedsImage
class ImageTest {
  private static final String RESET = "problematic-translogs --autoexec --log-format json";

  @TempDir private static Path built;
  private static Image image;
  private static boolean trained;

  @TempDir private Path folder;
  private Container container;
  private WiredDrill drill;

  @BeforeAll
  static void build() throws Exception {
    Path jdk = Path.of(System.getProperty("java.home"));
    assumeTrue(Files.isExecutable(jdk.resolve("bin/jlink")), "no jlink to make a JRE with");
    image = Image.build(built);
    trained = Dockerfile.read().all("FROM").get(1).contains(":" + Runtime.version().feature());
    if (trained) {
      image.train();
    }
    // Another user runs it, and writes nothing.
    for (Path below = image.home(); below.startsWith(built); below = below.getParent()) {
      Files.setPosixFilePermissions(below, PosixFilePermissions.fromString("r-xr-xr-x"));
    }
  }

  @BeforeEach
  void start() throws Exception {
    container = new Container(image, folder);
    drill = new WiredDrill(folder);
  }

  @AfterEach
  void stop() {
    drill.close();
  }

  @Test
  void it_starts_with_nothing_but_a_jre() throws Exception {
    var outcome = container.run("--version");
    assertEquals("", outcome.err());
    assertTrue(outcome.out().startsWith("xmover "), outcome.out());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void it_carries_the_licences_of_what_it_brings() throws Exception {
    assertTrue(Files.readString(image.home().resolve("NOTICE")).contains("vertx"));
    assertTrue(Files.exists(image.home().resolve("LICENSE")));
  }

  @Test
  void it_is_process_1_without_rights_on_a_disk_that_is_read_only() throws Exception {
    container.requireIsolation();
    var outcome =
        container.run(
            List.of("/bin/sh", "-c", "echo $$ $(/usr/bin/id -u); /usr/bin/touch /tmp/x || exit 7"));
    assertEquals("1 10001\n", outcome.out());
    assertEquals(7, outcome.exitCode(), outcome.err());
  }

  @Test
  void it_analyses_a_simulated_cluster() throws Exception {
    var outcome = container.run("problematic-translogs", "--connect", "sim:drill");
    assertEquals("", outcome.err());
    assertTrue(outcome.out().contains("8 to reset"), outcome.out());
    assertEquals(0, outcome.exitCode());
  }

  @Test
  void it_heals_with_the_journal_in_the_cluster_and_logs_only_json() throws Exception {
    var before = drill.settings();
    var outcome = container.run(onDrill(RESET + " --journal cluster --table doc.events"));
    assertEquals(0, outcome.exitCode(), outcome.err());
    assertEquals(before, drill.settings());
    for (String line : outcome.err().lines().toList()) {
      assertTrue(new ObjectMapper().readTree(line).has("event"), line);
    }
  }

  @Test
  void without_a_journal_in_the_cluster_it_changes_nothing() throws Exception {
    var outcome = container.run(onDrill(RESET + " --table doc.events"));
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(outcome.err().contains(".local/state/xmover"), outcome.err());
  }

  @Test
  void its_health_is_that_of_the_connection() throws Exception {
    List<String> check = Dockerfile.read().words("HEALTHCHECK");
    List<String> healthy = new ArrayList<>(image.entrypoint());
    healthy.addAll(check.subList(check.indexOf("test-connection"), check.size()));
    healthy.addAll(List.of("--connect", drill.url()));
    assertEquals(0, container.run(healthy).exitCode(), container.said("err"));
    healthy.set(healthy.size() - 1, "postgresql://crate@127.0.0.1:1/doc");
    assertEquals(1, container.run(healthy).exitCode(), container.said("err"));
  }

  @Test
  void at_sigterm_it_puts_a_table_back_and_ends_with_143() throws Exception {
    var before = drill.settings();
    drill.faults.set(Fault.on("OPTIMIZE TABLE", Fault.Disruption.HANG).nthTime(1));
    Process run = container.start(onDrill(RESET + " --journal cluster --table doc.events"));
    try {
      drill.await(run, "OPTIMIZE TABLE", 1);
      assertNotEquals(before, drill.settings());
      container.stop(run);
      assertTrue(run.waitFor(30, TimeUnit.SECONDS), () -> container.said("err"));
      assertEquals(143, run.exitValue(), () -> container.said("err"));
      assertEquals(before, drill.settings());
    } finally {
      run.destroyForcibly();
    }
  }

  @Test
  void its_classes_come_from_the_archive_and_from_the_jars_when_that_does_not_fit()
      throws Exception {
    assumeTrue(trained, "the image's Java is another one: no archive was trained");
    var words = new ArrayList<>(image.entrypoint());
    words.add(words.indexOf("-jar"), "-Xlog:class+load:file=" + folder.resolve("classes"));
    words.set(0, image.jre().resolve("bin/java").toString());
    words.add("--version");
    String java = words.remove(0);
    assertEquals(0, Command.of(Path.of(java), words.toArray(String[]::new)).run().exitCode());
    try (var lines = Files.lines(folder.resolve("classes"))) {
      long archived = lines.filter(line -> line.contains("shared objects file (top)")).count();
      assertTrue(archived > 100, archived + " classes");
    }

    var fitting = container.run("--version");
    Path jar = image.home().resolve("xmover.jar");
    FileTime age = Files.getLastModifiedTime(jar);
    Files.setLastModifiedTime(jar, FileTime.from(Instant.now()));
    try {
      assertEquals(fitting, container.run("--version"));
    } finally {
      Files.setLastModifiedTime(jar, age);
    }
  }

  private String[] onDrill(String arguments) {
    return (arguments + " --connect " + drill.url()).split(" ", -1);
  }
}
