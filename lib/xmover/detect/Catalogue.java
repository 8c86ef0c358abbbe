package xmover.detect;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import xmover.cluster.Row;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.GivenUp;
import xmover.table.IndexUuid;
import xmover.table.KnownBug;
import xmover.table.Relation;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.TableState;
import xmover.table.Verdict;

/** The tables and partitions a detection is about, found again by the names shard rows carry. */
final class Catalogue {
  /**
   * Which of the copies without a node CrateDB gave up on.
   *
   * @param unread why that could not be read; empty when it could
   */
  record Unassigned(List<GivenUp> givenUp, Optional<String> unread) {
    static final Unassigned NONE = new Unassigned(List.of(), Optional.empty());

    Unassigned {
      givenUp = List.copyOf(givenUp);
    }

    boolean concerns(TableRef table) {
      return givenUp.stream().anyMatch(copy -> copy.table().equals(table));
    }
  }

  private final Map<List<String>, Relation> relations = new HashMap<>();
  private final Set<TableRef> visible = new HashSet<>();
  private long unreported;

  private Catalogue() {}

  /**
   * Keeps the relations a filter accepts; a pattern that matches nothing is a mistake to be told.
   */
  static Catalogue of(List<Row> rows, TableFilter filter) {
    var catalogue = new Catalogue();
    rows.stream()
        .map(CatalogueRows::relation)
        .flatMap(Optional::stream)
        .forEach(relation -> catalogue.add(relation, filter));
    List<String> unmatched = filter.unmatched(catalogue.visible);
    if (!unmatched.isEmpty()) {
      throw new NoSuchTable(unmatched);
    }
    return catalogue;
  }

  private void add(Relation relation, TableFilter filter) {
    TableRef table = relation.table();
    visible.add(TableRef.of(table.schema(), table.name()));
    if (filter.accepts(table)) {
      relations.put(CatalogueRows.key(table), relation);
    }
  }

  List<Finding> findings(
      List<Row> totalRows,
      List<Row> replicaRows,
      Unassigned left,
      Thresholds thresholds,
      ClusterIdentity cluster) {
    Map<Relation, List<ShardCopy>> replicas = problematic(replicaRows, thresholds.size());
    List<Finding> findings = new ArrayList<>();
    for (TableState state : states(totalRows)) {
      Relation relation = state.relation();
      ShardTotals totals = state.totals();
      unreported += totals.unreported();
      if (thresholds.shows(relation, totals)) {
        findings.add(
            new Finding(
                relation,
                totals,
                diagnosed(replicas, relation, cluster.versions()),
                thresholds.judge(relation, totals, cluster),
                state.uuid()));
      } else if (left.concerns(relation.table())) {
        findings.add(
            new Finding(relation, totals, List.of(), notForItsTranslog(relation), state.uuid()));
      }
    }
    return findings;
  }

  private static Verdict notForItsTranslog(Relation relation) {
    return Verdict.skip(
        Refusal.whateverItHolds(relation)
            .orElse("no replica of it holds too much, but CrateDB gave up on a copy"));
  }

  /** The copies of the accepted tables that CrateDB gave up on. */
  List<GivenUp> givenUp(List<Row> unassigned) {
    return unassigned.stream()
        .flatMap(
            row ->
                relation(row)
                    .flatMap(relation -> CatalogueRows.givenUp(row, relation.table()))
                    .stream())
        .toList();
  }

  /** The same findings with their problematic copies. */
  List<Finding> diagnosed(
      List<Finding> findings, List<Row> replicaRows, Bytes size, List<String> versions) {
    Map<Relation, List<ShardCopy>> replicas = problematic(replicaRows, size);
    return findings.stream()
        .map(
            f ->
                new Finding(
                    f.relation(),
                    f.totals(),
                    diagnosed(replicas, f.relation(), versions),
                    f.verdict()))
        .toList();
  }

  private List<ShardCopy> diagnosed(
      Map<Relation, List<ShardCopy>> replicas, Relation relation, List<String> versions) {
    return Symptoms.diagnosed(
        replicas.getOrDefault(relation, List.of()), causes(relation, versions));
  }

  /** What the running versions may have done to a table. */
  List<KnownBug> causes(Relation relation, List<String> versions) {
    return UpstreamBug.of(versions, created(relation));
  }

  /** Without those that are told for what they may miss. An odd amount is judged by CrateDB. */
  private Map<Relation, List<ShardCopy>> problematic(List<Row> rows, Bytes size) {
    Map<Relation, List<ShardCopy>> replicas = new HashMap<>();
    byRelation(rows)
        .forEach(
            (relation, own) ->
                replicas.put(
                    relation,
                    own.stream()
                        .filter(row -> row.value("uncommitted") != null)
                        .filter(row -> !isAtMost(size, row.bytes("uncommitted")))
                        .map(row -> CatalogueRows.shardCopy(row, relation.table()))
                        .toList()));
    return replicas;
  }

  private static boolean isAtMost(Bytes size, Optional<Bytes> amount) {
    return amount.filter(bytes -> bytes.compareTo(size) <= 0).isPresent();
  }

  /** Rows of copies by their table or partition, without those that are about none of these. */
  Map<Relation, List<Row>> byRelation(List<Row> rows) {
    Map<Relation, List<Row>> sorted = new LinkedHashMap<>();
    for (Row row : rows) {
      relation(row)
          .filter(relation -> row.number("id") != null)
          .ifPresent(r -> sorted.computeIfAbsent(r, one -> new ArrayList<>()).add(row));
    }
    return sorted;
  }

  /** A partition is as old as its table: its columns are those of then. */
  private CrateVersion created(Relation relation) {
    TableRef table = relation.table();
    return Optional.ofNullable(
            relations.get(CatalogueRows.key(TableRef.of(table.schema(), table.name()))))
        .orElse(relation)
        .createdVersion()
        .map(CrateVersion::of)
        .orElse(CrateVersion.UNKNOWN);
  }

  /** The tables whose shards were counted. */
  List<TableState> states(List<Row> totalRows) {
    // Without a relation: filtered out, created since the catalogue was read, or not told of which
    // table.
    return totalRows.stream()
        .flatMap(row -> relation(row).map(relation -> state(relation, row)).stream())
        .toList();
  }

  private static TableState state(Relation relation, Row row) {
    return new TableState(
        relation, CatalogueRows.totals(row), IndexUuid.in(row.text("index_uuid")));
  }

  /**
   * @param unexplained why CrateDB could not be asked about the copies without a node
   */
  Hidden hidden(boolean superuser, Optional<String> unexplained) {
    long wanted =
        relations.values().stream()
            .map(relation -> TableRef.of(relation.table().schema(), relation.table().name()))
            .distinct()
            .count();
    return new Hidden(superuser, visible.size(), wanted, unreported, unexplained);
  }

  private Optional<Relation> relation(Row shard) {
    return Optional.ofNullable(relations.get(CatalogueRows.key(shard, "schema_name")));
  }
}
