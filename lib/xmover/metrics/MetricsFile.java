package xmover.metrics;

import java.nio.file.Path;

/** A file for the textfile collector of Prometheus' node_exporter. */
public record MetricsFile(Path path) {
  /**
   * @throws IllegalArgumentException with a sentence for the operator
   */
  public MetricsFile {
    if (path.getFileName() == null || !path.getFileName().toString().endsWith(".prom")) {
      throw new IllegalArgumentException(
          "'" + path + "' does not end in .prom: node_exporter reads no other files");
    }
    path = path.toAbsolutePath();
  }

  @Override
  public String toString() {
    return path.toString();
  }
}
