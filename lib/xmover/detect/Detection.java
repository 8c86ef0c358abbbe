package xmover.detect;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.sql.DetectionSql;
import xmover.cluster.sql.Sql;
import xmover.detect.Catalogue.Unassigned;
import xmover.environment.Timers;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.GivenUp;
import xmover.table.TableRef;
import xmover.table.TableState;

/**
 * Looks for problematic replicas with four statements, however many tables there are: CrateDB
 * counts the shards, only the problematic ones travel. A fifth is asked a second later where a copy
 * below the thresholds is behind itself; another one where copies report nothing: which of them
 * CrateDB gave up on.
 */
public final class Detection {
  private final Cluster cluster;
  private final Optional<Timers> timers;

  /** One that looks at nothing twice, and so finds no early copies. */
  public Detection(Cluster cluster) {
    this.cluster = cluster;
    this.timers = Optional.empty();
  }

  /** One that looks again where a copy is behind itself. */
  public Detection(Cluster cluster, Timers timers) {
    this.cluster = cluster;
    this.timers = Optional.of(timers);
  }

  /**
   * Analyses the tables a filter accepts. Fails with {@link NoSuchTable} when a name or glob of the
   * filter matches no table the user can see.
   */
  public Future<Analysis> analyse(Thresholds thresholds, TableFilter filter) {
    return identity().compose(identity -> analyse(identity, thresholds, filter));
  }

  /**
   * The same analysis with traces of what may have caused it: two statements more, and none where
   * no replica may miss an operation. What can't be read is told in it.
   */
  public Future<Analysis> traced(Analysis analysis) {
    return LongTexts.added(cluster, analysis);
  }

  /**
   * The tables named, to be reset.
   *
   * @param force whether those are, too, that are not problematic
   */
  public Future<Analysis> named(NamedTables tables, boolean force) {
    return identity()
        .compose(
            identity ->
                catalogue(TableFilter.ALL)
                    .compose(catalogue -> named(tables, force, catalogue, identity))
                    .map(
                        findings ->
                            new Analysis(identity, Thresholds.DEFAULT, findings, Hidden.NOTHING)));
  }

  private Future<List<Finding>> named(
      NamedTables tables, boolean force, Catalogue catalogue, ClusterIdentity identity) {
    Bytes size = Thresholds.DEFAULT.size();
    return cluster
        .execute(DetectionSql.shardTotals(size))
        .map(totals -> tables.toReset(catalogue.states(totals), identity, force))
        .compose(
            findings ->
                cluster
                    .execute(DetectionSql.replicas(size))
                    .map(
                        replicas ->
                            catalogue.diagnosed(findings, replicas, size, identity.versions())));
  }

  /** Every table and partition as it is now, whether problematic or not. */
  public Future<List<TableState>> states() {
    return catalogue(TableFilter.ALL)
        .compose(
            catalogue ->
                cluster
                    .execute(DetectionSql.shardTotals(Thresholds.DEFAULT.size()))
                    .map(catalogue::states));
  }

  /** Every shard copy of these tables. */
  public Future<List<CopyState>> copies(List<TableRef> tables) {
    if (tables.isEmpty()) {
      return Future.succeededFuture(List.of());
    }
    return tables.size() == 1
        ? copies(tables.get(0))
        : copiesByTable(tables)
            .map(
                found ->
                    tables.stream()
                        .distinct()
                        .flatMap(table -> found.getOrDefault(table, List.of()).stream())
                        .toList());
  }

  /** The same, with those that CrateDB gave up on: asked only where a copy has no node. */
  public Future<CopyList> watched(List<TableRef> tables) {
    return copies(tables)
        .compose(copies -> givenUp(copies).map(givenUp -> new CopyList(copies, givenUp)));
  }

  private Future<List<GivenUp>> givenUp(List<CopyState> copies) {
    List<TableRef> tables =
        copies.stream().filter(CopyState::isUnassigned).map(CopyState::table).distinct().toList();
    if (tables.size() < 2) {
      return tables.isEmpty() ? Future.succeededFuture(List.of()) : givenUp(tables.get(0));
    }
    Map<List<String>, TableRef> named =
        tables.stream().collect(Collectors.toMap(CatalogueRows::key, table -> table));
    return cluster
        .execute(DetectionSql.unassigned())
        .map(
            rows ->
                rows.stream()
                    .flatMap(
                        row ->
                            Optional.ofNullable(named.get(key(row)))
                                .flatMap(table -> CatalogueRows.givenUp(row, table))
                                .stream())
                    .toList());
  }

  /** The same of all copies in one statement, by table; a table that nobody sees has no copies. */
  public Future<Map<TableRef, List<CopyState>>> copiesByTable(List<TableRef> tables) {
    Set<String> names = tables.stream().map(TableRef::name).collect(Collectors.toSet());
    return cluster
        .execute(Sql.copies(names))
        .map(rows -> rows.stream().collect(Collectors.groupingBy(Detection::key)))
        .map(
            rows ->
                tables.stream()
                    .distinct()
                    .collect(
                        Collectors.toMap(
                            table -> table,
                            table ->
                                rows.getOrDefault(CatalogueRows.key(table), List.of()).stream()
                                    .map(row -> CopyState.of(table, row))
                                    .toList())));
  }

  private static List<String> key(Row row) {
    return CatalogueRows.key(row, "schema_name");
  }

  /** Every shard copy of this table. */
  public Future<List<CopyState>> copies(TableRef table) {
    return cluster
        .execute(Sql.copies(table))
        .map(rows -> rows.stream().map(row -> CopyState.of(table, row)).toList());
  }

  private Future<Analysis> analyse(
      ClusterIdentity identity, Thresholds thresholds, TableFilter filter) {
    return catalogue(filter).compose(catalogue -> analyse(catalogue, thresholds, identity));
  }

  /** Which cluster it is, and who we are in it. */
  public Future<ClusterIdentity> identity() {
    return ClusterIdentity.of(cluster);
  }

  /** Fails while the cluster has not recovered its tables: an empty catalogue proves nothing. */
  private Future<Catalogue> catalogue(TableFilter filter) {
    return cluster
        .execute(DetectionSql.relations())
        .compose(
            rows ->
                rows.isEmpty()
                    ? Readiness.require(cluster).map(rows)
                    : Future.succeededFuture(rows))
        .map(rows -> Catalogue.of(rows, filter));
  }

  private Future<Analysis> analyse(
      Catalogue catalogue, Thresholds thresholds, ClusterIdentity identity) {
    return cluster
        .execute(DetectionSql.shardTotals(thresholds.size()))
        .compose(
            totals ->
                unassigned(catalogue, totals)
                    .compose(
                        left ->
                            cluster
                                .execute(DetectionSql.replicas(thresholds.size()))
                                .compose(
                                    replicas ->
                                        analyse(
                                            catalogue,
                                            thresholds,
                                            identity,
                                            totals,
                                            left,
                                            replicas))));
  }

  private Future<Analysis> analyse(
      Catalogue catalogue,
      Thresholds thresholds,
      ClusterIdentity identity,
      List<Row> totals,
      Unassigned left,
      List<Row> replicas) {
    List<Finding> findings = catalogue.findings(totals, replicas, left, thresholds, identity);
    Hidden hidden = catalogue.hidden(identity.superuser(), left.unread());
    var look = new EarlyDetection(catalogue, identity, thresholds, totals, findings);
    return early(look, replicas, thresholds)
        .map(
            early ->
                new Analysis(identity, thresholds, findings, hidden)
                    .with(early)
                    .with(left.givenUp()));
  }

  private Future<Early> early(EarlyDetection look, List<Row> first, Thresholds thresholds) {
    return timers
        .map(
            time ->
                look.needsAnother(first)
                    ? time.after(Holes.BETWEEN_LOOKS)
                        .compose(later -> cluster.execute(DetectionSql.replicas(thresholds.size())))
                        .map(second -> look.of(first, second))
                        .otherwise(failed -> Early.unknown(ClusterFailure.sentence(failed)))
                    : Future.succeededFuture(look.once(first)))
        .orElse(Future.succeededFuture(Early.NONE));
  }

  /** Asked only where some copy reports nothing. */
  private Future<Unassigned> unassigned(Catalogue catalogue, List<Row> totals) {
    return catalogue.states(totals).stream().allMatch(state -> state.totals().unreported() == 0)
        ? Future.succeededFuture(Unassigned.NONE)
        : cluster
            .execute(DetectionSql.unassigned())
            .map(rows -> new Unassigned(catalogue.givenUp(rows), Optional.empty()))
            .otherwise(
                failure ->
                    new Unassigned(List.of(), Optional.of(ClusterFailure.sentence(failure))));
  }

  /** The copies of a table that CrateDB gave up on. */
  public Future<List<GivenUp>> givenUp(TableRef table) {
    return cluster
        .execute(Sql.unassigned(table))
        .map(
            rows ->
                rows.stream().flatMap(row -> CatalogueRows.givenUp(row, table).stream()).toList());
  }
}
