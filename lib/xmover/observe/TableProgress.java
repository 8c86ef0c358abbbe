package xmover.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xmover.reset.CopyStep;
import xmover.reset.Cure;
import xmover.reset.GateVerdict;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.ResetJob;
import xmover.reset.ResetPolicy;
import xmover.reset.ResetState;
import xmover.reset.TableResult;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.ShardTotals;
import xmover.table.TableRef;

/**
 * Where one table stands in a run, at one instant.
 *
 * @param chosen when the run took it on
 * @param gates what the gates said when its turn came; empty before
 * @param treating the gentler remedy that is or was tried; empty when none is
 * @param step what that remedy did to a copy last; empty before the first, or when there is none
 * @param job its reset; empty before it began
 * @param waiting the wait it is in between two looks at its leases; empty when it is in none
 * @param leases what the last look at its leases saw; empty before the first
 * @param failing the last attempt to put its replicas back, which failed; empty while none did
 * @param recovery what the last look at its copies saw; empty before the first
 * @param result what became of it; empty while its turn is not over
 */
public record TableProgress(
    Finding finding,
    Instant chosen,
    List<GateVerdict> gates,
    Optional<Remedy> treating,
    Optional<CopyStep> step,
    Optional<ResetJob> job,
    Optional<LeaseWait> waiting,
    Optional<LeaseCount> leases,
    Optional<FailedRestore> failing,
    Optional<RecoveryReading> recovery,
    Optional<TableResult> result) {
  /**
   * An attempt to put replicas back that failed.
   *
   * @param attempt counted from 1
   * @param again when the next one begins
   */
  public record FailedRestore(int attempt, Instant again, String reason) {}

  public TableProgress {
    gates = List.copyOf(gates);
  }

  static TableProgress chosen(Finding finding, Instant now) {
    return new TableProgress(
        finding,
        now,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty());
  }

  public TableRef table() {
    return finding.table();
  }

  public Stage stage() {
    if (result.isPresent()) {
      return Stage.of(result.get());
    }
    if (job.isPresent()) {
      return job.get().state().isEnd() ? Stage.RECOVERING : Stage.RESETTING;
    }
    return gates.isEmpty() && treating.isEmpty() ? Stage.QUEUED : Stage.STARTING;
  }

  /** One of the handbook's six; a table whose reset has not begun is DETECTED. */
  public ResetState state() {
    return job.map(ResetJob::state).orElse(ResetState.DETECTED);
  }

  /** When it came to its state. */
  public Instant since() {
    return job.map(begun -> begun.times().since()).orElse(chosen);
  }

  /** Whether its replicas may be at 0 at this moment. */
  public boolean isAtZero() {
    return job.filter(j -> j.state().isAtRisk() || j.isCritical()).isPresent();
  }

  /** How long it has been, or was, at zero replicas; empty when it never was. */
  public Optional<Duration> atZero(Instant now) {
    return job.flatMap(begun -> Optional.ofNullable(begun.times().zeroSince()))
        .map(zero -> Duration.between(zero, isAtZero() ? now : since()));
  }

  /** How long it may be at zero replicas before they are restored, leases cleared or not. */
  public Duration limit(ResetPolicy policy) {
    return job.map(ResetJob::times)
        .filter(times -> times.zeroSince() != null && times.deadline() != null)
        .map(times -> Duration.between(times.zeroSince(), times.deadline()))
        .orElseGet(policy::longestWait);
  }

  public Bytes translogBefore() {
    return finding.largestTranslog();
  }

  /** Its worst replica's uncommitted translog at the last look; empty until one was had. */
  public Optional<Bytes> translogAfter() {
    return result.flatMap(
        ended ->
            ended
                .after()
                .flatMap(TableResult.After::largestReplicaTranslog)
                .or(() -> ended.cure().flatMap(Cure::worstReplica)));
  }

  /** Whether every copy was seen STARTED, after whatever was done. */
  public boolean isRecovered() {
    Optional<Cure> cure = result.flatMap(TableResult::cure);
    return cure.isPresent()
        ? cure.filter(seen -> seen.isCured() || seen.backAt().isPresent()).isPresent()
        : recovery.filter(seen -> seen.copies() > 0 && seen.started() >= seen.copies()).isPresent();
  }

  /** About how many bytes its replicas take, all of which a reset builds anew. */
  public Optional<Bytes> toCopy() {
    ShardTotals totals = finding.totals();
    return recovery
        .filter(seen -> totals.primaries() > 0 && seen.copies() > totals.primaries())
        .map(seen -> (double) (seen.copies() - totals.primaries()) / totals.primaries())
        .map(times -> new Bytes(Math.round(totals.primaryBytes().value() * times)));
  }

  /** The word of the summary for what became of it; empty while its turn is not over. */
  public Optional<String> word() {
    return result.map(RunSummary::result);
  }

  TableProgress with(List<GateVerdict> verdicts) {
    return new TableProgress(
        finding, chosen, verdicts, treating, step, job, waiting, leases, failing, recovery, result);
  }

  TableProgress with(Remedy remedy) {
    return new TableProgress(
        finding,
        chosen,
        gates,
        Optional.of(remedy),
        step,
        job,
        waiting,
        leases,
        failing,
        recovery,
        result);
  }

  TableProgress with(CopyStep taken) {
    return new TableProgress(
        finding,
        chosen,
        gates,
        treating,
        Optional.of(taken),
        job,
        waiting,
        leases,
        failing,
        Optional.empty(),
        result);
  }

  TableProgress with(FailedRestore attempt) {
    return new TableProgress(
        finding,
        chosen,
        gates,
        treating,
        step,
        job,
        waiting,
        leases,
        Optional.of(attempt),
        recovery,
        result);
  }

  /**
   * The reset went on; a wait there was is over, and what was seen of the copies before their
   * number changed.
   */
  TableProgress with(ResetJob now) {
    return new TableProgress(
        finding,
        chosen,
        gates,
        treating,
        step,
        Optional.of(now),
        Optional.empty(),
        leases,
        Optional.empty(),
        now.state().isEnd() ? recovery : Optional.empty(),
        result);
  }

  TableProgress with(LeaseWait begun) {
    return new TableProgress(
        finding,
        chosen,
        gates,
        treating,
        step,
        job,
        Optional.of(begun),
        leases,
        failing,
        recovery,
        result);
  }

  TableProgress with(LeaseCount seen) {
    return new TableProgress(
        finding,
        chosen,
        gates,
        treating,
        step,
        job,
        waiting,
        Optional.of(seen),
        failing,
        recovery,
        result);
  }

  TableProgress with(RecoveryReading seen) {
    return new TableProgress(
        finding,
        chosen,
        gates,
        treating,
        step,
        job,
        waiting,
        leases,
        failing,
        Optional.of(seen),
        result);
  }

  TableProgress with(TableResult ended) {
    return new TableProgress(
        finding,
        chosen,
        ended.gates().isEmpty() ? gates : ended.gates(),
        treating,
        step,
        ended.job().or(() -> job),
        Optional.empty(),
        leases,
        failing,
        recovery,
        Optional.of(ended));
  }
}
