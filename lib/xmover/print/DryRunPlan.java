package xmover.print;

import static java.util.stream.Collectors.joining;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import xmover.cluster.Statement;
import xmover.detect.ClusterIdentity;
import xmover.detect.CrateVersion;
import xmover.reset.CopyStep;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.reset.RemedyResult;
import xmover.reset.RunReport;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetPolicy;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.Printable;

/**
 * What a run would do: each statement as it would be sent, how long the wait would be, and how much
 * would have to be copied back.
 */
public final class DryRunPlan {
  private final RunReport report;
  private final List<Statement> statements;
  private final String expectedWait;
  private final PlanFacts facts;

  /** One table of the plan. */
  public record Entry(
      TableResult result,
      String text,
      List<Step> steps,
      Optional<PlanFacts.Snapshot> snapshot,
      List<String> sql) {}

  /** What would be done for one copy, and about how long that takes. */
  public record Step(CopyStep step, Optional<Duration> time, String text) {}

  /**
   * @param statements the statements a real run would have sent
   */
  public DryRunPlan(
      RunReport report,
      List<Statement> statements,
      ResetPolicy policy,
      ClusterIdentity cluster,
      PlanFacts facts) {
    this.facts = facts;
    this.report = report;
    this.statements = List.copyOf(statements);
    CrateVersion version = CrateVersion.oldest(cluster.versions());
    this.expectedWait =
        policy.leaseSync()
            ? "about 1 s (CrateDB %s syncs leases on request)".formatted(version)
            : "up to %s s (the lease sync interval of CrateDB %s)"
                .formatted(version.leaseSyncInterval().toSeconds(), version);
  }

  /** The plan table by table, in the order of the run. */
  public List<Entry> entries() {
    return report.results().stream().map(this::entry).toList();
  }

  private Entry entry(TableResult result) {
    var table = result.finding().table();
    return new Entry(
        result,
        text(result),
        facts.of(table).stream().map(this::step).toList(),
        Optional.ofNullable(facts.snapshots().get(table)),
        sql(result.finding()));
  }

  private Step step(CopyStep step) {
    return new Step(
        step,
        facts.time(step.size()),
        "shard %s: %s %s%s; %s to copy, %s; %s STARTED meanwhile"
            .formatted(
                step.shard(),
                step.remedy().word(),
                step.to()
                    .map(to -> "from " + step.node() + " to " + to)
                    .orElse("on " + step.node()),
                step.remedy() == Remedy.MOVE ? "" : ", a flush before it",
                step.size().map(Bytes::toString).orElse("an unknown amount"),
                facts.timeText(step.size()),
                step.left() == 1 ? "1 copy is" : step.left() + " copies are"));
  }

  /**
   * The plan for people, ending with a line break.
   *
   * @param everyGate whether gates are told, too, that have no objection
   */
  public String render(Terminal terminal, boolean everyGate) {
    var text = new StringBuilder("Dry run: nothing was written.\n");
    if (!report.results().isEmpty()) {
      text.append('\n').append(table(terminal));
    }
    for (Entry entry : entries()) {
      text.append('\n').append(Printable.line(entry.text())).append('\n');
      entry.steps().forEach(step -> text.append("-- ").append(line(step.text())));
      entry.snapshot().ifPresent(seen -> text.append("-- ").append(line(seen.told())));
      gates(entry.result(), everyGate).forEach(line -> text.append(line).append('\n'));
      entry.sql().forEach(sql -> text.append("  ").append(Printable.line(sql)).append(";\n"));
    }
    if (!aroundAll().isEmpty()) {
      text.append("\nBefore the first of them, and after the last:\n");
      aroundAll().forEach(sql -> text.append("  ").append(sql).append(";\n"));
    }
    text.append("\n%s, %s not\n".formatted(counted(), report.failed() + report.beyondLimit()));
    facts.notes().forEach(note -> text.append(line(note)));
    return text.toString();
  }

  private String table(Terminal terminal) {
    return new TextTable<TableResult>()
        .text("Table", result -> result.finding().table())
        .text("Would be", 20, this::fate)
        .number("At one copy", result -> atOneCopy(result).map(Bytes::toString).orElse("-"))
        .number("To copy", result -> toCopy(result).map(Bytes::toString).orElse("-"))
        .render(report.results(), terminal, result -> !result.isCompleted());
  }

  /** In a few words. */
  private String fate(TableResult result) {
    if (!result.isCompleted()) {
      String gates =
          result.gates().stream()
              .filter(GateVerdict::isShut)
              .map(GateVerdict::gate)
              .collect(joining(", "));
      return gates.isEmpty() ? "left as it is" : "refused: " + gates;
    }
    List<CopyStep> steps = facts.of(result.finding().table());
    if (isReset(result)) {
      return "reset";
    }
    return steps.isEmpty()
        ? RunSummary.result(result)
        : RunSummary.result(result)
            + (steps.size() == 1 ? ", 1 copy" : ", %s copies".formatted(steps.size()));
  }

  private Optional<Bytes> atOneCopy(TableResult result) {
    if (!result.isCompleted()) {
      return Optional.empty();
    }
    return isReset(result)
        ? Optional.of(result.finding().totals().primaryBytes())
        : sum(
            facts.of(result.finding().table()).stream().filter(step -> step.left() == 1).toList());
  }

  private Optional<Bytes> toCopy(TableResult result) {
    if (!result.isCompleted()) {
      return Optional.empty();
    }
    return isReset(result)
        ? Optional.of(copiedBack(result.finding()))
        : sum(facts.of(result.finding().table()));
  }

  /** Empty where there are none, or one does not tell its size. */
  private static Optional<Bytes> sum(List<CopyStep> steps) {
    return steps.isEmpty() || steps.stream().anyMatch(step -> step.size().isEmpty())
        ? Optional.empty()
        : Optional.of(
            new Bytes(steps.stream().mapToLong(s -> s.size().orElseThrow().value()).sum()));
  }

  private static String line(String text) {
    return Printable.line(text) + "\n";
  }

  /** What is healed without a reset is told apart. */
  private String counted() {
    long reset = report.results().stream().filter(r -> r.isCompleted() && isReset(r)).count();
    long gentler = report.completed() - reset;
    return (gentler == 0 ? "" : gentler + " to heal without a reset, ") + reset + " to reset";
  }

  private static boolean isReset(TableResult result) {
    return result.job().isPresent() || result.treatment().isEmpty();
  }

  /** What is said of all tables. */
  public List<String> notes() {
    return facts.notes();
  }

  /** What is sent about no table: to hold rebalancing, and to put it back. */
  public List<String> aroundAll() {
    return statements.stream().filter(s -> s.table().isEmpty()).map(Statement::text).toList();
  }

  /** What gates say, and what they saw. */
  private static List<String> gates(TableResult result, boolean every) {
    return result.gates().stream()
        .filter(verdict -> every || verdict.answer() != GateVerdict.Answer.OPEN)
        .map(verdict -> Printable.line("-- gate %s: %s".formatted(verdict.answer(), verdict)))
        .toList();
  }

  private List<String> sql(Finding finding) {
    return statements.stream()
        .filter(statement -> statement.table().equals(Optional.of(finding.table())))
        .map(Statement::text)
        .toList();
  }

  private String text(TableResult result) {
    Finding finding = result.finding();
    Optional<RemedyResult> tried = result.treatment();
    if (result.isCompleted() && !isReset(result)) {
      return "%s: instead of a reset: %s".formatted(finding.table(), gentler(result));
    }
    return result.isCompleted()
        ? "%s: %s; number_of_replicas %s; %s at one copy for %s; then %s to copy back, %s%s"
            .formatted(
                finding.table(),
                finding.verdict().reason(),
                finding.relation().replicas().map(Object::toString).orElse("?"),
                finding.totals().primaryBytes(),
                expectedWait,
                copiedBack(finding),
                facts.timeText(Optional.of(copiedBack(finding))),
                tried.map(t -> "; a reset, as nothing gentler helps: " + t.told()).orElse(""))
        : "%s: would not be reset: %s".formatted(finding.table(), Advice.of(result));
  }

  /** Copies are told one by one, each in a line of its own. */
  private String gentler(TableResult result) {
    List<CopyStep> steps = facts.of(result.finding().table());
    if (steps.isEmpty()) {
      return result.treatment().map(RemedyResult::told).orElse("");
    }
    Optional<Bytes> all = sum(steps);
    return "%s of %s, one after the other; %s to copy, %s"
        .formatted(
            steps.stream().map(step -> step.remedy().word()).distinct().collect(joining(", ")),
            steps.size() == 1 ? "1 copy" : steps.size() + " copies",
            all.map(Bytes::toString).orElse("an unknown amount"),
            facts.timeText(all));
  }

  /** Every replica is built anew from its primary. */
  static Bytes copiedBack(Finding finding) {
    var totals = finding.totals();
    return totals.primaries() == 0
        ? Bytes.ZERO
        : new Bytes(totals.primaryBytes().value() / totals.primaries() * totals.replicas());
  }
}
