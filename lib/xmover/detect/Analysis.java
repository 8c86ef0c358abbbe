package xmover.detect;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import xmover.table.Finding;
import xmover.table.GivenUp;
import xmover.table.ShardCopy;
import xmover.table.TableRef;
import xmover.table.Verdict.Action;

/**
 * What detection found.
 *
 * @param findings worst first
 * @param early what is below the thresholds and will not stay there
 * @param healsEarly whether a run takes that on, too
 * @param longTexts traces of what leaves a hole; empty when nobody looked for them
 * @param givenUp copies without a node that CrateDB does not try to build any more
 */
public record Analysis(
    ClusterIdentity cluster,
    Thresholds thresholds,
    List<Finding> findings,
    Hidden hidden,
    Early early,
    boolean healsEarly,
    Optional<LongTexts> longTexts,
    List<GivenUp> givenUp) {
  public Analysis {
    findings = findings.stream().sorted(Finding.WORST_FIRST).toList();
    givenUp = List.copyOf(givenUp);
  }

  /** Where nothing was looked at twice, and nobody has looked for the traces of long texts. */
  public Analysis(
      ClusterIdentity cluster, Thresholds thresholds, List<Finding> findings, Hidden hidden) {
    this(cluster, thresholds, findings, hidden, Early.NONE, false, Optional.empty(), List.of());
  }

  /** The same, with what a second look told. */
  public Analysis with(Early noticed) {
    return new Analysis(
        cluster, thresholds, findings, hidden, noticed, healsEarly, longTexts, givenUp);
  }

  /** The same, with the copies that CrateDB gave up on. */
  public Analysis with(List<GivenUp> copies) {
    return new Analysis(
        cluster, thresholds, findings, hidden, early, healsEarly, longTexts, copies);
  }

  Analysis with(LongTexts texts) {
    return new Analysis(
        cluster, thresholds, findings, hidden, early, healsEarly, Optional.of(texts), givenUp);
  }

  /** The same for a run that heals early copies, too. */
  public Analysis healingEarly() {
    return new Analysis(cluster, thresholds, findings, hidden, early, true, longTexts, givenUp);
  }

  /** In a line, for a JShell: all of it would fill the screen. */
  @Override
  public String toString() {
    return "%s problematic tables of cluster %s, %s of them to reset"
        .formatted(findings.size(), cluster.name(), toReset().size());
  }

  /** The same of those tables alone, as if there were no others. */
  public Analysis only(Predicate<Finding> wanted) {
    Early fewer =
        new Early(early.tables().stream().filter(wanted).toList(), early.unread(), early.failure());
    List<Finding> kept = findings.stream().filter(wanted).toList();
    return new Analysis(cluster, thresholds, kept, hidden, fewer, healsEarly, longTexts, givenUp);
  }

  /** The same of no more tables than that, of those a run may take on: the worst ones. */
  public Analysis worst(int most) {
    List<Finding> first =
        Stream.concat(forRunThatMends().stream(), early.toHeal().stream())
            .distinct()
            .limit(most)
            .toList();
    return only(first::contains);
  }

  /** The tables and partitions that qualify for a reset, worst first. */
  public List<Finding> toReset() {
    return findings.stream().filter(f -> f.verdict().action() == Action.RESET).toList();
  }

  /** The names of those. */
  public List<TableRef> tables() {
    return toReset().stream().map(Finding::table).toList();
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

  /** The same, and what needs no more than a copy of it built that CrateDB gave up on. */
  public List<Finding> forRunThatMends() {
    return Stream.concat(forRun().stream(), toMend().stream()).toList();
  }

  /** What needs no reset, but a copy of it built that CrateDB gave up on. */
  public List<Finding> toMend() {
    List<TableRef> healed = toHealEarly().stream().map(Finding::table).toList();
    return findings.stream()
        .filter(f -> !healed.contains(f.table()))
        .filter(f -> f.verdict().action() == Action.SKIP && isGivenUp(f))
        .filter(f -> Refusal.whateverItHolds(f.relation()).isEmpty())
        .toList();
  }

  private boolean isGivenUp(Finding finding) {
    return givenUp.stream().anyMatch(copy -> copy.table().equals(finding.table()));
  }

  /** Every problematic shard copy, in the order of the findings. */
  public List<ShardCopy> shards() {
    return findings.stream().flatMap(f -> f.shards().stream()).toList();
  }
}
