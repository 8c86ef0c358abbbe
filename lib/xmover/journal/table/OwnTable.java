package xmover.journal.table;

import static java.util.stream.Collectors.joining;
import static java.util.stream.Collectors.toSet;

import io.vertx.core.Future;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.sql.Sql;
import xmover.detect.Readiness;
import xmover.journal.JournalFailure;
import xmover.table.SqlText;
import xmover.table.TableRef;

/**
 * A table that XMover keeps for itself in the cluster. Copies on three nodes let it survive the
 * loss of two, and a range makes do with fewer; a copy on every node would let any slow one hold up
 * a reset. With its metadata blocked CrateDB itself refuses to alter or drop it, so no run can ever
 * take its replicas.
 *
 * @param columns those of its first version, with the primary key
 * @param later those that a table of an older version lacks
 */
record OwnTable(Cluster cluster, TableRef name, String columns, List<Column> later) {
  /** A column and its type. */
  record Column(String name, String type) {}

  private static final String SETTINGS =
      " CLUSTERED INTO 1 SHARDS WITH (\"number_of_replicas\" = '0-2', \"blocks.metadata\" = true)";

  private static final String BLOCK = "SET (\"blocks.metadata\" = true)";
  private static final String UNBLOCK = "SET (\"blocks.metadata\" = false)";

  /** Another run that does the same may block the table before our columns are added. */
  private static final int TRIES = 3;

  private static final Future<Optional<String>> COMPLETE = Future.succeededFuture(Optional.empty());

  OwnTable {
    later = List.copyOf(later);
  }

  /** A table whose columns have always been these. */
  OwnTable(Cluster cluster, TableRef name, String columns) {
    this(cluster, name, columns, List.of());
  }

  /** Whether it is there, and the user may see it. */
  Future<Boolean> exists() {
    return cluster
        .execute(
            Statement.read(
                "SELECT 1 FROM information_schema.tables WHERE table_schema = $1 AND table_name ="
                    + " $2",
                name.schema(),
                name.name()))
        .compose(this::shown)
        .compose(rows -> rows.isEmpty() ? wouldBeSeen() : Future.succeededFuture(true));
  }

  /** Answers false for a user who would see it; for others it is hidden, for all they know. */
  private Future<Boolean> wouldBeSeen() {
    return cluster
        .execute(
            Statement.read(
                "SELECT current_user AS user_name, has_schema_privilege($1, 'USAGE')"
                    + " OR has_schema_privilege($1, 'CREATE') AS visible",
                name.schema()))
        .compose(
            rows -> {
              Row row = Row.first(rows, "has_schema_privilege");
              return row.flag("visible")
                  ? Future.succeededFuture(false)
                  : Future.failedFuture(hidden(String.valueOf(row.text("user_name"))));
            });
  }

  private JournalFailure hidden(String user) {
    return new JournalFailure(
        "whether there is a %s in the cluster can't be seen. What shows it: %s"
            .formatted(
                name.printedName(),
                Sql.grant("DQL", " ON SCHEMA " + SqlText.identifier(name.schema()), user)));
  }

  /** A cluster that has just restarted shows no table, this one neither. */
  private Future<List<Row>> shown(List<Row> rows) {
    return rows.isEmpty() ? Readiness.require(cluster).map(rows) : Future.succeededFuture(rows);
  }

  /**
   * Creates it where it is missing, and adds the columns that a table of an older version lacks;
   * who only uses it needs no DDL.
   *
   * @return empty when it has every column; else which it lacks and what to do, in one sentence
   */
  Future<Optional<String>> create() {
    return columnsThere()
        .compose(there -> there.isEmpty() ? createMissing() : complete(there, TRIES, null));
  }

  private Future<Optional<String>> createMissing() {
    String all = Stream.concat(definitions(later), Stream.of(columns)).collect(joining(", "));
    return write("CREATE TABLE IF NOT EXISTS " + name.sqlName() + " (" + all + ")" + SETTINGS)
        // An older version may have been faster.
        .compose(created -> columnsThere())
        .compose(there -> there.isEmpty() ? COMPLETE : complete(there, TRIES, null));
  }

  /** A row for each of its columns; none when there is no such table. */
  private Future<List<Row>> columnsThere() {
    return cluster
        .execute(
            Statement.read(
                "SELECT c.column_name, t.settings['blocks']['metadata'] AS blocked"
                    + " FROM information_schema.tables t JOIN information_schema.columns c"
                    + " ON c.table_schema = t.table_schema AND c.table_name = t.table_name"
                    + " WHERE t.table_schema = $1 AND t.table_name = $2",
                name.schema(),
                name.name()))
        .compose(this::shown);
  }

  private Future<Optional<String>> complete(
      List<Row> there, int tries, @Nullable Throwable failure) {
    Set<String> names = there.stream().map(row -> row.text("column_name")).collect(toSet());
    List<Column> missing = later.stream().filter(c -> !names.contains(c.name())).toList();
    if (missing.isEmpty()) {
      boolean blocked = there.stream().allMatch(row -> row.flag("blocked"));
      // A run that died while it added columns left it open; who may not close it can use it, too.
      return blocked ? COMPLETE : alter(BLOCK).transform(tried -> COMPLETE);
    }
    if (tries == 0 || isPrivilege(failure)) {
      return Future.succeededFuture(Optional.of(lacking(missing, failure)));
    }
    // Whether they are there is looked up, for another run may have added them.
    return add(missing)
        .transform(
            added -> columnsThere().compose(after -> complete(after, tries - 1, added.cause())));
  }

  /** Which of the later columns it has. */
  Future<List<Column>> laterThere() {
    return columnsThere()
        .map(
            rows -> {
              Set<String> names =
                  rows.stream().map(row -> row.text("column_name")).collect(toSet());
              return later.stream().filter(column -> names.contains(column.name())).toList();
            });
  }

  private Future<Void> add(List<Column> missing) {
    String adding = definitions(missing).collect(joining(", ADD COLUMN ", "ADD COLUMN ", ""));
    return alter(UNBLOCK).compose(open -> alter(adding).eventually(() -> alter(BLOCK)));
  }

  private String lacking(List<Column> missing, @Nullable Throwable failure) {
    return "%s in the cluster is of an older version and lacks %s%s. One run of a user with DDL ON SCHEMA %s adds them"
        .formatted(
            name.fullName(),
            missing.stream().map(Column::name).collect(joining(", ")),
            failure == null ? "" : ": " + ClusterFailure.sentence(failure),
            name.schema());
  }

  private Future<Void> alter(String how) {
    return write("ALTER TABLE " + name.sqlName() + " " + how);
  }

  private Future<Void> write(String statement) {
    return cluster.execute(Statement.write(statement)).mapEmpty();
  }

  private static Stream<String> definitions(List<Column> columns) {
    return columns.stream().map(column -> column.name() + " " + column.type());
  }

  private static boolean isPrivilege(@Nullable Throwable failure) {
    return failure instanceof ClusterFailure f && f.kind() == Kind.PRIVILEGE;
  }

  /** Lets the next query see all that was written. */
  Future<Void> refresh() {
    // Nothing changes, so it may be repeated like any read.
    return cluster.execute(Statement.read("REFRESH TABLE " + name.sqlName())).mapEmpty();
  }

  /** The failure of one of its statements, in one sentence. */
  JournalFailure failure(String what, Throwable cause) {
    if (cause instanceof JournalFailure told) {
      return told;
    }
    return new JournalFailure(
        "%s in the cluster can't be %s: %s"
            .formatted(name.fullName(), what, ClusterFailure.sentence(cause)),
        cause);
  }
}
