package xmover.observe;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.observe.LogOutput.Severity;
import xmover.reset.Cure;
import xmover.reset.RecoveryReading;
import xmover.reset.Remedy;
import xmover.reset.ResetListener;
import xmover.reset.TableResult;
import xmover.reset.Treatment;
import xmover.table.Bytes;
import xmover.table.Finding;
import xmover.table.TableRef;

/**
 * Logs what comes before and after the resets of a run: gentler remedies, replicas that are being
 * built, and whether they are healed. A recovery is logged when it has moved, or once a minute.
 */
public final class RecoveryLogger implements ResetListener {
  private static final double STEP = 10;
  private static final Duration SILENCE = Duration.ofMinutes(1);

  private final LogLines lines;
  private final Map<TableRef, Told> told = new HashMap<>();

  private record Told(RecoveryReading reading, Instant at) {
    boolean isStale(RecoveryReading now, Instant instant) {
      return now.started() != reading.started()
          || Math.abs(now.percent() - reading.percent()) >= STEP
          || Duration.between(at, instant).compareTo(SILENCE) >= 0;
    }
  }

  public RecoveryLogger(LogLines lines) {
    this.lines = lines;
  }

  @Override
  public void treating(Finding table, Remedy remedy) {
    lines.log(
        Severity.INFO,
        "treating",
        table.table(),
        table.table() + ": " + sentence(remedy),
        json -> json.put("treatment", remedy.word()));
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

  @Override
  public void recovering(Finding table, RecoveryReading reading) {
    Instant now = lines.now();
    @Nullable Told before = told.get(table.table());
    boolean news = before == null || before.isStale(reading, now);
    if (news) {
      told.put(table.table(), new Told(reading, now));
    }
    lines.log(
        news ? Severity.INFO : Severity.DEBUG,
        "recovering",
        table.table(),
        String.format(
            Locale.ROOT,
            "%s: recovering, %s of %s copies STARTED, %.0f %%",
            table.table(),
            reading.started(),
            reading.copies(),
            reading.percent()),
        json ->
            json.put("copies", reading.copies())
                .put("started", reading.started())
                .put("percent", reading.percent()));
  }

  @Override
  public void ended(TableResult result) {
    told.remove(result.finding().table());
    Optional<Treatment> unfit = result.treatment().filter(t -> !t.applied());
    if (result.job().isEmpty() && unfit.isPresent()) {
      unfit(result.finding().table(), unfit.get());
      return;
    }
    result
        .cure()
        .filter(cure -> cure.state() != Cure.State.NOT_AWAITED)
        .ifPresent(cure -> log(result, cure));
  }

  private void unfit(TableRef table, Treatment treatment) {
    lines.log(
        Severity.WARN,
        "remedy_unfit",
        table,
        "Left alone: " + table + ": " + treatment.told(),
        json -> json.put("treatment", treatment.remedy().word()).put("reason", treatment.told()));
  }

  private void log(TableResult result, Cure cure) {
    TableRef table = result.finding().table();
    lines.log(
        cure.isCured() ? Severity.INFO : Severity.WARN,
        word(cure),
        table,
        "%s: %s after %s: %s"
            .formatted(
                table,
                cure.isCured() ? "cured" : "NOT CURED",
                Lasting.text(cure.took()),
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
