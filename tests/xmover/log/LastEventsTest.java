package xmover.log;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import xmover.environment.SteppedTimers;
import xmover.log.LogOutput.Severity;
import xmover.table.TableRef;

/** Which events are kept where there are many. */
class LastEventsTest {
  private static final TableRef QUIET = TableRef.of("doc", "quiet");
  private static final TableRef BUSY = TableRef.of("doc", "busy");

  private final LastEvents events = new LastEvents(new SteppedTimers());

  private void happens(TableRef table, int times) {
    for (int i = 0; i < times; i++) {
      events.add(Severity.INFO, Optional.of(table), "something");
    }
  }

  private List<EventLine> of(TableRef table) {
    return events.list().stream()
        .filter(event -> event.table().equals(Optional.of(table)))
        .toList();
  }

  @Test
  void a_table_with_many_events_pushes_out_none_of_another() {
    happens(QUIET, 2);
    happens(BUSY, 10_000);
    assertEquals(2, of(QUIET).size());
    assertEquals(LastEvents.KEPT, of(BUSY).size());
    assertEquals(10_002, events.count());
  }

  @Test
  void an_event_tells_how_many_of_its_table_came_before_it() {
    happens(BUSY, LastEvents.KEPT + 12);
    happens(QUIET, 1);
    assertEquals(13, of(BUSY).get(0).ofTable());
    assertEquals(1, of(QUIET).get(0).ofTable());
  }

  /** A monitor that ran for months kept 250 MB of the names of tables that were gone. */
  @Test
  void a_table_of_which_no_event_is_kept_is_forgotten() {
    for (int i = 0; i < 3 * LastEvents.MOST; i++) {
      happens(TableRef.of("doc", "t" + i), 1);
    }
    assertTrue(events.tables() <= LastEvents.MOST, events.tables() + " tables");
    happens(TableRef.of("doc", "t0"), 2);
    assertEquals(
        List.of(1L, 2L), of(TableRef.of("doc", "t0")).stream().map(EventLine::ofTable).toList());
  }

  @Test
  void they_are_told_in_the_order_they_happened_and_are_bounded_in_all() {
    for (int i = 0; i < LastEvents.MOST; i++) {
      happens(TableRef.of("doc", "t" + i), 2);
    }
    List<Long> numbers = events.list().stream().map(EventLine::number).toList();
    assertEquals(numbers.stream().sorted().toList(), numbers);
    assertEquals(LastEvents.MOST, numbers.size());
    assertEquals(2L * LastEvents.MOST, numbers.get(numbers.size() - 1));
  }
}
