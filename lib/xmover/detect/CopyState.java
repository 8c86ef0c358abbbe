package xmover.detect;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import xmover.cluster.Row;
import xmover.table.Bytes;
import xmover.table.Checkpoints;
import xmover.table.LeaseReading;
import xmover.table.TableRef;

/**
 * One copy of a shard as a look at {@code sys.shards} saw it.
 *
 * @param id the number of its shard; -1 when it tells none, and no shard is complete with it
 * @param state {@code routing_state}
 * @param node empty while it is unassigned
 * @param uncommitted empty while it reports none
 * @param checkpoints empty while it does not report them
 * @param moving whether it has a node it moves to or comes from
 * @param size empty while it is unassigned
 * @param documents how many it serves; empty while it does not say
 * @param leaseSources the sources of the retention leases it holds
 * @param recovery empty when it has none
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
    List<String> leaseSources,
    Optional<Recovery> recovery) {
  private static final String UNASSIGNED = "UNASSIGNED";
  private static final Set<String> WHOLE = Set.of("STARTED", "RELOCATING");

  /**
   * How far it is built.
   *
   * @param percent of its bytes; empty when it is not told
   */
  public record Recovery(String stage, Optional<Double> percent) {
    private static Optional<Recovery> of(Row row) {
      return Optional.ofNullable(row.text("recovery_stage"))
          .filter(stage -> !stage.isEmpty())
          .map(stage -> new Recovery(stage, bounded(row.value("recovery_percent"))));
    }

    private static Optional<Double> bounded(@Nullable Object cell) {
      return cell instanceof Number percent
          ? Optional.of(Math.min(100, Math.max(0, percent.doubleValue())))
          : Optional.empty();
    }

    public boolean isDone() {
      return stage.equals("DONE");
    }

    /** For people: {@code INDEX 41 %}. */
    @Override
    public String toString() {
      return stage + percent.map(there -> " " + there.longValue() + " %").orElse("");
    }
  }

  public CopyState {
    leaseSources = List.copyOf(leaseSources);
  }

  /** True when all of it is there and serves; one that moves does so until the move is over. */
  public boolean isWhole() {
    return WHOLE.contains(state);
  }

  /** STARTED, and going nowhere. */
  public boolean isAtRest() {
    return state.equals("STARTED") && !moving;
  }

  /** At rest, and done with its recovery. */
  public boolean isSettled() {
    return isAtRest() && recovery.filter(built -> !built.isDone()).isEmpty();
  }

  public boolean isUnassigned() {
    return node.isEmpty() || state.equals(UNASSIGNED);
  }

  /** How many peer-recovery leases it holds. */
  public long leases() {
    return leaseSources.stream().filter(LeaseReading.PEER_RECOVERY::equals).count();
  }

  /** How much of it is there, from 0 to 100. */
  public double percent() {
    return isWhole() ? 100 : recovery.flatMap(Recovery::percent).orElse(0.0);
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
        leaseSources,
        recovery);
  }

  /** How large a shard is: its primary tells; empty when it does not. */
  public static Optional<Bytes> shardSize(List<CopyState> copies, long shard) {
    return copies.stream()
        .filter(copy -> copy.primary() && copy.id() == shard)
        .flatMap(copy -> copy.size().stream())
        .max(Comparator.naturalOrder());
  }

  /** The largest uncommitted translog of a replica; empty while none reports one. */
  public static Optional<Bytes> worstReplica(List<CopyState> copies) {
    return copies.stream()
        .filter(copy -> !copy.primary())
        .flatMap(copy -> copy.uncommitted().stream())
        .max(Comparator.naturalOrder());
  }

  /** For people: {@code shard 2 on n1}. */
  public String place() {
    return "shard " + id + node.map(name -> " on " + name).orElse("");
  }

  /** Reads a row of {@code Sql.copies(table)}. */
  public static CopyState of(TableRef table, Row row) {
    return of(
        table,
        row,
        Optional.ofNullable(row.number("num_docs")).filter(count -> count >= 0),
        row.texts("lease_sources"),
        Recovery.of(row));
  }

  /** Reads a row of {@code DetectionSql.replicas(above)}, which says less of a copy. */
  static CopyState ofReplica(TableRef table, Row row) {
    return of(table, row, Optional.empty(), List.of(), Optional.empty());
  }

  private static CopyState of(
      TableRef table,
      Row row,
      Optional<Long> documents,
      List<String> leaseSources,
      Optional<Recovery> recovery) {
    return new CopyState(
        table,
        Objects.requireNonNullElse(row.number("id"), -1L),
        row.flag("primary"),
        Objects.requireNonNullElse(row.text("routing_state"), UNASSIGNED),
        Optional.ofNullable(row.text("node_name")),
        row.bytes("uncommitted"),
        CatalogueRows.checkpoints(row),
        row.text("relocating_node") != null,
        row.bytes("size"),
        documents,
        leaseSources,
        recovery);
  }
}
