package xmover.gates;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** Tables as a detection would have found them. */
public final class Findings {
  private Findings() {}

  /** A table {@code doc.NAME} of one primary and one replica that holds so much. */
  static Finding holding(String name, long primaryBytes) {
    return of(name, new ShardTotals(1, 1, 1, big(), big(), new Bytes(primaryBytes), 0), List.of());
  }

  /** Counted before the reset; {@code unreported} of its copies had no node. */
  public static Finding counted(long primaries, long replicas, long unreported) {
    return of(
        "t",
        new ShardTotals(primaries, replicas, 1, big(), big(), new Bytes(1), unreported),
        List.of());
  }

  /** A table of one shard, whose copies on b, c, … were diagnosed so. */
  static Finding diagnosed(long replicas, List<Diagnosis.Kind> kinds) {
    List<ShardCopy> copies = new ArrayList<>();
    for (Diagnosis.Kind kind : kinds) {
      copies.add(
          new ShardCopy(
              TableRef.of("doc", "t"),
              0,
              false,
              "STARTED",
              String.valueOf((char) ('b' + copies.size())),
              new Bytes(1),
              new Bytes(2L << 30),
              new Bytes(2L << 30),
              9,
              Optional.empty(),
              Optional.empty(),
              new Diagnosis(kind, "it is " + kind, Optional.empty())));
    }
    var totals = new ShardTotals(1, replicas, kinds.size(), big(), big(), new Bytes(1), 0);
    return of("t", totals, copies);
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
