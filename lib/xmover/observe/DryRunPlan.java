package xmover.observe;

import java.util.List;
import java.util.Optional;
import xmover.cluster.Statement;
import xmover.detect.ClusterIdentity;
import xmover.detect.CrateVersion;
import xmover.reset.ResetPolicy;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.Treatment;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Printable;

/**
 * What a run would do: each statement as it would be sent, how long the wait would be, and how much
 * would have to be copied back.
 */
public final class DryRunPlan {
  private final RunReport report;
  private final List<Statement> told;
  private final String expectedWait;

  /** One table of the plan. */
  record Entry(TableResult result, String text, List<String> sql) {}

  /**
   * @param told the statements a real run would have sent
   */
  public DryRunPlan(
      RunReport report, List<Statement> told, ResetPolicy policy, ClusterIdentity cluster) {
    this.report = report;
    this.told = List.copyOf(told);
    CrateVersion version = CrateVersion.oldest(cluster.versions());
    this.expectedWait =
        policy.leaseSync()
            ? "about 1 s (CrateDB %s syncs leases on request)".formatted(version)
            : "up to %s s (the lease sync interval of CrateDB %s)"
                .formatted(version.leaseSyncInterval().toSeconds(), version);
  }

  /** The plan table by table, in the order of the run. */
  List<Entry> entries() {
    return report.results().stream().map(r -> new Entry(r, text(r), sql(r.finding()))).toList();
  }

  /** The plan for people, ending with a line break. */
  public String render() {
    var text = new StringBuilder("Dry run: nothing was written.\n");
    for (Entry entry : entries()) {
      text.append('\n').append(Printable.line(entry.text())).append('\n');
      gates(entry.result()).forEach(line -> text.append(line).append('\n'));
      entry.sql().forEach(sql -> text.append("  ").append(Printable.line(sql)).append(";\n"));
    }
    if (!aroundAll().isEmpty()) {
      text.append("\nBefore the first of them, and after the last:\n");
      aroundAll().forEach(sql -> text.append("  ").append(sql).append(";\n"));
    }
    long not = report.failed() + report.beyondLimit();
    return text.append("\n%s to reset, %s not\n".formatted(report.completed(), not)).toString();
  }

  /** What is sent about no table: to hold rebalancing, and to put it back. */
  List<String> aroundAll() {
    return told.stream().filter(s -> s.table().isEmpty()).map(Statement::text).toList();
  }

  /** What each gate says, and what it saw. */
  private static List<String> gates(TableResult result) {
    return result.gates().stream()
        .map(verdict -> Printable.line("-- gate %s: %s".formatted(verdict.answer(), verdict)))
        .toList();
  }

  private List<String> sql(Finding finding) {
    return told.stream()
        .filter(statement -> statement.table().equals(Optional.of(finding.table())))
        .map(Statement::text)
        .toList();
  }

  private String text(TableResult result) {
    Finding finding = result.finding();
    Optional<Treatment> tried = result.treatment();
    if (result.isCompleted() && result.job().isEmpty() && tried.isPresent()) {
      return "%s: instead of a reset: %s".formatted(finding.table(), tried.get().told());
    }
    return result.isCompleted()
        ? "%s: number_of_replicas %s; %s at one copy for %s; then %s to copy back"
            .formatted(
                finding.table(),
                finding.relation().replicas().map(Object::toString).orElse("?"),
                finding.totals().primaryBytes(),
                expectedWait,
                copiedBack(finding))
        : "%s: would not be reset: %s".formatted(finding.table(), Advice.of(result));
  }

  /** Every replica is built anew from its primary. */
  static Bytes copiedBack(Finding finding) {
    var totals = finding.totals();
    return totals.primaries() == 0
        ? Bytes.ZERO
        : new Bytes(totals.primaryBytes().value() / totals.primaries() * totals.replicas());
  }
}
