package xmover.detect;

import java.util.Optional;
import xmover.cluster.Sql;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;

/** Why a reset of a table makes no sense or is not ours to try, whatever its translogs. */
final class Prohibition {
  private Prohibition() {}

  /**
   * The reason, empty when nothing forbids it.
   *
   * @param user the one XMover connects as
   */
  static Optional<String> of(Relation relation, String user) {
    if (relation.replicas().isEmpty()) {
      return Optional.of("its number_of_replicas is unknown");
    }
    if (relation.replicas().filter(ReplicaSetting::isZero).isPresent()) {
      return Optional.of("number_of_replicas is already 0: no replica to reset");
    }
    if (relation.closed()) {
      return Optional.of(
          "closed; reopen it first: ALTER TABLE " + relation.table().sqlName() + " OPEN");
    }
    if (!relation.alterable()) {
      return Optional.of("not enough privilege: " + Sql.grantDdl(relation.table(), user));
    }
    return Optional.empty();
  }
}
