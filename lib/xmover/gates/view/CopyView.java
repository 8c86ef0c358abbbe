package xmover.gates.view;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import xmover.cluster.Row;
import xmover.reset.CopyReading;
import xmover.table.Bytes;

/**
 * One copy of a shard.
 *
 * @param shard its number
 * @param state {@code routing_state}
 * @param node empty while it is unassigned
 * @param moving whether it has a node it moves to or comes from
 * @param size empty when none is told
 * @param recovery the stage of its recovery; empty when none is told
 * @param leaseSources the sources of the retention leases it holds
 */
public record CopyView(
    long shard,
    boolean primary,
    String state,
    Optional<String> node,
    boolean moving,
    Optional<Bytes> size,
    String recovery,
    List<String> leaseSources) {
  /** Of a copy that tells no shard: no shard is complete with it. */
  private static final long UNKNOWN_SHARD = -1;

  private static final String STARTED = "STARTED";
  private static final String UNASSIGNED = "UNASSIGNED";

  public CopyView {
    leaseSources = List.copyOf(leaseSources);
  }

  /** Reads a row of {@code PreflightSql.copies(table)}. */
  static CopyView of(Row row) {
    return new CopyView(
        Objects.requireNonNullElse(row.number("id"), UNKNOWN_SHARD),
        row.flag("primary"),
        Objects.requireNonNullElse(row.text("routing_state"), UNASSIGNED),
        Optional.ofNullable(row.text("node_name")),
        row.text("relocating_node") != null,
        row.bytes("size"),
        Objects.requireNonNullElse(row.text("recovery_stage"), ""),
        row.texts("lease_sources"));
  }

  /** STARTED, at rest, and done with its recovery. */
  public boolean isSettled() {
    return state.equals(STARTED) && !moving && (recovery.isEmpty() || recovery.equals("DONE"));
  }

  /** For those who watch the run. */
  CopyReading told() {
    return new CopyReading(shard, primary, moving ? "RELOCATING" : state, node, Optional.empty());
  }

  /** How large a shard is: its primary tells; empty when it does not. */
  static Optional<Bytes> shardSize(List<CopyView> copies, long shard) {
    return copies.stream()
        .filter(copy -> copy.primary() && copy.shard() == shard)
        .flatMap(copy -> copy.size().stream())
        .max(Comparator.naturalOrder());
  }

  public boolean isUnassigned() {
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
