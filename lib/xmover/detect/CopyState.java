package xmover.detect;

import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Row;
import xmover.table.Bytes;
import xmover.table.TableRef;

/**
 * One shard copy as a watcher sees it.
 *
 * @param node empty while it is unassigned
 * @param uncommitted empty while it reports none
 * @param leases the peer-recovery leases it holds
 * @param recovery stage and percentage of its recovery, empty when it has none
 */
public record CopyState(
    TableRef table,
    long id,
    boolean primary,
    String state,
    Optional<String> node,
    Optional<Bytes> uncommitted,
    long leases,
    Optional<String> recovery) {
  /** Reads a row of {@code Sql.copies(table)}. */
  static CopyState of(TableRef table, Row row) {
    return new CopyState(
        table,
        Objects.requireNonNullElse(row.number("id"), -1L),
        row.flag("primary"),
        Objects.requireNonNullElse(row.text("routing_state"), "UNASSIGNED"),
        Optional.ofNullable(row.text("node_name")),
        Optional.ofNullable(row.number("uncommitted")).map(Bytes::new),
        row.texts("lease_sources").stream().filter("peer recovery"::equals).count(),
        Optional.ofNullable(row.text("recovery_stage"))
            .map(stage -> stage + " " + row.number("recovery_percent") + " %"));
  }
}
