package xmover.safety;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Row;
import xmover.table.Bytes;

/**
 * One copy of a shard.
 *
 * @param shard its number
 * @param state {@code routing_state}
 * @param node empty while it is unassigned
 * @param moving whether it has a node it moves to or comes from
 * @param recovery the stage of its recovery; empty when none is told
 * @param leaseSources the sources of the retention leases it holds
 */
public record CopyView(
    long shard,
    boolean primary,
    String state,
    Optional<String> node,
    boolean moving,
    Bytes size,
    String recovery,
    List<String> leaseSources) {
  private static final String STARTED = "STARTED";
  private static final String UNASSIGNED = "UNASSIGNED";

  public CopyView {
    leaseSources = List.copyOf(leaseSources);
  }

  /** Reads a row of {@code PreflightSql.copies(table)}. */
  static CopyView of(Row row) {
    return new CopyView(
        Objects.requireNonNull(row.number("id"), "id"),
        row.flag("primary"),
        Objects.requireNonNullElse(row.text("routing_state"), UNASSIGNED),
        Optional.ofNullable(row.text("node_name")),
        row.text("relocating_node") != null,
        new Bytes(Objects.requireNonNullElse(row.number("size"), 0L)),
        Objects.requireNonNullElse(row.text("recovery_stage"), ""),
        row.texts("lease_sources"));
  }

  /** STARTED, at rest, and done with its recovery. */
  boolean isSettled() {
    return state.equals(STARTED) && !moving && (recovery.isEmpty() || recovery.equals("DONE"));
  }

  boolean isUnassigned() {
    return node.isEmpty() || state.equals(UNASSIGNED);
  }

  /** For people: {@code primary 2 on node1 is RELOCATING}. */
  @Override
  public String toString() {
    String stage =
        state.equals(STARTED) && !recovery.isEmpty() && !recovery.equals("DONE")
            ? ", its recovery at " + recovery
            : "";
    return "%s %d%s is %s%s"
        .formatted(
            primary ? "primary" : "replica",
            shard,
            node.map(n -> " on " + n).orElse(""),
            moving && state.equals(STARTED) ? "RELOCATING" : state,
            stage);
  }
}
