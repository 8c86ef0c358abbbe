package cratesim.model;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Nodes by their names, addresses and attributes, as {@code routing.allocation.require}, {@code
 * include} and {@code exclude} name them; which of them must match hangs on the group.
 *
 * @param values by what they are compared with, such as {@code _name} or an attribute
 */
public record NodeFilters(Group group, Map<String, List<String>> values) {
  public enum Group {
    REQUIRE,
    INCLUDE,
    EXCLUDE;

    /** As settings write it. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The filters that settings hold, each value a list with commas; empty ones don't count. */
  static NodeFilters of(Group group, Map<String, ?> settings) {
    Map<String, List<String>> values = new TreeMap<>();
    settings.forEach(
        (key, list) -> {
          List<String> wanted =
              Pattern.compile(",")
                  .splitAsStream(list.toString())
                  .map(String::strip)
                  .filter(Predicate.not(String::isEmpty))
                  .toList();
          if (!wanted.isEmpty()) {
            values.put(key, wanted);
          }
        });
    return new NodeFilters(group, values);
  }

  public boolean isEmpty() {
    return values.isEmpty();
  }

  /** Whether a node may take a copy, as far as this group says. */
  public boolean allow(SimNode node) {
    return switch (group) {
      case REQUIRE -> values.entrySet().stream().allMatch(e -> all(e.getKey(), e.getValue(), node));
      case INCLUDE -> any(node);
      case EXCLUDE -> !any(node);
    };
  }

  private boolean any(SimNode node) {
    return values.entrySet().stream()
        .anyMatch(e -> properties(e.getKey(), node).stream().anyMatch(matchesOneOf(e.getValue())));
  }

  /** Of several addresses one is enough; of names and attributes each must match. */
  private static boolean all(String key, List<String> wanted, SimNode node) {
    List<String> properties = properties(key, node);
    return key.endsWith("_ip")
        ? properties.stream().anyMatch(matchesOneOf(wanted))
        : !properties.isEmpty()
            && wanted.stream().allMatch(p -> properties.stream().allMatch(is(p)));
  }

  private static List<String> properties(String key, SimNode node) {
    return switch (key) {
      case "_ip", "_host_ip", "_publish_ip" -> List.of(node.address());
      case "_host" -> List.of(node.name(), node.address());
      case "_id" -> List.of(node.id());
      case "_name", "name" -> List.of(node.name());
      default -> Stream.ofNullable(node.attributes().get(key)).toList();
    };
  }

  private static Predicate<String> matchesOneOf(List<String> wanted) {
    return property -> wanted.stream().anyMatch(one -> is(one).test(property));
  }

  /** A pattern in which stars stand for anything. */
  private static Predicate<String> is(String pattern) {
    String regex =
        Pattern.compile("\\*")
            .splitAsStream(pattern + " ")
            .map(Pattern::quote)
            .collect(Collectors.joining(".*"));
    return text -> (text + " ").matches(regex);
  }

  /** As CrateDB prints them: {@code _name:"a OR b",zone:"x"}. */
  @Override
  public String toString() {
    String operator = group == Group.REQUIRE ? " AND " : " OR ";
    return values.entrySet().stream()
        .map(e -> e.getKey() + ":\"" + String.join(operator, e.getValue()) + "\"")
        .collect(Collectors.joining(","));
  }
}
