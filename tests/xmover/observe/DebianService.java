package xmover.observe;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import xmover.Command;

/**
 * A real program from the system's packages, for as long as a test; skipped where it is missing.
 */
public final class DebianService implements AutoCloseable {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final Pattern LISTENING =
      Pattern.compile("msg=\"Listening on\" address=127\\.0\\.0\\.1:([1-9]\\d*)");

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

  /** An Alertmanager that tells nobody; it keeps its files in this folder. */
  public static DebianService alertmanager(Path folder) throws Exception {
    Path config = folder.resolve("alertmanager.yml");
    Files.writeString(config, "route: {receiver: nobody}\nreceivers: [{name: nobody}]\n");
    return start(
        folder,
        installed("prometheus-alertmanager"),
        "--config.file=" + config,
        "--storage.path=" + folder.resolve("storage"),
        "--cluster.listen-address=");
  }

  /** A Pushgateway that keeps nothing on disk. */
  public static DebianService pushgateway(Path folder) throws Exception {
    // Debian's default is a file that an installed service uses too.
    return start(folder, installed("prometheus-pushgateway"), "--persistence.file=");
  }

  /**
   * A Prometheus that scrapes a target ten times a second; it keeps its files in this folder.
   *
   * @param target host and port
   */
  public static DebianService prometheus(Path folder, String target) throws Exception {
    Path config = folder.resolve("prometheus.yml");
    Files.writeString(
        config,
        """
        global: {scrape_interval: 100ms}
        scrape_configs: [{job_name: xmover, static_configs: [{targets: ["%s"]}]}]
        """
            .formatted(target));
    return start(
        folder,
        installed("prometheus"),
        "--config.file=" + config,
        "--storage.tsdb.path=" + folder.resolve("data"));
  }

  /**
   * Starts a program of Prometheus' family, which takes any free port and logs which. So whoever
   * else has a service on this machine is never asked, and never gets what a test sends.
   */
  private static DebianService start(Path folder, String program, String... options)
      throws Exception {
    var command = new ArrayList<>(List.of(program, "--web.listen-address=127.0.0.1:0"));
    command.addAll(List.of(options));
    Path log = folder.resolve("service.log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
    while (System.nanoTime() < deadline && !process.waitFor(20, TimeUnit.MILLISECONDS)) {
      var listening = LISTENING.matcher(Files.readString(log));
      if (listening.find()) {
        var service = new DebianService(process, Integer.parseInt(listening.group(1)));
        if (service.isReady()) {
          return service;
        }
      }
    }
    process.destroyForcibly();
    throw new AssertionError(String.join(" ", command) + "\n" + Files.readString(log));
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
