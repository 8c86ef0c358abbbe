package xmover;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where the repository lies whose tests are running: the folder at or above the working one. */
public final class Repository {
  private Repository() {}

  /** The folder that holds the catalog; tests are started from it or from a folder below. */
  public static Path root() {
    Path start = Path.of("").toAbsolutePath();
    for (Path folder = start; folder != null; folder = folder.getParent()) {
      if (Files.exists(folder.resolve("jbang-catalog.json"))) {
        return folder;
      }
    }
    throw new IllegalStateException(
        "no jbang-catalog.json at or above " + start + ": run the tests inside the repository");
  }
}
