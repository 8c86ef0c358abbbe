package xmover.detect;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Cluster;
import xmover.cluster.ClusterFailure;
import xmover.cluster.Row;
import xmover.cluster.sql.DetectionSql;

/**
 * Whether what a cluster does not show is not there. One whose nodes have all just restarted shows
 * no table at all until enough of them are back, and CrateDB shows a user only what it may see.
 *
 * @param waitsFor why its catalogue is empty although nothing was dropped; empty when it is not
 * @param doubt why a table that can't be found may be there all the same; empty when it can't
 */
public record Readiness(String clusterId, Optional<String> waitsFor, Optional<String> doubt) {
  private static final String NOT_RECOVERED = "state not recovered";

  /** The settings of the gateway for how many nodes it waits. */
  private static final List<String> WAITED_FOR =
      List.of(
          "expected_data_nodes",
          "recover_after_data_nodes",
          "expected_nodes",
          "recover_after_nodes");

  /** Fails while an empty catalogue says no more than that nothing was recovered yet. */
  public static Future<Void> require(Cluster cluster) {
    return ClusterIdentity.of(cluster)
        .compose(self -> of(cluster, CrateVersion.oldest(self.versions())))
        .compose(Readiness::require);
  }

  /** Asks the cluster. */
  public static Future<Readiness> of(Cluster cluster, CrateVersion oldest) {
    return cluster
        .execute(DetectionSql.readiness())
        .compose(
            rows ->
                rows.isEmpty() ? Future.failedFuture(silent()) : of(cluster, oldest, rows.get(0)));
  }

  private static Future<Readiness> of(Cluster cluster, CrateVersion oldest, Row row) {
    boolean empty = number(row, "tables", 0) == 0;
    return empty && oldest.tellsClusterHealth()
        ? cluster
            .execute(DetectionSql.clusterState())
            .map(rows -> readiness(row, toldBy(rows.isEmpty() ? null : rows.get(0))))
        : Future.succeededFuture(readiness(row, empty ? shortOfNodes(row) : Optional.empty()));
  }

  private static Optional<String> toldBy(@Nullable Row state) {
    String description = state == null ? null : state.text("description");
    return description == null
        ? Optional.of("it does not say whether it has recovered its state")
        : Optional.of(description).filter(text -> text.contains(NOT_RECOVERED));
  }

  /** Before 6.0 CrateDB does not say it; whoever sets these settings has it wait for nodes. */
  private static Optional<String> shortOfNodes(Row row) {
    Map<String, Object> gateway = Row.entries(row.value("gateway"));
    long expected =
        WAITED_FOR.stream().mapToLong(name -> number(gateway.get(name))).max().orElse(-1);
    long nodes = number(row, "nodes", 0);
    return nodes < expected
        ? Optional.of("it shows no table, with %d of %d nodes".formatted(nodes, expected))
        : Optional.empty();
  }

  private static Readiness readiness(Row row, Optional<String> waitsFor) {
    return new Readiness(String.valueOf(row.text("id")), waitsFor, waitsFor.or(() -> doubt(row)));
  }

  private static Optional<String> doubt(Row row) {
    if (number(row, "tables", 0) == 0) {
      return Optional.of("the cluster shows no table at all");
    }
    if (!row.flag("superuser") && !row.flag("sees_every_table")) {
      return Optional.of(
          "CrateDB shows this user only the tables on which it holds a privilege (GRANT DQL TO the"
              + " user shows all)");
    }
    Long missing = row.number("missing_primaries");
    if (missing == null) {
      return Optional.of("CrateDB does not say how many primaries are missing");
    }
    return missing == 0
        ? Optional.empty()
        : Optional.of("%d primaries are missing in the cluster".formatted(missing));
  }

  private Future<Void> require() {
    return waitsFor
        .<Future<Void>>map(reason -> Future.failedFuture(notReady(reason)))
        .orElseGet(Future::succeededFuture);
  }

  private static ClusterFailure notReady(String reason) {
    return new ClusterFailure(
        ClusterFailure.Kind.NOT_READY,
        "the cluster has just restarted and does not show its tables yet ("
            + reason
            + "): nothing was concluded and nothing changed. Try again when its nodes are back.",
        null,
        null);
  }

  private static ClusterFailure silent() {
    return new ClusterFailure(
        ClusterFailure.Kind.SERVER, "sys.cluster was answered without a row", null, null);
  }

  private static long number(Row row, String column, long otherwise) {
    return Objects.requireNonNullElse(row.number(column), otherwise);
  }

  private static long number(@Nullable Object cell) {
    return cell instanceof Number number ? number.longValue() : -1;
  }
}
