package xmover.detect;

import java.util.List;
import java.util.stream.Stream;
import xmover.table.Finding;
import xmover.table.ShardCopy;
import xmover.table.Verdict.Action;

/**
 * What detection found.
 *
 * @param findings worst first
 */
public record Analysis(
    ClusterIdentity cluster, Thresholds thresholds, List<Finding> findings, Hidden hidden) {
  public Analysis {
    findings = findings.stream().sorted(Finding.WORST_FIRST).toList();
  }

  /** The tables and partitions that qualify for a reset, worst first. */
  public List<Finding> toReset() {
    return findings.stream().filter(f -> f.verdict().action() == Action.RESET).toList();
  }

  /** What qualifies but a gate will refuse as things are. */
  public List<Finding> refused() {
    return findings.stream().filter(f -> f.verdict().action() == Action.REFUSED).toList();
  }

  /** What a run takes on: its gates ask the refused ones anew, and say why. */
  public List<Finding> forRun() {
    return Stream.concat(toReset().stream(), refused().stream()).toList();
  }

  /** Every problematic shard copy, in the order of the findings. */
  public List<ShardCopy> shards() {
    return findings.stream().flatMap(f -> f.shards().stream()).toList();
  }
}
