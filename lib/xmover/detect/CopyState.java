package xmover.detect;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import xmover.cluster.Row;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.TableRef;

/**
 * One shard copy as a watcher sees it.
 *
 * @param node empty while it is unassigned
 * @param uncommitted empty while it reports none
 * @param leases the peer-recovery leases it holds
 * @param checkpoints empty while it does not report them
 * @param moving whether it has a node it moves to or comes from
 * @param size empty while it is unassigned
 * @param documents how many it serves; empty while it does not say
 * @param recovery stage and percentage of its recovery, empty when it has none
 * @param percent how much of it is there, from 0 to 100
 */
public record CopyState(
    TableRef table,
    long id,
    boolean primary,
    String state,
    Optional<String> node,
    Optional<Bytes> uncommitted,
    Optional<Checkpoints> checkpoints,
    boolean moving,
    Optional<Bytes> size,
    Optional<Long> documents,
    long leases,
    Optional<String> recovery,
    double percent) {
  private static final Set<String> WHOLE = Set.of("STARTED", "RELOCATING");

  /** True when all of it is there and serves; one that moves does so until the move is over. */
  public boolean isWhole() {
    return WHOLE.contains(state);
  }

  /** STARTED, and going nowhere. */
  public boolean isAtRest() {
    return state.equals("STARTED") && !moving;
  }

  public boolean isUnassigned() {
    return node.isEmpty();
  }

  /** Whether it has every operation that it has seen; false while it does not say. */
  public boolean isComplete() {
    return checkpoints.filter(seen -> !seen.hasGap()).isPresent();
  }

  /** Whether an operation is missing in it, as it says itself. */
  public boolean hasGap() {
    return checkpoints.filter(Checkpoints::hasGap).isPresent();
  }

  /** The same as it will be once it was moved: on that node, and complete. */
  public CopyState movedTo(String target) {
    return new CopyState(
        table,
        id,
        primary,
        state,
        Optional.of(target),
        uncommitted,
        checkpoints.map(seen -> new Checkpoints(seen.maxSeqNo(), seen.maxSeqNo(), seen.global())),
        moving,
        size,
        documents,
        leases,
        recovery,
        percent);
  }

  /** How large a shard is: its primary tells; empty when it does not. */
  public static Optional<Bytes> shardSize(List<CopyState> copies, long shard) {
    return copies.stream()
        .filter(copy -> copy.primary() && copy.id() == shard)
        .flatMap(copy -> copy.size().stream())
        .max(Comparator.naturalOrder());
  }

  /** For people: {@code shard 2 on n1}. */
  public String place() {
    return "shard " + id + node.map(name -> " on " + name).orElse("");
  }

  /** Reads a row of {@code Sql.copies(table)}. */
  static CopyState of(TableRef table, Row row) {
    String state = Objects.requireNonNullElse(row.text("routing_state"), "UNASSIGNED");
    return new CopyState(
        table,
        Objects.requireNonNullElse(row.number("id"), -1L),
        row.flag("primary"),
        state,
        Optional.ofNullable(row.text("node_name")),
        row.bytes("uncommitted"),
        CatalogueRows.checkpoints(row),
        row.text("relocating_node") != null,
        row.bytes("size"),
        Optional.ofNullable(row.number("num_docs")).filter(count -> count >= 0),
        row.texts("lease_sources").stream().filter("peer recovery"::equals).count(),
        Optional.ofNullable(row.text("recovery_stage"))
            .map(stage -> stage + " " + row.number("recovery_percent") + " %"),
        WHOLE.contains(state) ? 100 : recovered(row));
  }

  /** Reads a row of {@code DetectionSql.replicas(above)}, which says less of a copy. */
  static CopyState ofReplica(TableRef table, Row row) {
    return new CopyState(
        table,
        Objects.requireNonNullElse(row.number("id"), -1L),
        row.flag("primary"),
        Objects.requireNonNullElse(row.text("routing_state"), "UNASSIGNED"),
        Optional.ofNullable(row.text("node_name")),
        row.bytes("uncommitted"),
        CatalogueRows.checkpoints(row),
        row.text("relocating_node") != null,
        row.bytes("size"),
        Optional.empty(),
        0,
        Optional.empty(),
        100);
  }

  private static double recovered(Row row) {
    return row.value("recovery_percent") instanceof Number percent
        ? Math.min(100, Math.max(0, percent.doubleValue()))
        : 0;
  }
}
