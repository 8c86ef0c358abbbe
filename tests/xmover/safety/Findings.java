package xmover.safety;

import java.util.List;
import java.util.Optional;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** Tables as a detection would have found them. */
final class Findings {
  private Findings() {}

  /** A table {@code doc.NAME} of one primary and one replica that holds so much. */
  static Finding holding(String name, long primaryBytes) {
    return of(name, new ShardTotals(1, 1, 1, big(), big(), new Bytes(primaryBytes), 0), List.of());
  }

  /** Counted before the reset; {@code unreported} of its copies had no node. */
  static Finding counted(long primaries, long replicas, long unreported) {
    return of(
        "t",
        new ShardTotals(primaries, replicas, 1, big(), big(), new Bytes(1), unreported),
        List.of());
  }

  private static Optional<Bytes> big() {
    return Optional.of(new Bytes(2L << 30));
  }

  static Finding of(String name, ShardTotals totals, List<ShardCopy> shards) {
    var relation =
        new Relation(
            TableRef.of("doc", name),
            Optional.of(new ReplicaSetting("0-1")),
            Optional.of(new Bytes(512L << 20)),
            false,
            false,
            false,
            "1",
            true,
            Optional.of("6.3.7"));
    return new Finding(relation, totals, shards, Verdict.reset("named"));
  }
}
