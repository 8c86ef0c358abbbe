package xmover.log;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import xmover.log.LogOutput.Severity;
import xmover.print.Advice;
import xmover.print.DurationText;
import xmover.print.RunSummary;
import xmover.reset.Cure;
import xmover.reset.GateVerdict;
import xmover.reset.Remedy;
import xmover.reset.RemedyResult;
import xmover.reset.RunEvent;
import xmover.reset.TableResult;
import xmover.reset.machine.ResetJob;
import xmover.reset.machine.RestoreOutcome;
import xmover.table.Bytes;
import xmover.table.ReplicaSetting;
import xmover.table.TableRef;

/** What happens to a table, in words. */
final class TableWords {
  private TableWords() {}

  static EventWords awaited(RunEvent.GateAwaited event) {
    GateVerdict gate = event.gate();
    return EventWords.ofTable(
        Severity.INFO,
        "awaiting",
        event.finding().table(),
        "waiting until this is over: " + gate.reason(),
        json -> json.put("gate", gate.gate()).put("reason", gate.reason()));
  }

  static List<EventWords> gates(RunEvent.GatesAsked event) {
    return event.verdicts().stream()
        .filter(verdict -> verdict.answer() != GateVerdict.Answer.OPEN)
        .map(verdict -> gate(event.finding().table(), verdict))
        .toList();
  }

  private static EventWords gate(TableRef table, GateVerdict verdict) {
    return EventWords.ofTable(
        verdict.answer() == GateVerdict.Answer.TOLD ? Severity.INFO : Severity.WARN,
        "gate",
        table,
        "gate %s: %s".formatted(verdict.answer(), verdict),
        json ->
            json.put("gate", verdict.gate())
                .put("answer", verdict.answer().name())
                .put("reason", verdict.reason())
                .put("remedy", verdict.remedy()));
  }

  static EventWords begun(RunEvent.RemedyBegun event) {
    return EventWords.ofTable(
        Severity.INFO,
        "treating",
        event.finding().table(),
        sentence(event.remedy()),
        json -> json.put("treatment", event.remedy().word()));
  }

  private static String sentence(Remedy remedy) {
    return switch (remedy) {
      case NONE -> "nothing is to be done";
      case FLUSH -> "flushing";
      case MOVE -> "moving a copy that misses an operation to another node";
      case REBUILD -> "rebuilding a copy that misses an operation";
      case REBUILD_ALONE -> "rebuilding the only replica of a shard";
      case RESET -> "resetting";
    };
  }

  static EventWords copy(RunEvent.CopyTreated event) {
    var step = event.step();
    String where = step.to().map(to -> step.node() + " to " + to).orElse(step.node());
    return EventWords.ofTable(
        Severity.DEBUG,
        "copy_treated",
        event.finding().table(),
        "%s: shard %s, %s".formatted(step.remedy().word(), step.shard(), where),
        json ->
            json.put("treatment", step.remedy().word())
                .put("shard", step.shard())
                .put("from", step.node())
                .put("to", step.to().orElse(step.node())));
  }

  static EventWords resuming(RunEvent.Resuming event) {
    return EventWords.ofTable(
        Severity.INFO,
        "resumed",
        event.job().table(),
        "going on with what another run left in " + event.job().state(),
        json -> json.put("state", event.job().state().name()));
  }

  static List<EventWords> transition(RunEvent.Transition event) {
    ResetJob to = event.to();
    var step =
        EventWords.ofTable(
            Severity.INFO,
            EventWords.TRANSITION,
            to.table(),
            event.from().state() + " → " + to.state(),
            json -> {
              json.put("from_state", event.from().state().name())
                  .put("to_state", to.state().name());
              Duration took = Duration.between(event.from().times().since(), to.times().since());
              json.put("elapsed_ms", took.toMillis()).put("original_replicas", original(to));
            });
    return Stream.of(Stream.of(step), reached(to).stream(), late(to).stream())
        .flatMap(words -> words)
        .toList();
  }

  private static Optional<EventWords> reached(ResetJob job) {
    return switch (job.state()) {
      case MONITORING_LEASES ->
          Optional.of(told(Severity.INFO, "replicas_zero", job, "Replicas set to 0 (was: %s)"));
      case COMPLETED ->
          Optional.of(told(Severity.INFO, "completed", job, "Replicas restored to %s"));
      case FAILED -> Optional.of(unsuccessful(job));
      case DETECTED, SETTING_REPLICAS_ZERO, RESTORING_REPLICAS -> Optional.empty();
    };
  }

  private static Optional<EventWords> late(ResetJob job) {
    return Optional.of(job)
        .filter(ended -> ended.state().isEnd() && ended.isLate())
        .map(ended -> told(Severity.WARN, "late_zero", ended, Advice.LATE + " (replicas were %s)"));
  }

  private static EventWords told(Severity severity, String name, ResetJob job, String text) {
    return EventWords.ofTable(
        severity,
        name,
        job.table(),
        text.formatted(original(job)),
        json -> json.put("original_replicas", original(job)));
  }

  private static EventWords unsuccessful(ResetJob job) {
    String cause = job.cause().map(failure -> failure.message()).orElse("unknown");
    boolean critical = job.restore() == RestoreOutcome.FAILED;
    String replicas =
        critical
            ? "REPLICAS NOT RESTORED, they were " + original(job)
            : job.restore() == RestoreOutcome.DONE
                ? "replicas restored to " + original(job)
                : "nothing to restore";
    return EventWords.ofTable(
        Severity.ERROR,
        critical ? "restore_failed" : "failed",
        job.table(),
        cause + "; " + replicas,
        json ->
            json.put("original_replicas", original(job))
                .put("cause", job.cause().map(f -> f.cause().name()).orElse(null))
                .put("error", cause)
                .put("restore", String.valueOf(job.restore())));
  }

  private static String original(ResetJob job) {
    ReplicaSetting setting = job.original();
    return setting == null ? "unknown" : setting.text();
  }

  static EventWords leases(RunEvent.LeasesLookedAt event) {
    var reading = event.reading();
    return EventWords.ofTable(
        Severity.DEBUG,
        "leases",
        event.job().table(),
        "%s leases, %s expected".formatted(reading.leases(), reading.primaries()),
        json ->
            json.put("leases", reading.leases())
                .put("expected", reading.primaries())
                .put("cleared", reading.cleared()));
  }

  static EventWords waiting(RunEvent.LeasesAwaited event) {
    return EventWords.ofTable(
        Severity.INFO,
        "waiting",
        event.job().table(),
        "MONITORING_LEASES (attempt %s/%s, %s delay), waiting for %s"
            .formatted(event.attempt(), event.attempts(), delay(event.delay()), event.waitingFor()),
        json ->
            json.put("attempt", event.attempt())
                .put("attempts", event.attempts())
                .put("delay_ms", event.delay().toMillis())
                .put("waiting_for", event.waitingFor())
                .put("original_replicas", original(event.job())));
  }

  /** {@code 10s} as the handbook writes it, {@code 0.3s} where that matters. */
  private static String delay(Duration time) {
    return time.toMillisPart() == 0 && !time.isZero() && time.toSeconds() < 60
        ? time.toSeconds() + "s"
        : DurationText.text(time);
  }

  static EventWords refused(RunEvent.LeaseSyncRefused event) {
    return EventWords.ofTable(
        Severity.WARN,
        "lease_sync_refused",
        event.subject(),
        "no lease sync on request, waiting for the tick: " + event.reason(),
        json -> json.put("error", event.reason()));
  }

  static EventWords recovering(RunEvent.Recovering event) {
    var reading = event.reading();
    return EventWords.ofTable(
        Severity.DEBUG,
        "recovering",
        event.finding().table(),
        String.format(
            Locale.ROOT,
            "recovering, %s of %s copies STARTED, %.0f %%",
            reading.started(),
            reading.copies(),
            reading.percent()),
        json ->
            json.put("copies", reading.copies())
                .put("started", reading.started())
                .put("percent", reading.percent()));
  }

  static EventWords retrying(RunEvent.Retrying event) {
    return EventWords.ofTable(
        Severity.WARN,
        "retrying",
        event.subject(),
        "%s failed (attempt %s), again in %s: %s"
            .formatted(event.what(), event.attempt(), delay(event.delay()), event.reason()),
        json ->
            json.put("what", event.what())
                .put("attempt", event.attempt())
                .put("delay_ms", event.delay().toMillis())
                .put("error", event.reason()));
  }

  static EventWords noticed(RunEvent.Noticed event) {
    return EventWords.ofTable(
        Severity.WARN,
        "noticed",
        event.subject(),
        event.what(),
        json -> json.put("what", event.what()));
  }

  static EventWords journal(RunEvent.JournalFailed event) {
    return EventWords.ofTable(
        Severity.WARN,
        "journal_failed",
        event.subject(),
        "the journal could not be written: " + event.reason(),
        json -> json.put("error", event.reason()));
  }

  static EventWords ended(RunEvent.TableEnded event) {
    return proof(event.result()).orElseGet(() -> result(event.result()));
  }

  /** What became of it. */
  static EventWords result(TableResult result) {
    String why = result.notStarted().isEmpty() ? "" : ": " + result.notStarted();
    return EventWords.ofTable(
        result.isNotCured() ? Severity.WARN : result.isCompleted() ? Severity.INFO : Severity.ERROR,
        "result",
        result.finding().table(),
        "Ended: " + RunSummary.result(result) + why,
        json -> ResultFields.of(json, result));
  }

  private static Optional<EventWords> proof(TableResult result) {
    Optional<RemedyResult> unfit = result.treatment().filter(t -> !t.applied());
    if (result.job().isEmpty() && unfit.isPresent()) {
      return unfit.map(treatment -> unfit(result.finding().table(), treatment));
    }
    return result
        .cure()
        .filter(cure -> cure.state() != Cure.State.NOT_AWAITED)
        .map(cure -> cure(result, cure));
  }

  private static EventWords unfit(TableRef table, RemedyResult treatment) {
    return EventWords.ofTable(
        Severity.WARN,
        "remedy_unfit",
        table,
        "left alone: " + treatment.told(),
        json -> json.put("treatment", treatment.remedy().word()).put("reason", treatment.told()));
  }

  private static EventWords cure(TableResult result, Cure cure) {
    return EventWords.ofTable(
        cure.isCured() ? Severity.INFO : Severity.WARN,
        word(cure),
        result.finding().table(),
        "%s after %s: %s"
            .formatted(
                cure.isCured() ? "cured" : "NOT CURED",
                DurationText.text(cure.took()),
                cure.reason()),
        json ->
            json.put("reason", cure.reason())
                .put("recovery_ms", cure.took().toMillis())
                .put("bytes_before", result.finding().largestTranslog().value())
                .put("bytes_after", cure.worstReplica().map(Bytes::value).orElse(null)));
  }

  /** As the log calls how it stands. */
  static String word(Cure cure) {
    return cure.isUnproven() ? "not_cured" : cure.state().name().toLowerCase(Locale.ROOT);
  }
}
