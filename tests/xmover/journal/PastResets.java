package xmover.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import xmover.reset.FewerCopies;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.machine.RunIdentity;
import xmover.table.Bytes;
import xmover.table.TableRef;

/** Ended moves for the tests of histories. */
public final class PastResets {
  static final Instant NOW = Instant.parse("2024-01-15T10:30:17.123456789Z");

  private static final PastReset.Figures FIGURES =
      new PastReset.Figures(
          "\"worst\" 663 %",
          Optional.of(Duration.ofMillis(2600)),
          new FewerCopies(Duration.ofMillis(85_001), false, new Bytes(1L << 40)),
          Optional.of(new Bytes(3L << 30)),
          Optional.empty());

  private PastResets() {}

  /** One that ended so long ago. */
  public static PastReset ago(Duration time, TableRef table, String run) {
    return ago(time, table, run, PastReset.Outcome.COMPLETED);
  }

  public static PastReset ago(
      Duration time, TableRef table, String run, PastReset.Outcome outcome) {
    var identity = new RunIdentity(run, "it's \"me\"", "läptop", NOW.minusSeconds(3));
    return new PastReset(
        identity,
        table,
        Remedy.MOVE,
        outcome,
        "told \n 'so' \"é\"",
        NOW.minus(time),
        Optional.of(FIGURES));
  }

  /** The same as a version that knew no figures remembered it. */
  public static PastReset withoutFigures(PastReset reset) {
    return new PastReset(
        reset.run(), reset.table(), reset.remedy(), reset.outcome(), reset.told(), reset.at());
  }
}
