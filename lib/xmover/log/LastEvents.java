package xmover.log;

import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import xmover.log.LogOutput.Severity;
import xmover.reset.RunEvent;
import xmover.reset.RunListener;
import xmover.table.TableRef;

/**
 * The last events of each table, and of the run itself: a table with many pushes out none of
 * another. Older ones make room. Any thread may ask.
 */
public final class LastEvents implements RunListener {
  /** What a page shows as a state, a wait or a number. */
  private static final Set<String> SHOWN_OTHERWISE =
      Set.of("cluster_reached", "waiting", "replicas_zero", "completed");

  /** How many are kept of one table. */
  static final int KEPT = 30;

  /** How many are kept of what is about no table. */
  static final int KEPT_OF_RUN = 200;

  /** How many are kept in all: with 10,000 tables not each can have as many. */
  public static final int MOST = 6_000;

  private final InstantSource clock;
  private final TreeMap<Long, EventLine> last = new TreeMap<>();
  private final Map<Optional<TableRef>, Own> own = new HashMap<>();
  private long count;
  private @Nullable List<EventLine> listed;

  /**
   * Those of one table: the numbers of those that are kept, and how many there were since the first
   * of them.
   */
  private static final class Own {
    private final Deque<Long> numbers = new ArrayDeque<>();
    private long count;
  }

  public LastEvents(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public void on(RunEvent event) {
    EventWords.of(event).stream()
        .filter(words -> words.severity() != Severity.DEBUG)
        .filter(words -> !SHOWN_OTHERWISE.contains(words.name()))
        .forEach(words -> add(words.severity(), words.table(), words.text()));
  }

  public synchronized void add(Severity severity, Optional<TableRef> table, String text) {
    Own others = own.computeIfAbsent(table, first -> new Own());
    var line = new EventLine(++count, clock.instant(), severity, table, ++others.count, text);
    if (others.numbers.size() == (table.isPresent() ? KEPT : KEPT_OF_RUN)) {
      last.remove(others.numbers.removeFirst());
    }
    others.numbers.addLast(line.number());
    last.put(line.number(), line);
    if (last.size() > MOST) {
      forget(last.pollFirstEntry().getValue());
    }
    listed = null;
  }

  /** A table of which nothing is kept any more is counted anew: months bring many tables. */
  private void forget(EventLine oldest) {
    Own others = Objects.requireNonNull(own.get(oldest.table()));
    others.numbers.removeFirst();
    if (others.numbers.isEmpty()) {
      own.remove(oldest.table());
    }
  }

  /** Of how many tables any is kept, the run itself with them. */
  synchronized int tables() {
    return own.size();
  }

  /** Oldest first. */
  public synchronized List<EventLine> list() {
    List<EventLine> all = listed == null ? List.copyOf(last.values()) : listed;
    listed = all;
    return all;
  }

  /** How many there were. */
  public synchronized long count() {
    return count;
  }
}
