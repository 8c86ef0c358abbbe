package xmover.observe.metrics;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.CopyOptions;
import io.vertx.core.file.FileSystem;
import xmover.observe.RunScene;

/**
 * Writes metrics for node_exporter: aside and then renamed, so that nobody reads half of it, and
 * readable for everybody. What a run does not tell, as the time of the last success, stays there as
 * an earlier run left it.
 */
public final class TextFile implements MetricsOutlet {
  /** A file larger than this was not written by us. */
  private static final long LARGEST = 1_000_000;

  private final MetricsFile file;
  private final FileSystem files;
  private final FirstWarning warning;

  public TextFile(RunScene scene, MetricsFile file) {
    this.file = file;
    this.files = scene.vertx().fileSystem();
    this.warning = new FirstWarning(scene.warning());
  }

  @Override
  public Future<Void> take(String text) {
    return earlier()
        .map(earlier -> MetricFamilies.of(text).over(earlier).text())
        .compose(this::replace)
        .recover(this::told);
  }

  /** What stands there; nothing where that can't be read. */
  private Future<MetricFamilies> earlier() {
    return files
        .props(file.toString())
        .compose(
            props ->
                props.size() > LARGEST || !props.isRegularFile()
                    ? Future.succeededFuture(Buffer.buffer())
                    : files.readFile(file.toString()))
        .map(content -> MetricFamilies.of(content.toString()))
        .otherwise(MetricFamilies.of(""));
  }

  private Future<Void> replace(String text) {
    // Its name must not end in .prom: node_exporter would read it.
    return files
        .createTempFile(file.folder(), ".xmover-metrics", ".tmp", "rw-------")
        .compose(
            aside ->
                write(aside, text)
                    .recover(
                        failure ->
                            files.delete(aside).transform(d -> Future.failedFuture(failure))));
  }

  private Future<Void> write(String aside, String text) {
    // The mode comes last: a umask takes bits away from one that is given at the start.
    return files
        .writeFile(aside, Buffer.buffer(text))
        .compose(written -> files.chmod(aside, "rw-r--r--"))
        .compose(
            readable ->
                files.move(
                    aside,
                    file.toString(),
                    new CopyOptions().setReplaceExisting(true).setAtomicMove(true)));
  }

  private Future<Void> told(Throwable failure) {
    Throwable cause = failure.getCause() == null ? failure : failure.getCause();
    warning.accept("the metrics can't be written to %s: %s".formatted(file, cause));
    return Future.succeededFuture();
  }
}
