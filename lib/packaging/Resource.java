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

  /** What the hub of XMover tells JBang. */
  static HubFile hub() {
    return new HubFile(text("Xmover.java"));
  }

  /** What the hub of this house tells JBang. */
  static HubFile packaging() {
    return new HubFile(text("Packaging.java"));
  }

  /** The JVM's options, as the hub of XMover has JBang use them. */
  static List<String> runtimeOptions() {
    return hub().values("//RUNTIME_OPTIONS");
  }
}
