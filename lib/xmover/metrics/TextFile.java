package xmover.metrics;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermissions;
import xmover.observe.RunScene;

/**
 * Writes metrics for node_exporter: aside and then renamed, so that nobody reads half of it, and
 * readable for everybody. What a run does not tell, as the time of the last success, stays there as
 * an earlier run left it.
 */
public final class TextFile implements MetricsOutlet {
  /** A file larger than this was not written by us. */
  private static final long LARGEST = 1_000_000;

  private final Path file;
  private final Vertx vertx;
  private final FirstWarning warning;

  public TextFile(RunScene scene, MetricsFile file) {
    this.file = file.path();
    this.vertx = scene.vertx();
    this.warning = new FirstWarning(scene.warning());
  }

  @Override
  public Future<Void> take(String text) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              replace(MetricFamilies.of(text).over(earlier()).text());
              return null;
            })
        .otherwise(this::told);
  }

  /** What stands there; nothing where that can't be read. */
  private MetricFamilies earlier() {
    try {
      boolean ours = Files.isRegularFile(file) && Files.size(file) <= LARGEST;
      return MetricFamilies.of(ours ? Files.readString(file) : "");
    } catch (IOException unreadable) {
      return MetricFamilies.of("");
    }
  }

  private void replace(String text) throws IOException {
    // Its name must not end in .prom: node_exporter would read it.
    Path aside = Files.createTempFile(file.getParent(), ".xmover-metrics", ".tmp");
    try {
      Files.writeString(aside, text);
      // The mode comes last: a umask takes bits away from one that is given at the start.
      var mode = Files.getFileAttributeView(aside, PosixFileAttributeView.class);
      if (mode != null) {
        mode.setPermissions(PosixFilePermissions.fromString("rw-r--r--"));
      }
      Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }

  private Void told(Throwable failure) {
    warning.accept("the metrics can't be written to %s: %s".formatted(file, failure));
    return null;
  }
}
