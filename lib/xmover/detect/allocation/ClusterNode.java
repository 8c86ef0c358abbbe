package xmover.detect.allocation;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Row;

/**
 * A node as the settings of allocation see it.
 *
 * @param version empty while it does not answer
 * @param hostname what its machine calls itself; what CrateDB calls it may differ
 * @param address of its HTTP endpoint, without the port; empty while it does not answer
 * @param attributes {@code node.attr.*}
 */
public record ClusterNode(
    String name,
    String id,
    String version,
    String hostname,
    String address,
    Map<String, String> attributes) {
  public ClusterNode {
    attributes = Map.copyOf(attributes);
  }

  /** Reads a row of {@code PreflightSql.nodes()}. */
  public static ClusterNode of(Row row) {
    return new ClusterNode(
        Objects.requireNonNullElse(row.text("name"), "a node without a name"),
        text(row, "id"),
        text(row, "version"),
        text(row, "hostname"),
        address(text(row, "rest_url")),
        attributes(row.object("attributes")));
  }

  private static String text(Row row, String column) {
    return Objects.requireNonNullElse(row.text(column), "");
  }

  private static Map<String, String> attributes(@Nullable Map<String, Object> told) {
    Map<String, String> attributes = new LinkedHashMap<>();
    if (told != null) {
      told.forEach(
          (name, value) -> {
            if (value != null) {
              attributes.put(name, value.toString());
            }
          });
    }
    return attributes;
  }

  /** {@code [::1]:4200} becomes {@code ::1}. */
  private static String address(String url) {
    int port = url.lastIndexOf(':');
    String host = port < 0 ? url : url.substring(0, port);
    return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
  }
}
