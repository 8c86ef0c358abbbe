package xmover.detect;

import java.util.Optional;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;

/** Why a reset of a table makes no sense, whatever its translogs. */
final class Prohibition {
  private Prohibition() {}

  /** The reason, empty when nothing forbids it. */
  static Optional<String> of(Relation relation) {
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
    return Optional.empty();
  }
}
