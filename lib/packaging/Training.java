package packaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/** Has archives made for a version of the application, by the Java that its launcher would take. */
@FunctionalInterface
public interface Training {
  /**
   * Waits for the end; none may have been made.
   *
   * @param release the folder of the version
   * @param variables what the launcher would find in its environment
   */
  void of(Path release, Map<String, String> variables) throws IOException, InterruptedException;
}
