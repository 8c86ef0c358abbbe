package xmover.cluster;

import io.vertx.core.Future;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import xmover.cluster.sql.Sql;
import xmover.table.LeaseReading;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/**
 * A cluster whose reads are real and whose writes are told instead of sent. A table that was told
 * to be without replicas reads as such, with its leases cleared, so that a reset runs on to its
 * end; so does rebalancing that was told to be off, and a copy that was told to move is complete
 * where it was told to go.
 */
public final class DryRunCluster implements Cluster {
  private final Cluster cluster;
  private final Consumer<Statement> told;
  private final Set<TableRef> withoutReplicas = ConcurrentHashMap.newKeySet();
  private final Map<TableRef, List<Move>> moves = new ConcurrentHashMap<>();
  private volatile boolean rebalancingOff;

  /** As {@link Sql#moveShard} spells it. */
  private record Move(long shard, String from, String to) {
    private static final Pattern FORM =
        Pattern.compile(" REROUTE MOVE SHARD (\\d+) FROM '((?:[^']|'')*)' TO '((?:[^']|'')*)'$");

    static Optional<Move> of(Statement statement) {
      return FORM.matcher(statement.text())
          .results()
          .map(
              m -> new Move(Long.parseLong(m.group(1)), unquoted(m.group(2)), unquoted(m.group(3))))
          .findFirst();
    }

    private static String unquoted(String text) {
      return text.replace("''", "'");
    }

    boolean isOf(Row row, String node) {
      return Objects.equals(row.number("id"), shard) && from.equals(node);
    }
  }

  /**
   * @param told gets every statement that a real run would send
   */
  public DryRunCluster(Cluster cluster, Consumer<Statement> told) {
    this.cluster = cluster;
    this.told = told;
  }

  @Override
  public Future<List<Row>> execute(Statement statement) {
    if (statement.kind() == Statement.Kind.WRITE) {
      told.accept(statement);
      statement
          .table()
          .ifPresentOrElse(
              table -> remember(table, statement),
              () -> rebalancingOff = statement.equals(Sql.setRebalance("none")));
      return Future.succeededFuture(List.of());
    }
    return cluster
        .execute(statement)
        .map(rows -> rows.stream().map(row -> pretend(statement, row)).toList());
  }

  @Override
  public Future<Void> close() {
    return cluster.close();
  }

  private void remember(TableRef table, Statement statement) {
    Move.of(statement)
        .ifPresent(
            move -> moves.computeIfAbsent(table, t -> new CopyOnWriteArrayList<>()).add(move));
    if (statement.equals(Sql.setReplicas(table, ReplicaSetting.ZERO))) {
      withoutReplicas.add(table);
    } else if (!statement.equals(Sql.syncLeases(table))) {
      withoutReplicas.remove(table);
    }
  }

  private Row pretend(Statement statement, Row row) {
    if (rebalancingOff && statement.equals(Sql.rebalance())) {
      return column -> "none";
    }
    Row moved =
        statement
            .table()
            .map(table -> moved(row, moves.getOrDefault(table, List.of())))
            .orElse(row);
    if (statement.table().filter(withoutReplicas::contains).isEmpty()) {
      return moved;
    }
    return column ->
        switch (column) {
          case "number_of_replicas" -> ReplicaSetting.ZERO.text();
          case "lease_sources" -> new String[] {LeaseReading.PEER_RECOVERY};
          default -> moved.value(column);
        };
  }

  /** One after the other: a copy may go where another one just left. */
  private static Row moved(Row row, List<Move> moves) {
    if (moves.isEmpty() || !row.has("node_name") || !row.has("id")) {
      return row;
    }
    String before = row.text("node_name");
    String node = before;
    for (Move move : moves) {
      node = node != null && move.isOf(row, node) ? move.to() : node;
    }
    String after = node;
    return Objects.equals(before, after)
        ? row
        : column ->
            switch (column) {
              case "node_name" -> after;
              case "local_checkpoint" -> row.value("max_seq_no");
              default -> row.value(column);
            };
  }
}
