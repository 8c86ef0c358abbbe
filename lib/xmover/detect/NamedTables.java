package xmover.detect;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import xmover.table.Finding;
import xmover.table.PartitionValues;
import xmover.table.TableRef;
import xmover.table.TableState;

/**
 * Tables an operator named, found among those that exist: {@code doc.metrics}, a partition by its
 * values {@code doc.t[month=17,region=NULL]} as they are printed, in any order, by its ident {@code
 * doc.t[0407…]}, or all partitions {@code doc.t[*]}.
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
      List<TableState> named = named(name, existing);
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

  /**
   * The same as findings for a run, which asks its gates; fails when one makes no sense there.
   *
   * @param force whether those are to be reset that are not problematic
   */
  List<Finding> toReset(List<TableState> existing, ClusterIdentity cluster, boolean force) {
    List<TableState> chosen = among(existing);
    for (TableState state : chosen) {
      Refusal.whateverItHolds(state.relation())
          .or(() -> force ? Optional.empty() : unneeded(state))
          .ifPresent(reason -> refuse(state.relation().table(), reason));
    }
    return chosen.stream()
        .map(
            s ->
                new Finding(
                    s.relation(),
                    s.totals(),
                    List.of(),
                    Thresholds.DEFAULT.judgeNamed(s.relation(), s.totals(), cluster)))
        .toList();
  }

  private static Optional<String> unneeded(TableState state) {
    return Thresholds.DEFAULT
        .unneeded(state.relation(), state.totals())
        .map(reason -> "not problematic: " + reason + "; --force resets it all the same");
  }

  private static void refuse(TableRef table, String reason) {
    throw new ResetForbidden(table, reason);
  }

  /** Those that are printed so, else those that are called so, whatever is in their names. */
  private static List<TableState> named(String name, List<TableState> existing) {
    List<TableState> printed = matching(existing, table -> isPrintedAs(name, table));
    return printed.isEmpty() ? matching(existing, table -> isCalled(name, table)) : printed;
  }

  private static List<TableState> matching(List<TableState> existing, Predicate<TableRef> wanted) {
    return existing.stream().filter(state -> wanted.test(state.relation().table())).toList();
  }

  private static boolean isPrintedAs(String name, TableRef table) {
    return matches(name, table, table.printedName(), PartitionValues::pairs)
        || matches(name, table, table.printedName(), PartitionValues::literals);
  }

  private static boolean isCalled(String name, TableRef table) {
    return matches(name, table, table.fullName(), PartitionValues::unquoted);
  }

  private static boolean matches(
      String name,
      TableRef table,
      String tableName,
      Function<PartitionValues, List<String>> pairs) {
    Optional<PartitionValues> partition = table.partition();
    if (partition.isEmpty()) {
      return name.equals(tableName);
    }
    String prefix = tableName + "[";
    if (!name.startsWith(prefix) || !name.endsWith("]")) {
      return false;
    }
    String inside = name.substring(prefix.length(), name.length() - 1);
    return name.equals(tableName + EVERY_PARTITION)
        || inside.equals(partition.get().ident())
        || consistsOf(inside, pairs.apply(partition.get()));
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
