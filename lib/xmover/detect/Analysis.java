package xmover.detect;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import xmover.table.Finding;
import xmover.table.ShardCopy;
import xmover.table.Verdict.Action;

/**
 * What detection found.
 *
 * @param findings worst first
 * @param early what is below the thresholds and will not stay there
 * @param healsEarly whether a run takes that on, too
 * @param longTexts traces of what leaves a hole; empty when nobody looked for them
 */
public record Analysis(
    ClusterIdentity cluster,
    Thresholds thresholds,
    List<Finding> findings,
    Hidden hidden,
    Early early,
    boolean healsEarly,
    Optional<LongTexts> longTexts) {
  public Analysis {
    findings = findings.stream().sorted(Finding.WORST_FIRST).toList();
  }

  /** Where nothing was looked at twice, and nobody has looked for the traces of long texts. */
  public Analysis(
      ClusterIdentity cluster, Thresholds thresholds, List<Finding> findings, Hidden hidden) {
    this(cluster, thresholds, findings, hidden, Early.NONE, false, Optional.empty());
  }

  /** The same, with what a second look told. */
  public Analysis with(Early noticed) {
    return new Analysis(cluster, thresholds, findings, hidden, noticed, healsEarly, longTexts);
  }

  Analysis with(LongTexts texts) {
    return new Analysis(
        cluster, thresholds, findings, hidden, early, healsEarly, Optional.of(texts));
  }

  /** The same for a run that heals early copies, too. */
  public Analysis healingEarly() {
    return new Analysis(cluster, thresholds, findings, hidden, early, true, longTexts);
  }

  /** The tables and partitions that qualify for a reset, worst first. */
  public List<Finding> toReset() {
    return findings.stream().filter(f -> f.verdict().action() == Action.RESET).toList();
  }

  /** What qualifies but a gate will refuse as things are. */
  public List<Finding> refused() {
    return findings.stream().filter(f -> f.verdict().action() == Action.REFUSED).toList();
  }

  /** The early ones that a run takes on. */
  public List<Finding> toHealEarly() {
    return healsEarly ? early.toHeal() : List.of();
  }

  /** What a run takes on: its gates ask the refused ones anew, and say why. */
  public List<Finding> forRun() {
    return Stream.of(toReset(), refused(), toHealEarly()).flatMap(List::stream).toList();
  }

  /** What a run changes unless a gate refuses it by then. */
  public List<Finding> toHeal() {
    return Stream.of(toReset(), toHealEarly()).flatMap(List::stream).toList();
  }

  /** Every problematic shard copy, in the order of the findings. */
  public List<ShardCopy> shards() {
    return findings.stream().flatMap(f -> f.shards().stream()).toList();
  }
}
