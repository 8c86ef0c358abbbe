package xmover.detect.allocation;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Row;

/**
 * What {@code routing.allocation.*} of the cluster, or of one table or partition, says about where
 * copies may go.
 *
 * @param enable which copies are allocated at all; empty when CrateDB does not tell
 * @param filters require, include, exclude, in the order in which CrateDB asks them
 * @param shardsPerNode {@code total_shards_per_node}; empty where it limits nothing
 * @param concurrentRecoveries {@code node_concurrent_recoveries}, the cluster's alone
 * @param awareness the attributes whose values copies are spread over, the cluster's alone
 * @param forced the values that are counted even where no node has them, by attribute
 */
public record AllocationSettings(
    Optional<String> enable,
    List<NodeFilter> filters,
    Optional<Long> shardsPerNode,
    Optional<Long> concurrentRecoveries,
    List<String> awareness,
    Map<String, List<String>> forced) {
  /** Reads {@code settings['cluster']['routing']['allocation']}. */
  public static AllocationSettings ofCluster(Map<String, Object> shown) {
    return of("cluster.", shown);
  }

  /** Reads {@code settings['routing']['allocation']} of a table or partition. */
  public static AllocationSettings ofTable(Map<String, Object> shown) {
    return of("", shown);
  }

  private static AllocationSettings of(String scope, Map<String, Object> shown) {
    Map<String, Object> awareness = Row.entries(shown.get("awareness"));
    return new AllocationSettings(
        Optional.ofNullable(shown.get("enable")).map(Object::toString),
        Stream.of(NodeFilter.Kind.values())
            .map(kind -> filter(scope, kind, shown))
            .filter(NodeFilter::isSet)
            .toList(),
        number(shown.get("total_shards_per_node")).filter(limit -> limit > 0),
        number(shown.get("node_concurrent_recoveries")),
        list(awareness.get("attributes")),
        forced(Row.entries(awareness.get("force"))));
  }

  private static NodeFilter filter(String scope, NodeFilter.Kind kind, Map<String, Object> shown) {
    return NodeFilter.of(scope, kind, Row.entries(shown.get(kind.name().toLowerCase(Locale.ROOT))));
  }

  private static Optional<Long> number(@Nullable Object shown) {
    return shown instanceof Number number ? Optional.of(number.longValue()) : Optional.empty();
  }

  /** CrateDB shows {@code force.zone.values} below a name that is empty. */
  private static Map<String, List<String>> forced(Map<String, Object> shown) {
    Map<String, List<String>> forced = new LinkedHashMap<>();
    shown.forEach(
        (attribute, within) -> {
          Map<String, Object> entries = Row.entries(within);
          if (attribute.isEmpty()) {
            forced.putAll(forced(entries));
          } else {
            forced.put(attribute, list(entries.get("values")));
          }
        });
    forced.values().removeIf(List::isEmpty);
    return forced;
  }

  /** A list as CrateDB shows it: an array, or a text with commas. */
  static List<String> list(@Nullable Object shown) {
    List<String> entries = new ArrayList<>();
    if (shown instanceof Iterable<?> values) {
      values.forEach(value -> entries.add(String.valueOf(value)));
    } else if (shown != null) {
      entries.addAll(List.of(shown.toString().split(",", -1)));
    }
    return entries.stream().map(String::strip).filter(entry -> !entry.isEmpty()).toList();
  }
}
