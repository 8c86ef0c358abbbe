package xmover.reset;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import xmover.reset.machine.ResetFailure;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.ResetState;
import xmover.reset.machine.ResetTimes;
import xmover.table.Bytes;
import xmover.table.Finding;

/**
 * What became of one table in a run.
 *
 * @param gates what each gate said of it; empty when none was asked
 * @param treatment the gentler remedy that was tried; empty when none was
 * @param job how its reset ended; empty when it was never started
 * @param cure what became of its replicas; empty when there was nothing to wait for
 * @param notStarted why it was never started; empty when it was
 * @param after what a last look at the cluster showed; empty when it could not be had
 */
public record TableResult(
    Finding finding,
    List<GateVerdict> gates,
    Optional<RemedyResult> treatment,
    Optional<ResetJob> job,
    Optional<Cure> cure,
    String notStarted,
    Optional<After> after) {
  public TableResult {
    gates = List.copyOf(gates);
  }

  /**
   * The table after the run.
   *
   * @param replicas number_of_replicas as the catalogue shows it
   * @param largestReplicaTranslog empty while no replica reports one
   */
  public record After(String replicas, Optional<Bytes> largestReplicaTranslog) {}

  public static TableResult ended(Finding finding, ResetJob job) {
    return new TableResult(
        finding,
        List.of(),
        Optional.empty(),
        Optional.of(job),
        Optional.empty(),
        "",
        Optional.empty());
  }

  public static TableResult notStarted(Finding finding, String reason) {
    return new TableResult(
        finding,
        List.of(),
        Optional.empty(),
        Optional.empty(),
        Optional.empty(),
        reason,
        Optional.empty());
  }

  /** Refused by a gate. */
  public static TableResult refused(Finding finding, List<GateVerdict> gates) {
    String reasons =
        gates.stream()
            .filter(GateVerdict::isShut)
            .map(GateVerdict::toString)
            .collect(Collectors.joining("; "));
    return notStarted(finding, reasons).with(gates);
  }

  /** Treated with something gentler than a reset. */
  public static TableResult treated(Finding finding, RemedyResult treatment) {
    return new TableResult(
        finding,
        List.of(),
        Optional.of(treatment),
        Optional.empty(),
        Optional.of(treatment.cure()),
        treatment.cure().isNotCured() ? treatment.told() : "",
        Optional.empty());
  }

  public TableResult with(ResetJob ended, After seen) {
    return new TableResult(
        finding, gates, treatment, Optional.of(ended), cure, notStarted, Optional.of(seen));
  }

  public TableResult with(After seen) {
    return new TableResult(finding, gates, treatment, job, cure, notStarted, Optional.of(seen));
  }

  public TableResult with(List<GateVerdict> verdicts) {
    return new TableResult(finding, verdicts, treatment, job, cure, notStarted, after);
  }

  public TableResult with(Cure seen) {
    return new TableResult(finding, gates, treatment, job, Optional.of(seen), notStarted, after);
  }

  /** The same, after a gentler remedy did not help; it may have helped late. */
  public TableResult after(RemedyResult tried) {
    RemedyResult all =
        treatment
            .map(
                late ->
                    new RemedyResult(
                        tried.applied() ? tried.remedy() : late.remedy(),
                        tried.applied(),
                        late.cure(),
                        late.told(),
                        false,
                        tried.fewer(),
                        tried.took()))
            .orElse(tried);
    return new TableResult(finding, gates, Optional.of(all), job, cure, notStarted, after);
  }

  /**
   * True when what was begun is done: the leases cleared and the original setting is back, or a
   * gentler remedy was applied. Whether the table is healed is another question.
   */
  public boolean isCompleted() {
    return job.isPresent()
        ? job.get().state() == ResetState.COMPLETED && !isCritical()
        : treatment.filter(t -> !t.cure().isNotCured()).isPresent();
  }

  /** Whether a gentler remedy healed it, so that no reset was needed. */
  boolean isSpared() {
    return job.isEmpty()
        && treatment.filter(t -> t.applied() && !t.cure().isNotCured()).isPresent();
  }

  /** How long what was done took; empty when nothing was. */
  public Optional<Duration> took() {
    return job.map(reset -> reset.times().total())
        .or(() -> treatment.filter(RemedyResult::applied).map(RemedyResult::took));
  }

  /** How long which of its data had one copy fewer, by all that was done. */
  public FewerCopies fewer() {
    FewerCopies gentler = treatment.map(RemedyResult::fewer).orElse(FewerCopies.NEVER);
    return job.map(ResetJob::times).map(this::fewerBy).map(gentler::plus).orElse(gentler);
  }

  private FewerCopies fewerBy(ResetTimes reset) {
    Instant zero = reset.zeroSince();
    if (zero == null || job.filter(ResetJob::wasNeverZero).isPresent()) {
      return FewerCopies.NEVER;
    }
    Duration least = reset.atRisk().plus(cure.map(Cure::took).orElse(Duration.ZERO));
    Optional<Duration> whole = cure.flatMap(Cure::backAt).map(at -> Duration.between(zero, at));
    return new FewerCopies(whole.orElse(least), whole.isPresent(), finding.totals().primaryBytes());
  }

  /** True when it is done and the table is not healed all the same. */
  public boolean isNotCured() {
    return isCompleted() && cure.filter(Cure::isNotCured).isPresent();
  }

  /** True when something was sent that changes it. */
  public boolean wasTouched() {
    return job.isPresent() || treatment.filter(RemedyResult::applied).isPresent();
  }

  /** True when a gate refused it. */
  public boolean isRefused() {
    return gates.stream().anyMatch(GateVerdict::isShut);
  }

  /** True when the table, or one that was met in its place, may be without its replicas. */
  public boolean isCritical() {
    return job.filter(ResetJob::isCritical).isPresent();
  }

  /** True when its time ran out; the replicas are back. */
  public boolean isTimedOut() {
    return job.flatMap(ResetJob::cause)
        .filter(f -> f.cause() == ResetFailure.Cause.LEASES_TIMED_OUT)
        .isPresent();
  }
}
