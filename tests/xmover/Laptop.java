package xmover;

import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * Another laptop, and a web server: JBang with a home, catalogs and a cache of its own; only
 * Maven's downloads are shared.
 */
final class Laptop implements AutoCloseable {
  static final Path ROOT = Repository.root();

  /** What the web was asked for, and what of it there is not. */
  final List<String> asked = new CopyOnWriteArrayList<>();

  final List<String> missing = new CopyOnWriteArrayList<>();
  private final Vertx vertx = Vertx.vertx();
  private final HttpServer web;
  private final Path disk;
  private final Path served;

  Laptop(Path disk) {
    this(disk, ROOT);
  }

  /**
   * @param served the folder that is on the web
   */
  Laptop(Path disk, Path served) {
    this.disk = disk;
    this.served = served;
    // Vert.x and not the JDK's, which keeps JBang waiting for 40 ms per file.
    web = vertx.createHttpServer().requestHandler(this::answer).listen(0, "127.0.0.1").await();
  }

  /** Where a file of what is served is on the web. */
  String url(String file) {
    return "http://127.0.0.1:" + web.actualPort() + "/" + file;
  }

  /** An empty folder to work in. */
  Path folder() throws IOException {
    return Files.createDirectories(disk.resolve("empty"));
  }

  /** What is typed there, in the empty folder. */
  Command jbang(String... words) throws IOException {
    return on(Command.jbang(words));
  }

  /** Any program there. */
  Command on(Command typed) throws IOException {
    Path user = Path.of(System.getProperty("user.home"));
    return typed
        .in(folder())
        .with("HOME", disk)
        .with("XDG_STATE_HOME", disk.resolve("state"))
        .with("JBANG_DIR", disk.resolve("jbang"))
        .withDefault("JBANG_REPO", user.resolve(".m2/repository"))
        .withDefault("XDG_CACHE_HOME", user.resolve(".cache"));
  }

  private void answer(HttpServerRequest request) {
    String path = request.path().substring(1);
    asked.add(path);
    Path file = served.resolve(path).normalize();
    if (file.startsWith(served) && Files.isRegularFile(file)) {
      var unused = request.response().sendFile(file.toString());
    } else {
      missing.add(path);
      var unused = request.response().setStatusCode(404).end();
    }
  }

  @Override
  public void close() {
    vertx.close().await();
  }
}
