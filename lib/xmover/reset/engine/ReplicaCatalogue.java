package xmover.reset.engine;

import io.vertx.core.Future;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.cluster.sql.UuidColumn;
import xmover.detect.ClusterIdentity;
import xmover.detect.CrateVersion;
import xmover.detect.Readiness;
import xmover.environment.Timers;
import xmover.reset.machine.Subject;
import xmover.table.IndexUuid;
import xmover.table.PartitionValues;
import xmover.table.ReplicaSetting;
import xmover.table.TableIdentity;
import xmover.table.TableRef;

/**
 * Says what the catalogue says of one table's replicas right now. It finds the table by what it is
 * and not by its name, and takes nothing it does not see for proof.
 */
final class ReplicaCatalogue {
  /**
   * With a node that hangs, {@code sys.shards} is not answered for 30 s. Nobody waits that long who
   * can tell without it what is to be done.
   */
  static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Cluster cluster;

  /** Takes the reads that a node can hold up. */
  private final Cluster patient;

  private final Timers timers;
  private final CrateVersion version;
  private final String clusterId;

  /**
   * @param self the cluster that is expected to answer
   */
  ReplicaCatalogue(Cluster cluster, Timers timers, ClusterIdentity self) {
    this(cluster, cluster, timers, self);
  }

  /**
   * @param patient takes the reads that a node can hold up, so that they keep no connection of the
   *     other one; where it can't be reached the other one is asked
   */
  ReplicaCatalogue(Cluster cluster, Cluster patient, Timers timers, ClusterIdentity self) {
    this.cluster = cluster;
    this.patient = patient;
    this.timers = timers;
    this.version = CrateVersion.oldest(self.versions());
    this.clusterId = self.id();
  }

  /** Which table has this name; never fails. */
  Future<TableLookup> identify(TableRef name) {
    return read(name)
        .compose(row -> judge(Subject.of(name), row))
        .otherwise(ReplicaCatalogue::unreadable);
  }

  /** Looks for a table, by its name alone where nobody knows more of it; never fails. */
  Future<TableLookup> look(Subject subject) {
    return subject.identity().isPresent()
        ? read(subject.named())
            .transform(
                row ->
                    row.succeeded()
                        ? Future.succeededFuture(row.result())
                            .compose(read -> judge(subject, read))
                            .otherwise(ReplicaCatalogue::unknown)
                        : withoutIndex(subject, row.cause()))
        : readAlone(subject.named())
            .compose(row -> judge(subject, row))
            .otherwise(ReplicaCatalogue::unreadable);
  }

  private static TableLookup unreadable(Throwable failure) {
    return new TableLookup.Unreadable(ClusterFailure.sentence(failure), Optional.empty());
  }

  /** Where half of it was read the name is known to be another table's. */
  private static TableLookup unknown(Throwable failure) {
    return new TableLookup.Unknown(ClusterFailure.sentence(failure));
  }

  private UuidColumn uuidColumn() {
    return version.uuidColumn();
  }

  private Future<Optional<Row>> read(TableRef name) {
    return timers
        .within(PATIENCE, patiently(Sql.setting(name, uuidColumn())))
        .map(rows -> rows.stream().findFirst());
  }

  private Future<List<Row>> patiently(Statement statement) {
    Instant late = timers.now().plus(PATIENCE);
    return patient
        .execute(statement)
        .recover(
            failure ->
                patient != cluster && timers.now().isBefore(late)
                    ? cluster.execute(statement)
                    : Future.failedFuture(failure));
  }

  private static boolean isUnreachable(Throwable failure) {
    return failure instanceof ClusterFailure known && known.kind().isConnection();
  }

  private Future<Optional<Row>> readAlone(TableRef name) {
    return timers
        .within(PATIENCE, cluster.execute(Sql.settingAlone(name)))
        .map(rows -> rows.stream().findFirst());
  }

  private Future<TableLookup> judge(Subject subject, Optional<Row> row) {
    if (row.isPresent() && isStranger(row.get())) {
      return Future.succeededFuture(stranger(row.get()));
    }
    Optional<IndexUuid> seen = row.flatMap(r -> IndexUuid.in(r.text("index_uuid")));
    Optional<IndexUuid> wanted = subject.identity().map(TableIdentity::uuid);
    if (row.isPresent() && (wanted.isEmpty() || seen.equals(wanted))) {
      return Future.succeededFuture(found(subject.named(), row.get(), seen));
    }
    if (row.isPresent() && seen.isEmpty()) {
      return Future.succeededFuture(
          new TableLookup.Unknown(
              "no copy of "
                  + subject.named()
                  + " is on a node, so nobody can tell whether it is the same table"));
    }
    return wanted.isPresent() ? elsewhere(subject, wanted.get(), row) : absent(row);
  }

  private boolean isStranger(Row row) {
    return !clusterId.equals(row.text("cluster_id"));
  }

  private TableLookup stranger(Row row) {
    return new TableLookup.Unknown(
        "another cluster answered (id %s, not %s)".formatted(row.text("cluster_id"), clusterId));
  }

  private TableLookup.Found found(TableRef asked, Row row, Optional<IndexUuid> uuid) {
    Map<String, Object> values = row.object("partition_values");
    TableRef name =
        asked
            .partition()
            .filter(partition -> values != null && !values.equals(partition.values()))
            .map(
                old ->
                    asked.partition(
                        new PartitionValues(old.ident(), Objects.requireNonNull(values))))
            .orElse(asked);
    return new TableLookup.Found(
        name,
        Objects.requireNonNullElse(row.text("number_of_replicas"), ""),
        Objects.requireNonNullElse(row.number("primaries"), 0L),
        row.flag("closed"),
        uuid.map(told -> new TableIdentity(clusterId, told)));
  }

  /** Its name is gone, or another table has it: perhaps it goes by another one. */
  private Future<TableLookup> elsewhere(Subject subject, IndexUuid uuid, Optional<Row> bearer) {
    return timers
        .within(PATIENCE, patiently(Sql.named(uuid, uuidColumn())))
        .compose(
            rows ->
                rows.stream()
                    .filter(row -> IndexUuid.in(row.text("index_uuid")).equals(Optional.of(uuid)))
                    .findFirst()
                    .map(row -> under(subject, row, uuid))
                    .orElseGet(() -> absent(bearer)));
  }

  private Future<TableLookup> under(Subject subject, Row shard, IndexUuid uuid) {
    if (isStranger(shard)) {
      return Future.succeededFuture(stranger(shard));
    }
    if (isEmpty(shard.text("schema_name")) || isEmpty(shard.text("table_name"))) {
      return Future.succeededFuture(
          new TableLookup.Unknown("its index is there, and its shards do not tell its name"));
    }
    TableRef name = name(subject.table(), shard);
    return read(name)
        .map(
            row ->
                row.filter(r -> !isStranger(r))
                    .filter(r -> IndexUuid.in(r.text("index_uuid")).equals(Optional.of(uuid)))
                    .<TableLookup>map(r -> found(name, r, Optional.of(uuid)))
                    .orElseGet(
                        () ->
                            new TableLookup.Unknown(
                                "it is being renamed: " + name + " is another table by now")));
  }

  private static boolean isEmpty(@Nullable String cell) {
    return cell == null || cell.isEmpty();
  }

  /** A partition keeps its ident whatever its table is called. */
  private static TableRef name(TableRef before, Row shard) {
    TableRef table =
        TableRef.of(
            Objects.requireNonNull(shard.text("schema_name")),
            Objects.requireNonNull(shard.text("table_name")));
    return before.partition().map(table::partition).orElse(table);
  }

  /**
   * What is not shown is not proven to be gone. A table that has its name and is at 0 may be the
   * same with another index, which ALTER TABLE … SET ("number_of_shards") makes.
   */
  private Future<TableLookup> absent(Optional<Row> bearer) {
    if (bearer
        .filter(row -> ReplicaSetting.ZERO.text().equals(row.text("number_of_replicas")))
        .isPresent()) {
      return Future.succeededFuture(
          new TableLookup.Unknown(
              "its index is nowhere, and the table of its name is at 0 with another one: the same"
                  + " after its number of shards was changed, or a new one"));
    }
    return Readiness.of(cluster, version)
        .map(
            readiness ->
                readiness.clusterId().equals(clusterId)
                    ? readiness
                        .doubt()
                        .<TableLookup>map(
                            doubt -> new TableLookup.Unknown("it can't be seen, and " + doubt))
                        .orElseGet(TableLookup.Missing::new)
                    : new TableLookup.Unknown("another cluster answered"));
  }

  /** The setting alone, which no other node is asked for: enough to restore in doubt. */
  private Future<TableLookup> withoutIndex(Subject subject, Throwable failure) {
    if (isUnreachable(failure)) {
      return Future.succeededFuture(unreadable(failure));
    }
    return readAlone(subject.named())
        .map(row -> underName(subject, row, ClusterFailure.sentence(failure)))
        .otherwise(unreadable(failure));
  }

  private TableLookup underName(Subject subject, Optional<Row> row, String reason) {
    if (row.isEmpty()) {
      return new TableLookup.Unknown(
          "the catalogue shows no " + subject.named() + ", and " + reason);
    }
    return isStranger(row.get())
        ? stranger(row.get())
        : new TableLookup.Unreadable(
            reason, Optional.of(found(subject.named(), row.get(), Optional.empty())));
  }
}
