package xmover;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import xmover.suite.NeedsWeb;

/**
 * The repository as a catalog on the web, used from an empty folder of another laptop. A minute of
 * CPU: JBang fetches and compiles the toolkit, as on that laptop.
 */
@NeedsWeb
class RemoteCatalogTest {
  private static final Path ROOT = Repository.root();

  private final List<String> asked = new CopyOnWriteArrayList<>();
  private final List<String> missing = new CopyOnWriteArrayList<>();
  private HttpServer web;
  @TempDir Path laptop;

  @BeforeEach
  void serve() throws IOException {
    web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    web.createContext("/", this::answer);
    web.start();
  }

  @AfterEach
  void stop() {
    web.stop(0);
  }

  @Test
  void xmover_runs_from_a_catalog_on_the_web() throws Exception {
    byte[] catalog = Files.readAllBytes(ROOT.resolve("jbang-catalog.json"));
    addCatalog();
    var remote = onLaptop("xmover@catalog", "--help").run();
    assertEquals(List.of(), missing, remote.err());
    assertEquals(0, remote.exitCode(), remote.err());

    var local = Command.jbang(ROOT.resolve("scripts/xmover.java").toString(), "--help").run();
    assertEquals(local.out(), remote.out());
    assertArrayEquals(catalog, Files.readAllBytes(ROOT.resolve("jbang-catalog.json")));
  }

  @Test
  void detect_is_fetched_without_the_simulated_cluster_and_says_who_has_one() throws Exception {
    addCatalog();
    var outcome = onLaptop("detect@catalog", "--connect", "sim:drill").run();
    assertEquals(1, outcome.exitCode(), outcome.err());
    assertTrue(
        outcome.err().contains("take xmover, demo or simulate, which have one"), outcome.err());
    assertEquals("", outcome.out());
    assertEquals(List.of(), missing);
    assertTrue(asked.contains("lib/xmover/Xmover.java"), asked.toString());
    assertEquals(List.of(), asked.stream().filter(RemoteCatalogTest::isOfTheSimulator).toList());
  }

  private static boolean isOfTheSimulator(String path) {
    return path.startsWith("lib/cratesim/") || path.startsWith("config/scenarios/");
  }

  private void addCatalog() throws Exception {
    String url = "http://127.0.0.1:" + web.getAddress().getPort() + "/jbang-catalog.json";
    var added = onLaptop("catalog", "add", "--global", "--name", "catalog", url).run();
    assertEquals(0, added.exitCode(), added.err());
  }

  /** JBang with a home, catalogs and a cache of its own; only Maven's downloads are shared. */
  private Command onLaptop(String... words) throws IOException {
    Path user = Path.of(System.getProperty("user.home"));
    return Command.jbang(words)
        .in(Files.createDirectories(laptop.resolve("empty")))
        .with("HOME", laptop)
        .with("JBANG_DIR", laptop.resolve("jbang"))
        .withDefault("JBANG_REPO", user.resolve(".m2/repository"))
        .withDefault("XDG_CACHE_HOME", user.resolve(".cache"));
  }

  private void answer(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      asked.add(path);
      Path file = ROOT.resolve(path).normalize();
      if (!file.startsWith(ROOT) || !Files.isRegularFile(file)) {
        missing.add(path);
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      byte[] body = Files.readAllBytes(file);
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
