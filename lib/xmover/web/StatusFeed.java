package xmover.web;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import xmover.table.Printable;

/**
 * What a source shows, as server-sent events: all of it for who comes, changes for who stays. The
 * last changes are kept, so that who was gone for a moment is told only what was missed.
 */
final class StatusFeed {
  /** Changes that are kept; at four a second those of half a minute. */
  private static final int KEPT = 128;

  /** Characters of all changes that are kept: with 10,000 tables a change may be large. */
  private static final int LARGEST = 4_000_000;

  private final StatusSource source;
  private final String epoch;
  private final Deque<Change> changes = new ArrayDeque<>();
  private long number;
  private int size;
  private StatusFrame<?> shown;

  private record Change(long number, String text) {}

  /**
   * @param epoch tells this server from one that listened here before
   */
  StatusFeed(StatusSource source, String epoch) {
    this.source = source;
    this.epoch = epoch;
    this.shown = source.frame();
  }

  /** Looks at the source; true when something changed. */
  boolean look() {
    // A frame costs much where there are many tables, and mostly nothing changed.
    if (source.version() == shown.version()) {
      return false;
    }
    StatusFrame<?> now = source.frame();
    if (now.version() == shown.version()) {
      return false;
    }
    var change = new Change(number + 1, message("change", number + 1, now.since(shown)));
    shown = now;
    number++;
    changes.addLast(change);
    size += change.text().length();
    while (changes.size() > KEPT || size > LARGEST) {
      size -= changes.removeFirst().text().length();
    }
    return true;
  }

  /** The number of the last change. */
  long number() {
    return number;
  }

  /** The number that an id stands for; empty when it is none of this server's. */
  Optional<Long> numberOf(@Nullable String id) {
    return Optional.ofNullable(id)
        .filter(text -> text.matches(epoch + "-\\d{1,18}"))
        .map(text -> Long.valueOf(text.substring(epoch.length() + 1)))
        .filter(told -> told <= number);
  }

  /** What to tell somebody who was told up to this number; all where that is no longer kept. */
  List<String> after(Optional<Long> told) {
    boolean kept =
        told.isPresent()
            && (told.get() == number
                || (!changes.isEmpty() && changes.getFirst().number() <= told.get() + 1));
    return kept
        ? changes.stream().filter(c -> c.number() > told.get()).map(Change::text).toList()
        : List.of(message("status", number, shown.whole()));
  }

  /** That nothing more will come. */
  String end() {
    return "event: end\ndata: {}\n\n";
  }

  private String message(String event, long id, JsonNode data) {
    // Jackson writes no line breaks, and escapes those in names.
    return "id: %s-%s\nevent: %s\ndata: %s\n\n"
        .formatted(epoch, id, event, Printable.line(data.toString()));
  }
}
