package xmover.detect;

import java.util.List;
import java.util.Optional;
import xmover.table.GivenUp;
import xmover.table.TableRef;

/**
 * Which of the copies without a node CrateDB gave up on.
 *
 * @param unread why that could not be read; empty when it could
 */
record Unassigned(List<GivenUp> givenUp, Optional<String> unread) {
  static final Unassigned NONE = new Unassigned(List.of(), Optional.empty());

  Unassigned {
    givenUp = List.copyOf(givenUp);
  }

  boolean concerns(TableRef table) {
    return givenUp.stream().anyMatch(copy -> copy.table().equals(table));
  }
}
