package packaging;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;

/**
 * Runs the script that each version brings along for it, and its launcher runs for another Java.
 */
public final class TrainingProcess implements Training {
  @Override
  public void of(Path release, Map<String, String> variables)
      throws IOException, InterruptedException {
    var process = new ProcessBuilder("sh", release.resolve("train.sh").toString());
    process.environment().clear();
    process.environment().putAll(variables);
    process.redirectError(ProcessBuilder.Redirect.INHERIT).start().waitFor();
  }
}
