package xmover.cluster.wire;

import io.vertx.core.Future;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import xmover.cluster.ClusterFailure;
import xmover.cluster.ClusterFailure.Kind;
import xmover.cluster.Row;
import xmover.cluster.Statement;
import xmover.cluster.connection.ConnectionSettings;
import xmover.cluster.connection.HostPort;

/** Has the server at the other end of a connection prove that it belongs to our cluster. */
final class ClusterProof {
  private static final Statement WHO =
      Statement.read("SELECT id, version() AS version FROM sys.cluster");
  private static final Statement VERSION = Statement.read("SELECT version() AS version");

  /** What a node gives as id that has not joined a cluster since it exists. */
  private static final String NO_ID = "_na_";

  private final HostPort host;
  private final ConnectionFaults faults;
  private final SameCluster sameCluster;
  private final Duration timeout;

  ClusterProof(HostPort host, ConnectionSettings settings, SameCluster sameCluster) {
    this.host = host;
    this.faults = new ConnectionFaults(host, settings);
    this.sameCluster = sameCluster;
    this.timeout = settings.timeouts().connect();
  }

  /** Fails with a {@link ClusterFailure} where nothing of ours must be sent. */
  Future<Void> of(NodeSession session) {
    return session
        .execute(WHO, timeout)
        .recover(thrown -> stranger(session, thrown))
        .compose(rows -> judge(rows.get(0)))
        .recover(thrown -> Future.failedFuture(faults.connecting(thrown)));
  }

  /** PostgreSQL and its relatives speak the same protocol, and have no {@code sys.cluster}. */
  private Future<List<Row>> stranger(NodeSession session, Throwable thrown) {
    boolean unknown = thrown instanceof ClusterFailure told && told.kind() == Kind.UNKNOWN_RELATION;
    return unknown
        ? session
            .execute(VERSION, timeout)
            .compose(rows -> checked(rows.get(0)))
            .compose(crateDb -> Future.failedFuture(thrown))
        : Future.failedFuture(thrown);
  }

  private Future<Void> judge(Row row) {
    return checked(row).compose(crateDb -> same(row.text("id")));
  }

  private Future<Void> checked(Row row) {
    String version = String.valueOf(row.text("version"));
    return version.startsWith("CrateDB")
        ? Future.succeededFuture()
        : Future.failedFuture(faults.notCrateDb(version.replaceFirst(" on .*", ""), null));
  }

  private Future<Void> same(@Nullable String id) {
    if (id == null || id.isEmpty() || id.equals(NO_ID)) {
      return Future.failedFuture(
          new ClusterFailure(
              Kind.UNREACHABLE,
              host + ": the node is up, but has not joined its cluster yet.",
              null,
              null));
    }
    return sameCluster
        .refusal(host, id)
        .<Future<Void>>map(Future::failedFuture)
        .orElse(Future.succeededFuture());
  }
}
