package xmover.detect;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Relation;
import xmover.table.ReplicaSetting;
import xmover.table.ShardTotals;
import xmover.table.TableRef;
import xmover.table.Verdict;

/** The worst N, as a script takes them on. */
class WorstTablesTest {
  private static final ClusterIdentity CLUSTER =
      new ClusterIdentity("id", "name", List.of("6.3.7"), List.of("n1"), "ops", false, "all");

  private static final Analysis SEEN =
      new Analysis(
              CLUSTER,
              Thresholds.DEFAULT,
              List.of(
                  found("untouched", 9, Verdict.skip("closed")),
                  found("bad", 2, Verdict.reset("")),
                  found("refused", 8, Verdict.refused("read-only")),
                  found("worst", 3, Verdict.reset(""))),
              Hidden.NOTHING)
          .with(
              new Early(
                  List.of(found("early", 1, Verdict.early("a hole"))),
                  List.of(),
                  Optional.empty()));

  @Test
  void they_are_counted_among_those_that_a_run_takes_on_and_the_early_ones_come_last() {
    assertEquals(List.of(), taken(0));
    assertEquals(List.of("doc.worst"), taken(1));
    assertEquals(List.of("doc.worst", "doc.bad"), taken(2));
    assertEquals(List.of("doc.worst", "doc.bad", "doc.refused"), taken(3));
    assertEquals(List.of("doc.worst", "doc.bad", "doc.refused", "doc.early"), taken(4));
    assertEquals(taken(4), taken(99));
  }

  private static List<String> taken(int most) {
    return SEEN.worst(most).healingEarly().forRun().stream()
        .map(finding -> finding.table().toString())
        .toList();
  }

  private static Finding found(String name, long gigabytes, Verdict verdict) {
    var relation =
        new Relation(
            TableRef.of("doc", name),
            Optional.of(new ReplicaSetting("1")),
            Optional.of(new Bytes(512L << 20)),
            false,
            false,
            false,
            "1",
            true,
            Optional.of("6.3.7"));
    Optional<Bytes> worst = Optional.of(new Bytes(gigabytes << 30));
    var totals = new ShardTotals(1, 1, 1, worst, Optional.empty(), new Bytes(1), 0);
    return new Finding(relation, totals, List.of(), verdict);
  }
}
