package xmover.journal;

import java.time.Duration;
import java.time.Instant;
import xmover.reset.PastReset;
import xmover.reset.Remedy;
import xmover.reset.RunIdentity;
import xmover.table.TableRef;

/** Ended moves for the tests of histories. */
final class PastResets {
  static final Instant NOW = Instant.parse("2024-01-15T10:30:17.123456789Z");

  private PastResets() {}

  /** One that ended so long ago. */
  static PastReset ago(Duration time, TableRef table, String run) {
    return ago(time, table, run, PastReset.Outcome.COMPLETED);
  }

  static PastReset ago(Duration time, TableRef table, String run, PastReset.Outcome outcome) {
    var identity = new RunIdentity(run, "it's \"me\"", "läptop", NOW.minusSeconds(3));
    return new PastReset(
        identity, table, Remedy.MOVE, outcome, "told \n 'so' \"é\"", NOW.minus(time));
  }
}
