package xmover.report;

import java.io.IOException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import xmover.json.Json;
import xmover.observe.RunScene;

/**
 * Where the report of a run goes: a file whose ending says its form. It is written aside and then
 * renamed, so that nobody reads half of it.
 */
public final class ReportFile {
  /** The forms a report has, by the ending of its file. */
  private enum Form {
    JSON,
    HTML,
    MD;

    private String render(RunRecord record) {
      return switch (this) {
        case JSON -> Json.pretty(ReportJson.of(record));
        case HTML -> ReportHtml.of(record);
        case MD -> ReportMarkdown.of(record);
      };
    }
  }

  private final Path file;
  private final Form form;

  /**
   * @throws IllegalArgumentException with a sentence, when the ending is unknown or nothing can be
   *     written there
   */
  public ReportFile(Path file) {
    this.file = file.toAbsolutePath();
    this.form = form(file);
    Path folder = this.file.getParent();
    if (folder == null || !Files.isDirectory(folder) || !Files.isWritable(folder)) {
      throw new IllegalArgumentException(
          "a report can't be written to " + file + ": its folder is missing or read-only");
    }
  }

  private static Form form(Path file) {
    String name = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
    for (Form form : Form.values()) {
      if (name.endsWith("." + form.name().toLowerCase(Locale.ROOT))) {
        return form;
      }
    }
    throw new IllegalArgumentException(
        "a report is a file that ends in .json, .html or .md, not " + file);
  }

  /** Writes the report off the event loop; what goes wrong is told in a sentence. */
  public RunRecorder.Outlet outlet(RunScene scene) {
    return record ->
        scene
            .vertx()
            .<Void>executeBlocking(
                () -> {
                  write(record);
                  return null;
                })
            .otherwise(
                failure -> {
                  scene.warning().accept("the report can't be written to " + file + ": " + failure);
                  return null;
                });
  }

  /** Writes the report in place of the one before; blocks. */
  public void write(RunRecord record) throws IOException {
    Path aside = Files.createTempFile(file.getParent(), ".xmover-report", ".tmp");
    try {
      Files.writeString(aside, form.render(record));
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } catch (AtomicMoveNotSupportedException plain) {
      Files.move(aside, file, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(aside);
    }
  }
}
