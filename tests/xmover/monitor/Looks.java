package xmover.monitor;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xmover.detect.Analysis;
import xmover.detect.ClusterIdentity;
import xmover.detect.Hidden;
import xmover.detect.Thresholds;
import xmover.table.Bytes;
import xmover.table.Diagnosis;
import xmover.table.Finding;
import xmover.table.IndexUuid;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardCopy;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** What looks at a cluster of one table show; its flush threshold is 512 MB. */
public record Looks(
    Instant at, String uuid, Optional<Long> megabytes, Verdict verdict, List<NodeRoom> rooms) {
  static final Instant START = Instant.parse("2024-01-15T10:30:00Z");
  public static final TableRef T = TableRef.of("doc", "t");
  static final ClusterIdentity CLUSTER =
      new ClusterIdentity("c1", "drill", List.of("6.3.7"), List.of("a", "b"), "crate", true, "all");

  public static Looks first() {
    return new Looks(START, "one", Optional.of(600L), Verdict.reset("too large"), List.of());
  }

  Looks after(long minutes, long size) {
    Instant then = at.plusSeconds(60 * minutes);
    return new Looks(then, uuid, Optional.of(size), verdict, rooms);
  }

  public Looks with(Verdict other) {
    return new Looks(at, uuid, megabytes, other, rooms);
  }

  Looks of(String index) {
    return new Looks(at, index, megabytes, verdict, rooms);
  }

  Looks untold() {
    return new Looks(at, uuid, Optional.empty(), verdict, rooms);
  }

  /** Node a has so much free, and so much of it until its low watermark. */
  Looks room(long free, long left) {
    var room = new NodeRoom("a", mega(free), mega(left), "low watermark (85% used)");
    return new Looks(at, uuid, megabytes, verdict, List.of(room));
  }

  static Bytes mega(long size) {
    return new Bytes(size << 20);
  }

  public Finding finding() {
    var relation =
        new Relation(
            T,
            Optional.of(new ReplicaSetting("1")),
            Optional.of(mega(512)),
            false,
            false,
            false,
            "1",
            true,
            Optional.of("6.3.7"));
    Optional<Bytes> translog = megabytes.map(Looks::mega);
    var totals = new ShardTotals(1, 1, 1, translog, Optional.empty(), mega(20), 0);
    var copy =
        new ShardCopy(
            T,
            0,
            false,
            "STARTED",
            "a",
            Bytes.ZERO,
            Bytes.ZERO,
            translog.orElse(Bytes.ZERO),
            5,
            Optional.empty(),
            Optional.empty(),
            Diagnosis.unknown("nobody knows"));
    return new Finding(
        relation,
        totals,
        List.of(copy),
        verdict,
        uuid.isEmpty() ? Optional.empty() : Optional.of(new IndexUuid(uuid)));
  }

  public ClusterState sight() {
    return of(List.of(finding()));
  }

  /** No table is problematic. */
  public ClusterState none() {
    return of(List.of());
  }

  ClusterState of(List<Finding> findings) {
    var analysis = new Analysis(CLUSTER, Thresholds.DEFAULT, findings, Hidden.NOTHING);
    return ClusterState.of(at, analysis, rooms);
  }
}
