package xmover.detect;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import xmover.cluster.Row;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ShardCopy;
import xmover.table.TableRef;
import xmover.table.TableState;
import xmover.table.Verdict;
import xmover.table.Verdict.Action;

/** Judges which replicas miss an operation though nothing of them is above the thresholds yet. */
final class EarlyDetection {
  private final Catalogue catalogue;
  private final ClusterIdentity cluster;
  private final Bytes size;
  private final List<Row> totals;
  private final Map<TableRef, Verdict> qualifying;

  /**
   * @param totals the shards of every table, as they were counted
   * @param findings of the same look
   */
  EarlyDetection(
      Catalogue catalogue,
      ClusterIdentity cluster,
      Thresholds thresholds,
      List<Row> totals,
      List<Finding> findings) {
    this.catalogue = catalogue;
    this.cluster = cluster;
    this.size = thresholds.size();
    this.totals = totals;
    this.qualifying =
        findings.stream()
            .filter(finding -> finding.verdict().action() != Action.SKIP)
            .collect(Collectors.toMap(Finding::table, Finding::verdict, (one, same) -> one));
  }

  /** Whether some copy is behind itself, which only a second look can tell from a write. */
  boolean needsAnother(List<Row> rows) {
    return catalogue.byRelation(rows).entrySet().stream()
        .anyMatch(own -> states(own.getKey(), own.getValue()).stream().anyMatch(this::mayBeEarly));
  }

  /** What a single look tells where nothing needs another. */
  Early once(List<Row> rows) {
    return new Early(List.of(), unread(rows), Optional.empty());
  }

  /** What two looks tell. */
  Early of(List<Row> first, List<Row> second) {
    Map<Relation, List<Row>> before = catalogue.byRelation(first);
    Map<Relation, List<Row>> now = catalogue.byRelation(second);
    List<Finding> tables =
        catalogue.states(totals).stream()
            .map(
                table ->
                    early(
                        table,
                        before.getOrDefault(table.relation(), List.of()),
                        now.getOrDefault(table.relation(), List.of())))
            .flatMap(Optional::stream)
            .sorted(Finding.WORST_FIRST)
            .toList();
    return new Early(tables, unread(second), Optional.empty());
  }

  private Optional<Finding> early(TableState table, List<Row> first, List<Row> second) {
    Relation relation = table.relation();
    List<CopyState> sick = Holes.of(states(relation, first), states(relation, second)).sick();
    List<ShardCopy> copies =
        second.stream()
            .filter(row -> isAmong(CopyState.ofReplica(relation.table(), row), sick))
            .map(row -> CatalogueRows.shardCopy(row, relation.table()))
            .toList();
    return copies.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Finding(
                relation,
                table.totals(),
                Symptoms.missing(copies, catalogue.causes(relation, cluster.versions())),
                verdict(relation)));
  }

  private boolean isAmong(CopyState copy, List<CopyState> sick) {
    return mayBeEarly(copy) && sick.contains(copy);
  }

  /** A table that qualifies is treated as a whole, and once. */
  private Verdict verdict(Relation relation) {
    return Optional.ofNullable(qualifying.get(relation.table()))
        .or(() -> Refusal.whateverItHolds(relation).map(Verdict::skip))
        .or(() -> Refusal.privilege(relation, cluster.user()).map(Verdict::skip))
        .orElseGet(() -> Verdict.early("copies miss an operation, below the thresholds"));
  }

  private boolean mayBeEarly(CopyState copy) {
    return Holes.isSick(copy)
        && (copy.uncommitted().filter(u -> u.compareTo(size) <= 0).isPresent()
            || !qualifying.containsKey(copy.table()));
  }

  private List<ShardCopy> unread(List<Row> rows) {
    return catalogue.byRelation(rows).entrySet().stream()
        .flatMap(
            own ->
                own.getValue().stream()
                    .map(row -> CatalogueRows.shardCopy(row, own.getKey().table())))
        .filter(copy -> copy.state().equals("STARTED") && copy.checkpoints().isEmpty())
        .toList();
  }

  private static List<CopyState> states(Relation relation, List<Row> rows) {
    return rows.stream().map(row -> CopyState.ofReplica(relation.table(), row)).toList();
  }
}
