package xmover.metrics;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import xmover.reset.RunEvent;

/** The file that node_exporter reads. */
class TextFileTest {
  @TempDir private Path folder;

  private final Vertx vertx = Vertx.vertx();
  private final List<String> warnings = new CopyOnWriteArrayList<>();

  @AfterEach
  void stop() {
    vertx.close().await();
  }

  private Path file() {
    return folder.resolve("xmover.prom");
  }

  private TextFile textFile(Path file) {
    var scene = new MeasuredRun(vertx, warnings::add).scene;
    return new TextFile(scene, new MetricsFile(file));
  }

  private Exposition written() throws IOException {
    return new Exposition(Files.readString(file()));
  }

  /** A run of its own, written at its end. */
  private void run(int exitCode, long hour) {
    var measured = new MeasuredRun(vertx, warnings::add);
    measured.pass(hour * 3600);
    measured.begins();
    measured.ends(exitCode);
    textFile(file()).take(measured.metrics.scrape()).await();
  }

  @Test
  void it_holds_what_a_scrape_would_show() throws IOException {
    String text = MeasuredRun.everything().text();
    textFile(file()).take(text).await();
    assertEquals(text, written().text());
    assertEquals(List.of(), warnings);
  }

  @Test
  void a_run_that_fails_leaves_the_time_of_the_last_success_there() throws IOException {
    run(0, 1);
    double success = written().value("xmover_last_success_timestamp_seconds");
    run(1, 2);
    assertEquals(1, written().value("xmover_last_exit_code"));
    assertEquals(success, written().value("xmover_last_success_timestamp_seconds"));
    run(0, 3);
    assertTrue(written().value("xmover_last_success_timestamp_seconds") > success);
    assertEquals(1, count("xmover_last_success_timestamp_seconds"));
  }

  private long count(String name) throws IOException {
    return written().samples().stream().filter(s -> s.name().equals(name)).count();
  }

  @Test
  void a_run_that_reaches_no_cluster_does_not_take_back_that_tables_are_at_zero()
      throws IOException {
    var died = new MeasuredRun(vertx, warnings::add);
    died.begins("doc.t");
    died.run.step("doc.t", "begin");
    textFile(file()).take(died.metrics.scrape()).await();
    var unreached = new MeasuredRun(vertx, warnings::add);
    unreached.metrics.on(new RunEvent.RunFailed(new RuntimeException("no route"), 1));
    textFile(file()).take(unreached.metrics.scrape()).await();
    assertEquals(1, written().value("xmover_tables_at_zero_replicas"));
    assertEquals(1, written().value("xmover_last_exit_code"));
  }

  @Test
  void everybody_may_read_it_and_nothing_else_is_left_in_the_folder() throws IOException {
    run(0, 1);
    run(0, 2);
    assertEquals("rw-r--r--", PosixFilePermissions.toString(Files.getPosixFilePermissions(file())));
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @Test
  void whoever_reads_it_meanwhile_sees_all_of_it() throws Exception {
    String text = MeasuredRun.everything().text();
    TextFile file = textFile(file());
    file.take(text).await();
    var over = new AtomicBoolean();
    List<String> torn = new CopyOnWriteArrayList<>();
    var reader =
        new Thread(
            () -> {
              while (!over.get()) {
                try {
                  String seen = Files.readString(file());
                  if (!seen.equals(text)) {
                    torn.add(seen.length() + " of " + text.length());
                  }
                } catch (IOException gone) {
                  torn.add(gone.toString());
                }
              }
            });
    reader.start();
    for (int i = 0; i < 200; i++) {
      file.take(text).await();
    }
    over.set(true);
    reader.join();
    assertEquals(List.of(), torn);
  }

  @Test
  void what_is_no_text_of_ours_is_replaced() throws IOException {
    Files.write(file(), new byte[] {0, (byte) 0xff, 10, 35, 32});
    textFile(file()).take(MeasuredRun.everything().text()).await();
    assertEquals(MeasuredRun.everything().text(), written().text());
  }

  @Test
  void a_folder_that_is_missing_costs_one_warning_however_often_it_is_tried() {
    TextFile file = textFile(folder.resolve("none/xmover.prom"));
    file.take("").await();
    file.take("").await();
    assertEquals(1, warnings.size(), warnings.toString());
    assertTrue(warnings.get(0).contains("none/xmover.prom: "), warnings.toString());
    assertTrue(warnings.get(0).startsWith("the metrics can't be written to "), warnings.get(0));
  }

  @Test
  void a_folder_in_the_place_of_the_file_costs_a_warning_and_leaves_nothing_behind()
      throws IOException {
    Files.createDirectories(file().resolve("in use"));
    textFile(file()).take("").await();
    assertEquals(1, warnings.size(), warnings.toString());
    try (Stream<Path> files = Files.list(folder)) {
      assertEquals(List.of(file()), files.toList());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "metrics", "metrics.txt", "/", "a\0.prom"})
  void what_node_exporter_would_not_read_is_refused(String typed) {
    assertThrows(IllegalArgumentException.class, () -> new MetricsFile(Path.of(typed)));
  }
}
