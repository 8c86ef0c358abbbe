package xmover.live;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonIncludeProperties;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import xmover.print.RunSummary;
import xmover.reset.CopyStep;
import xmover.reset.Cure;
import xmover.reset.GateVerdict;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetPolicy;
import xmover.reset.machine.ResetState;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.ShardTotals;
import xmover.table.TableRef;

/**
 * Where one table stands in a run, at one instant.
 *
 * @param chosen when the run took it on
 * @param gates what the gates said when its turn came; empty before
 * @param gentler the remedy that is or was tried before a reset
 * @param job its reset; empty before it began
 * @param seen what the last looks at it showed
 * @param result what became of it; empty while its turn is not over
 */
@JsonIncludeProperties({
  "name",
  "stage",
  "state",
  "since",
  "at_zero",
  "bytes_before",
  "gates",
  "waiting",
  "leases",
  "failing",
  "treating",
  "step",
  "result",
  "bytes_after"
})
public record TableProgress(
    Finding finding,
    Instant chosen,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) List<GateVerdict> gates,
    Gentler gentler,
    Optional<ResetJob> job,
    Seen seen,
    @JsonIgnore Optional<TableResult> result) {
  /**
   * A gentler remedy.
   *
   * @param remedy empty when none is tried
   * @param step what it did to a copy last; empty before the first
   */
  record Gentler(Optional<Remedy> remedy, Optional<CopyStep> step) {
    static final Gentler NONE = new Gentler(Optional.empty(), Optional.empty());
  }

  /**
   * What the last looks showed.
   *
   * @param waiting the wait it is in between two looks at its leases; empty when it is in none
   * @param leases empty before the first look at them
   * @param failing the last attempt to put its replicas back, which failed; empty while none did
   * @param recovery empty before the first look at its copies
   */
  record Seen(
      Optional<LeaseWait> waiting,
      Optional<LeaseCount> leases,
      Optional<FailedRestore> failing,
      Optional<RecoveryReading> recovery) {
    static final Seen NOTHING =
        new Seen(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    Seen waiting(Optional<LeaseWait> now) {
      return new Seen(now, leases, failing, recovery);
    }

    Seen leases(LeaseCount now) {
      return new Seen(waiting, Optional.of(now), failing, recovery);
    }

    Seen failing(Optional<FailedRestore> now) {
      return new Seen(waiting, leases, now, recovery);
    }

    Seen recovery(Optional<RecoveryReading> now) {
      return new Seen(waiting, leases, failing, now);
    }
  }

  public TableProgress {
    gates = List.copyOf(gates);
  }

  static TableProgress chosen(Finding finding, Instant now) {
    return new TableProgress(
        finding, now, List.of(), Gentler.NONE, Optional.empty(), Seen.NOTHING, Optional.empty());
  }

  @JsonProperty("name")
  public TableRef table() {
    return finding.table();
  }

  @JsonProperty
  public Stage stage() {
    if (result.isPresent()) {
      return Stage.of(result.get());
    }
    if (job.isPresent()) {
      return job.get().state().isEnd() ? Stage.RECOVERING : Stage.RESETTING;
    }
    return gates.isEmpty() && gentler.remedy().isEmpty() ? Stage.QUEUED : Stage.STARTING;
  }

  /** One of the handbook's six; a table whose reset has not begun is DETECTED. */
  @JsonProperty
  public ResetState state() {
    return job.map(ResetJob::state).orElse(ResetState.DETECTED);
  }

  /** When it came to its state. */
  @JsonProperty
  public Instant since() {
    return job.map(begun -> begun.times().since()).orElse(chosen);
  }

  /** Whether its replicas may be at 0 at this moment. */
  @JsonProperty("at_zero")
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

  @JsonProperty("bytes_before")
  public Bytes translogBefore() {
    return finding.largestTranslog();
  }

  /** Its worst replica's uncommitted translog at the last look; empty until one was had. */
  @JsonProperty("bytes_after")
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
        ? cure.filter(c -> c.isCured() || c.backAt().isPresent()).isPresent()
        : recovery()
            .filter(read -> read.copies() > 0 && read.started() >= read.copies())
            .isPresent();
  }

  /** About how many bytes its replicas take, all of which a reset builds anew. */
  public Optional<Bytes> toCopy() {
    ShardTotals totals = finding.totals();
    return recovery()
        .filter(read -> totals.primaries() > 0 && read.copies() > totals.primaries())
        .map(read -> (double) (read.copies() - totals.primaries()) / totals.primaries())
        .map(times -> new Bytes(Math.round(totals.primaryBytes().value() * times)));
  }

  /** The word of the summary for what became of it; empty while its turn is not over. */
  @JsonProperty("result")
  public Optional<String> word() {
    return result.map(RunSummary::result);
  }

  @JsonProperty
  public Optional<Remedy> treating() {
    return gentler.remedy();
  }

  @JsonProperty
  public Optional<CopyStep> step() {
    return gentler.step();
  }

  @JsonProperty
  public Optional<LeaseWait> waiting() {
    return seen.waiting();
  }

  @JsonProperty
  public Optional<LeaseCount> leases() {
    return seen.leases();
  }

  @JsonProperty
  public Optional<FailedRestore> failing() {
    return seen.failing();
  }

  public Optional<RecoveryReading> recovery() {
    return seen.recovery();
  }

  private TableProgress seeing(Seen now) {
    return new TableProgress(finding, chosen, gates, gentler, job, now, result);
  }

  private TableProgress by(Gentler remedy, Seen now) {
    return new TableProgress(finding, chosen, gates, remedy, job, now, result);
  }

  TableProgress with(List<GateVerdict> verdicts) {
    return new TableProgress(finding, chosen, verdicts, gentler, job, seen, result);
  }

  TableProgress with(Remedy remedy) {
    return by(new Gentler(Optional.of(remedy), step()), seen);
  }

  TableProgress with(CopyStep taken) {
    return by(new Gentler(treating(), Optional.of(taken)), seen.recovery(Optional.empty()));
  }

  TableProgress with(FailedRestore attempt) {
    return seeing(seen.failing(Optional.of(attempt)));
  }

  /**
   * The reset went on; a wait there was is over, and what was seen of the copies before their
   * number changed.
   */
  TableProgress with(ResetJob now) {
    Seen before = seen.waiting(Optional.empty()).failing(Optional.empty());
    Seen still = now.state().isEnd() ? before : before.recovery(Optional.empty());
    return new TableProgress(finding, chosen, gates, gentler, Optional.of(now), still, result);
  }

  TableProgress with(LeaseWait begun) {
    return seeing(seen.waiting(Optional.of(begun)));
  }

  TableProgress with(LeaseCount counted) {
    return seeing(seen.leases(counted));
  }

  TableProgress with(RecoveryReading read) {
    return seeing(seen.recovery(Optional.of(read)));
  }

  TableProgress with(TableResult ended) {
    return new TableProgress(
        finding,
        chosen,
        ended.gates().isEmpty() ? gates : ended.gates(),
        gentler,
        ended.job().or(() -> job),
        seen.waiting(Optional.empty()),
        Optional.of(ended));
  }
}
