package xmover.observe;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import xmover.Command;

/**
 * A real program from the system's packages, for as long as a test; skipped where it is missing.
 */
public final class DebianService implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Process process;
  private final int port;

  private DebianService(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Where a program is; a test that needs it is skipped, and says so, where it is not installed.
   */
  public static String installed(String program) {
    Optional<Path> found = Command.installed(program);
    assumeTrue(found.isPresent(), program + " is not installed");
    return found.orElseThrow().toString();
  }

  static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** An Alertmanager that tells nobody; it keeps its files in this folder. */
  public static DebianService alertmanager(Path folder) throws Exception {
    String program = installed("prometheus-alertmanager");
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(config, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
    int port = freePort();
    return start(
        folder,
        port,
        List.of(
            program,
            "--config.file=" + config,
            "--storage.path=" + folder.resolve("storage"),
            "--web.listen-address=127.0.0.1:" + port,
            "--cluster.listen-address="));
  }

  /** A Pushgateway that keeps nothing on disk. */
  public static DebianService pushgateway(Path folder) throws Exception {
    String program = installed("prometheus-pushgateway");
    int port = freePort();
    return start(folder, port, List.of(program, "--web.listen-address=127.0.0.1:" + port));
  }

  /**
   * A Prometheus that scrapes a target ten times a second; it keeps its files in this folder.
   *
   * @param target host and port
   */
  public static DebianService prometheus(Path folder, String target) throws Exception {
    String program = installed("prometheus");
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 100ms}
        scrape_configs: [{job_name: xmover, static_configs: [{targets: ["%s"]}]}]
        """
            .formatted(target));
    int port = freePort();
    return start(
        folder,
        port,
        List.of(
            program,
            "--config.file=" + config,
            "--storage.tsdb.path=" + folder.resolve("data"),
            "--web.listen-address=127.0.0.1:" + port));
  }

  /** Starts a program that answers on {@code /-/ready} of this port. */
  static DebianService start(Path folder, int port, List<String> command) throws Exception {
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("service.log").toFile())
            .start();
    var service = new DebianService(process, port);
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (!service.isReady()) {
      if (System.nanoTime() > deadline || !process.isAlive()) {
        service.close();
        throw new AssertionError(Files.readString(folder.resolve("service.log")));
      }
      LockSupport.parkNanos(Duration.ofMillis(50).toNanos());
    }
    return service;
  }

  /** What a program wrote on stdout; it must end well. */
  public static String run(String... command) throws Exception {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new AssertionError(String.join(" ", command) + "\n" + text);
    }
    return text;
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  public String get(String path) throws Exception {
    return HTTP.send(
            HttpRequest.newBuilder(URI.create(url() + path)).build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  private boolean isReady() throws Exception {
    try {
      return HTTP.send(
                  HttpRequest.newBuilder(URI.create(url() + "/-/ready")).build(),
                  HttpResponse.BodyHandlers.discarding())
              .statusCode()
          == 200;
    } catch (IOException notYet) {
      return false;
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).join();
  }
}
