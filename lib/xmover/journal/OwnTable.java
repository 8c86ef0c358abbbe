package xmover.journal;

import io.vertx.core.Future;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Statement;
import xmover.table.TableRef;

/**
 * A table that XMover keeps for itself in the cluster. Copies on three nodes let it survive the
 * loss of two, and a range makes do with fewer; a copy on every node would let any slow one hold up
 * a reset. With its metadata blocked CrateDB itself refuses to alter or drop it, so no run can ever
 * take its replicas.
 */
record OwnTable(Cluster cluster, TableRef name, String columns) {
  private static final String SETTINGS =
      " CLUSTERED INTO 1 SHARDS WITH (\"number_of_replicas\" = '0-2', \"blocks.metadata\" = true)";

  /** Whether it is there, and the user may see it. */
  Future<Boolean> exists() {
    return cluster
        .execute(
            Statement.read(
                "SELECT 1 FROM information_schema.tables WHERE table_schema = $1 AND table_name ="
                    + " $2",
                name.schema(),
                name.name()))
        .map(rows -> !rows.isEmpty());
  }

  /** Creates it where it is missing; who only uses it needs no DDL. */
  Future<Void> create() {
    return exists().compose(there -> there ? Future.succeededFuture() : createMissing());
  }

  private Future<Void> createMissing() {
    return cluster
        .execute(
            Statement.write(
                "CREATE TABLE IF NOT EXISTS " + name.sqlName() + " (" + columns + ")" + SETTINGS))
        .mapEmpty();
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
