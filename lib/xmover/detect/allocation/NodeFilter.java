package xmover.detect.allocation;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One of {@code routing.allocation.require}, {@code include} and {@code exclude}, matched as
 * CrateDB's DiscoveryNodeFilters does it.
 *
 * @param setting its name, without what it looks at
 * @param patterns by {@code _name}, {@code _ip}, {@code _host}, {@code _id} or an attribute; none
 *     where it is not set
 */
record NodeFilter(String setting, Kind kind, Map<String, List<String>> patterns) {
  /** What it asks of a node. */
  public enum Kind {
    /** To match every pattern. */
    REQUIRE,
    /** To match some pattern. */
    INCLUDE,
    /** To match no pattern. */
    EXCLUDE
  }

  /**
   * Reads it as CrateDB shows it; an empty text is no pattern.
   *
   * @param scope {@code cluster.}, or nothing for a table's own
   */
  static NodeFilter of(String scope, Kind kind, Map<String, Object> shown) {
    Map<String, List<String>> patterns = new LinkedHashMap<>();
    shown.forEach((of, list) -> patterns.put(of, AllocationSettings.list(list)));
    patterns.values().removeIf(List::isEmpty);
    return new NodeFilter(
        scope + "routing.allocation." + kind.name().toLowerCase(Locale.ROOT), kind, patterns);
  }

  boolean isSet() {
    return !patterns.isEmpty();
  }

  boolean allows(ClusterNode node) {
    return switch (kind) {
      case REQUIRE -> patterns.keySet().stream().allMatch(of -> matchesAll(of, node));
      case INCLUDE -> patterns.keySet().stream().anyMatch(of -> matchesAny(of, node));
      case EXCLUDE -> patterns.keySet().stream().noneMatch(of -> matchesAny(of, node));
    };
  }

  /** The names of the settings that are set. */
  List<String> settings() {
    return patterns.keySet().stream().map(of -> setting + "." + of).toList();
  }

  private boolean matchesAny(String of, ClusterNode node) {
    return patterns.getOrDefault(of, List.of()).stream().anyMatch(p -> matches(of, p, node));
  }

  /** Of several addresses one is enough even here. */
  private boolean matchesAll(String of, ClusterNode node) {
    return of.endsWith("_ip")
        ? matchesAny(of, node)
        : patterns.getOrDefault(of, List.of()).stream().allMatch(p -> matches(of, p, node));
  }

  private boolean matches(String of, String pattern, ClusterNode node) {
    return switch (of) {
      case "_name", "name" -> like(pattern, node.name());
      case "_id" -> pattern.equals(node.id());
      case "_ip", "_host_ip", "_publish_ip" -> like(pattern, node.address());
      // What CrateDB calls a host is not told: often its address, and not sys.nodes.hostname. That
      // one can keep a copy away here, and never lets one in.
      case "_host" ->
          like(pattern, node.address()) || (kind == Kind.EXCLUDE && like(pattern, node.hostname()));
      default ->
          Optional.ofNullable(node.attributes().get(of)).filter(v -> like(pattern, v)).isPresent();
    };
  }

  private static boolean like(String pattern, String text) {
    String regex = Pattern.quote(pattern).replace("*", "\\E.*\\Q");
    return Pattern.compile(regex, Pattern.DOTALL).matcher(text).matches();
  }

  /** For people: {@code cluster.routing.allocation.exclude._name = 'n1,n2'}. */
  @Override
  public String toString() {
    return patterns.entrySet().stream()
        .map(e -> "%s.%s = '%s'".formatted(setting, e.getKey(), String.join(",", e.getValue())))
        .reduce((first, second) -> first + " and " + second)
        .orElse(setting + " is not set");
  }
}
