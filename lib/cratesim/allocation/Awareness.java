package cratesim.allocation;

import cratesim.model.ClusterModel;
import cratesim.model.SimCopy;
import cratesim.model.SimNode;
import cratesim.model.SimSettings;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Spreads the copies of a shard over the values of node attributes, such as zones. */
record Awareness(ClusterModel cluster) {
  /** Why a copy may not go to a node, in CrateDB's words; null when it may. */
  @Nullable String refusal(SimCopy copy, SimNode node) {
    List<String> attributes =
        cluster.settings().value(SimSettings.AWARENESS) instanceof List<?> list
            ? list.stream().map(Object::toString).toList()
            : List.of();
    for (String attribute : attributes) {
      String value = node.attributes().get(attribute);
      if (value == null) {
        return "node does not contain the awareness attribute [%s]; required attributes cluster"
                .formatted(attribute)
            + " setting [%s=%s]".formatted(SimSettings.AWARENESS, String.join(", ", attributes));
      }
      String refusal = refusal(copy, attribute, value);
      if (refusal != null) {
        return refusal;
      }
    }
    return null;
  }

  private @Nullable String refusal(SimCopy copy, String attribute, String value) {
    List<SimCopy> copies = copy.shard().copies();
    long values =
        cluster.members().stream().map(n -> n.attributes().get(attribute)).distinct().count();
    // Where this copy is now does not count, where it is to go does.
    long there =
        1
            + copies.stream()
                .filter(other -> other != copy)
                .map(SimCopy::destination)
                .filter(Objects::nonNull)
                .filter(other -> value.equals(other.attributes().get(attribute)))
                .count();
    long most = (copies.size() + values - 1) / values;
    return there <= most
        ? null
        : "there are too many copies of the shard allocated to nodes with attribute [%s], there"
                .formatted(attribute)
            + " are [%d] total configured shard copies for this shard id and [%d] total attribute"
                .formatted(copies.size(), values)
            + " values, expected the allocated shard count per attribute [%d] to be less than or"
                .formatted(there)
            + " equal to the upper bound of the required number of shards per attribute [%d]"
                .formatted(most);
  }
}
