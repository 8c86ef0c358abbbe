package xmover.log;

import java.time.Instant;
import java.util.Optional;
import xmover.log.LogOutput.Severity;
import xmover.table.TableRef;

/**
 * Something that happened in a run, as people read it.
 *
 * @param number counted from 1 in a run: a gap tells that older ones were dropped
 * @param table empty when it is about the run
 * @param ofTable counted from 1 among those of the same table, or of the run; anew once none was
 *     kept
 */
public record EventLine(
    long number,
    Instant at,
    Severity severity,
    Optional<TableRef> table,
    long ofTable,
    String text) {
  /** No text is longer: a statement on a wide partition must not fill the ring. */
  public static final int LONGEST = 500;

  public EventLine {
    text = text.length() > LONGEST ? text.substring(0, LONGEST) + "…" : text;
  }
}
