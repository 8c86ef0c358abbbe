package xmover.table;

import java.util.Optional;

/**
 * A table or partition at one moment: its settings and its shard copies.
 *
 * @param uuid empty while no copy of it is on a node
 */
public record TableState(Relation relation, ShardTotals totals, Optional<IndexUuid> uuid) {
  public TableRef table() {
    return relation.table();
  }

  /**
   * Whether this is that table or partition.
   *
   * @param called its name, which decides where nobody knows more
   */
  public boolean is(Optional<TableIdentity> identity, TableRef called) {
    return identity
        .map(known -> uuid.equals(Optional.of(known.uuid())))
        .orElseGet(() -> table().isCalled(called));
  }
}
