package xmover.observe;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import xmover.observe.LogOutput.Severity;
import xmover.table.TableRef;

/** The last events of many; older ones make room. Any thread may ask. */
final class LastEvents {
  /** How many are kept. */
  static final int KEPT = 200;

  private final InstantSource clock;
  private final Deque<EventLine> last = new ArrayDeque<>();
  private long count;

  LastEvents(InstantSource clock) {
    this.clock = clock;
  }

  synchronized void add(Severity severity, Optional<TableRef> table, String text) {
    if (last.size() == KEPT) {
      last.removeFirst();
    }
    last.addLast(new EventLine(++count, clock.instant(), severity, table, text));
  }

  /** Oldest first. */
  synchronized List<EventLine> list() {
    return List.copyOf(last);
  }

  /** How many there were. */
  synchronized long count() {
    return count;
  }
}
