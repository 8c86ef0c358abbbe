package packaging;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/** A file that the hub of this house names, and the application therefore has with it. */
final class Resource {
  private Resource() {}

  /** Its text. */
  static String text(String name) {
    try (var in = Resource.class.getResourceAsStream("/packaging/" + name)) {
      return new String(Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  /** The JVM's options, as the hub of XMover has JBang use them. */
  static List<String> runtimeOptions() {
    String directive = "//RUNTIME_OPTIONS ";
    return text("Xmover.java")
        .lines()
        .filter(line -> line.startsWith(directive))
        .map(line -> line.substring(directive.length()).trim())
        .toList();
  }
}
