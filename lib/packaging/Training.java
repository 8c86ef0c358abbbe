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

  /** By the script that each version brings along for it; its launcher runs it for another Java. */
  static void byScript(Path release, Map<String, String> variables)
      throws IOException, InterruptedException {
    var process = new ProcessBuilder("sh", release.resolve("train.sh").toString());
    process.environment().clear();
    process.environment().putAll(variables);
    process.redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
  }
}
