package xmover.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.table.Finding;
import xmover.table.PartitionValues;
import xmover.table.TableRef;
import xmover.table.TableState;
import xmover.table.Verdict;

/**
 * Tables an operator named, found among those that exist: {@code doc.metrics}, a partition by its
 * values {@code doc.t[month=17,region=NULL]} in any order, by its ident {@code doc.t[0407…]}, or
 * all partitions {@code doc.t[*]}.
 */
public final class NamedTables {
  private static final String EVERY_PARTITION = "[*]";

  private final List<String> names;

  public NamedTables(List<String> names) {
    this.names = List.copyOf(names);
  }

  /**
   * What was named, in that order, each once. Fails with a sentence when something is not there.
   */
  public List<TableState> among(List<TableState> existing) {
    List<TableState> chosen = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : names) {
      List<TableState> named =
          existing.stream().filter(state -> names(name, state.relation().table())).toList();
      if (named.isEmpty()) {
        missing.add(name);
      }
      named.stream().filter(state -> !chosen.contains(state)).forEach(chosen::add);
    }
    if (!missing.isEmpty()) {
      throw new NoSuchTable(missing);
    }
    return chosen;
  }

  /** The same as findings for a run, which asks its gates; fails when one makes no sense there. */
  List<Finding> toReset(List<TableState> existing, ClusterIdentity cluster) {
    List<TableState> chosen = among(existing);
    for (TableState state : chosen) {
      Prohibition.of(state.relation(), cluster.user())
          .ifPresent(reason -> refuse(state.relation().table(), reason));
    }
    return chosen.stream()
        .map(s -> new Finding(s.relation(), s.totals(), List.of(), verdict(s, cluster.versions())))
        .toList();
  }

  private static Verdict verdict(TableState state, List<String> versions) {
    return Refusal.of(state.relation(), versions)
        .map(Verdict::refused)
        .orElseGet(() -> Verdict.reset("named"));
  }

  private static void refuse(TableRef table, String reason) {
    throw new ResetForbidden(table, reason);
  }

  private static boolean names(String name, TableRef table) {
    Optional<PartitionValues> partition = table.partition();
    if (partition.isEmpty()) {
      return name.equals(table.fullName());
    }
    String prefix = table.fullName() + "[";
    if (!name.startsWith(prefix) || !name.endsWith("]")) {
      return false;
    }
    String inside = name.substring(prefix.length(), name.length() - 1);
    return name.equals(table.fullName() + EVERY_PARTITION)
        || inside.equals(partition.get().ident())
        || consistsOf(inside, partition.get().pairs());
  }

  /** True when the text is these pairs in some order; a value itself may hold commas. */
  private static boolean consistsOf(String text, List<String> pairs) {
    for (String pair : pairs) {
      List<String> rest = new ArrayList<>(pairs);
      rest.remove(pair);
      if (rest.isEmpty() ? text.equals(pair) : consistsOfAfter(text, pair, rest)) {
        return true;
      }
    }
    return false;
  }

  private static boolean consistsOfAfter(String text, String pair, List<String> rest) {
    return text.startsWith(pair + ",") && consistsOf(text.substring(pair.length() + 1), rest);
  }
}
